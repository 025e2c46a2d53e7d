package explorer

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explorer/expression"
	"github.com/muster-mc/muster/trace"
)

// findMax is the largest number of states that a search looks at.
const findMax = 200_000

// findTime is how long a search may take. It is less than a question may.
const findTime = questionTime - 2*time.Second

// runOnMax is the largest number of steps that a run goes on at random.
const runOnMax = 2000

// findQuestion looks for the nearest state in which an expression is true.
type findQuestion struct {
	Steps string `json:"steps"`
	Where string `json:"where"`
	From  string `json:"from"` // "here", or "start" for the initial states

	// States is the most states to look at; zero means findMax.
	States int `json:"states,omitempty"`
}

// findAnswer is the answer of a search, and of a run that goes on.
type findAnswer struct {
	Found  bool         `json:"found"`
	Trace  []stepAnswer `json:"trace"`  // the whole run to the state, or to where the run ended
	States int          `json:"states"` // that were looked at
	Whole  bool         `json:"whole"`  // no other state can be reached: there is none
	Reason string       `json:"reason,omitempty"`
}

func (s *Server) find(ctx context.Context, q findQuestion) (*findAnswer, error) {
	at, where, err := s.where(ctx, q.Steps, q.Where)
	if err != nil {
		return nil, err
	}
	from := at.place
	switch q.From {
	case "start":
		from = s.places.start
	case "here", "":
	default:
		return nil, refuse(http.StatusBadRequest, `from is %q: want "here" or "start"`, q.From)
	}
	if q.States < 0 || q.States > findMax {
		return nil, refuse(http.StatusBadRequest, "states is %d: want at most %d", q.States, findMax)
	}
	limit := q.States
	if limit == 0 {
		limit = findMax
	}
	timed, cancel := context.WithTimeout(ctx, findTime)
	defer cancel()
	found, err := from.Find(timed, limit, where)
	a := &findAnswer{Trace: []stepAnswer{}, States: found.States, Whole: found.Whole}
	switch {
	case err != nil && ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil:
		a.Reason = "the time is over"
	case found.Place != nil:
		a.Found, a.Trace = true, traceOf(found.Place, 0)
	case !found.Whole:
		a.Reason = "more states than may be looked at"
	}
	return a, nil
}

// where is the place of a run, and an expression that its state has the names of.
func (s *Server) where(ctx context.Context, steps, text string) (*spot, func(trace.Value) bool, error) {
	at, err := s.places.find(ctx, steps)
	if err != nil {
		return nil, nil, err
	}
	e, err := expression.Parse(text)
	if err == nil {
		err = e.Check(at.place.State())
	}
	if err != nil {
		return nil, nil, refusal{errors.Join(err), http.StatusUnprocessableEntity}
	}
	return at, e.Holds, nil
}

// untilQuestion goes on until an expression is true: along the run, and from its end on at
// random.
type untilQuestion struct {
	Steps string `json:"steps"` // the whole run
	From  int    `json:"from"`  // the number of the state where it stands
	Where string `json:"where"`
	Seed  uint64 `json:"seed,omitempty"`
}

func (s *Server) until(ctx context.Context, q untilQuestion) (*findAnswer, error) {
	at, where, err := s.where(ctx, q.Steps, q.Where)
	if err != nil {
		return nil, err
	}
	looked := 0
	for _, p := range placesAfter(at.place, q.From) {
		if looked++; where(p.State()) {
			return &findAnswer{Found: true, Trace: traceOf(p, 0), States: looked}, nil
		}
	}
	timed, cancel := context.WithTimeout(ctx, findTime)
	defer cancel()
	left := min(runOnMax, stepsMax-at.place.Number())
	to, met, err := at.place.RunOn(timed, q.Seed, left, where)
	if err != nil && ctx.Err() != nil {
		return nil, ctx.Err()
	}
	a := &findAnswer{Found: met, Trace: traceOf(to, 0), States: looked + to.Number() - at.place.Number()}
	switch {
	case met:
	case err != nil:
		a.Reason = "the time is over"
	case to.Number()-at.place.Number() < left:
		a.Reason = "no step leads on"
	default:
		a.Reason = "as many steps were taken as may be"
	}
	return a, nil
}

// placesAfter lists the places of a run after the first ones.
func placesAfter(p *explore.Place, first int) []*explore.Place {
	list := make([]*explore.Place, max(0, p.Number()-max(first, 0)))
	for i := len(list); i > 0; i-- {
		list[i-1] = p
		p = p.From()
	}
	return list
}
