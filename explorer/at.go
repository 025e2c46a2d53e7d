package explorer

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/trace"
)

func (s *Server) answerModel(w http.ResponseWriter, _ *http.Request) {
	write(w, http.StatusOK, s.model)
}

// atQuestion asks about the place to which steps lead.
type atQuestion struct {
	Steps string `json:"steps"`

	// Since is how many of the steps the page knows already: the answer lists those after.
	Since int `json:"since,omitempty"`

	// Start asks about the place before the first state, whatever the steps are.
	Start bool `json:"start,omitempty"`

	// Loop is the number of the state to which the run goes back, or zero.
	Loop int `json:"loop,omitempty"`
}

// atAnswer is what there is to say of a place. View is cached as it is.
type atAnswer struct {
	Number int             `json:"number"` // states of the run
	Trace  []stepAnswer    `json:"trace"`  // the steps after Since
	Same   []int           `json:"same"`   // earlier states that equal this one
	View   json.RawMessage `json:"view"`
	Lasso  *lassoAnswer    `json:"lasso,omitempty"`
}

// lassoAnswer says what becomes of a run with a loop.
type lassoAnswer struct {
	Loop     int             `json:"loop"`
	Problem  string          `json:"problem,omitempty"` // why the loop is none, or is not fair
	Fair     []trace.Alibi   `json:"fair"`
	Waits    []string        `json:"waits,omitempty"`
	Violated []findingAnswer `json:"violated"`
}

// findingAnswer is a property that is violated.
type findingAnswer struct {
	Name   string `json:"name"`
	Kind   string `json:"kind"`
	Detail string `json:"detail,omitempty"`
}

func (s *Server) at(ctx context.Context, q atQuestion) (*atAnswer, error) {
	at := &spot{place: s.places.start}
	if !q.Start {
		var err error
		if at, err = s.places.find(ctx, q.Steps); err != nil {
			return nil, err
		}
	}
	a := &atAnswer{Number: at.place.Number(), Trace: traceOf(at.place, q.Since), Same: sameAs(at.place)}
	var err error
	if a.View, err = s.places.look(ctx, at); err != nil {
		return nil, err
	}
	if q.Loop != 0 {
		a.Lasso = lassoOf(ctx, at.place, q.Loop)
	}
	return a, nil
}

// look is the view of a place as JSON, which is made once as long as the cache has it.
func (p *places) look(ctx context.Context, at *spot) ([]byte, error) {
	if v, ok := p.views.Get(at.key); ok && v.of == at {
		return v.body, nil
	}
	look, err := at.place.Look(ctx)
	if err != nil {
		return nil, err
	}
	body, err := json.Marshal(viewOf(at.place, look))
	if err == nil {
		p.views.Set(at.key, view{at, body}, int64(len(body)))
	}
	return body, err
}

// traceOf lists the steps to a place after the first ones.
func traceOf(p *explore.Place, since int) []stepAnswer {
	n := p.Number() - max(since, 0)
	if n <= 0 {
		return []stepAnswer{}
	}
	list := make([]stepAnswer, n)
	for ; n > 0; n-- {
		list[n-1] = stepOf(p.Number(), p.Step())
		p = p.From()
	}
	return list
}

// sameAs lists the earlier states of the run that equal the last one.
func sameAs(p *explore.Place) []int {
	same := []int{}
	if p.Number() == 0 {
		return same
	}
	for q := p.From(); q != nil; q = q.From() {
		if p.IsSame(q) {
			same = append(same, q.Number())
		}
	}
	return same
}

func lassoOf(ctx context.Context, p *explore.Place, loop int) *lassoAnswer {
	a := &lassoAnswer{Loop: loop, Fair: []trace.Alibi{}, Violated: []findingAnswer{}}
	run, violated, err := p.Lasso(ctx, loop)
	if err != nil {
		a.Problem = err.Error()
		if replay, ok := errors.AsType[*explore.ReplayError](err); ok {
			a.Problem = replay.Problem
		}
		return a
	}
	a.Fair = list(run.Fair)
	for _, w := range run.Waits {
		a.Waits = append(a.Waits, w.String())
	}
	for _, f := range violated {
		a.Violated = append(a.Violated, findingAnswer{f.Name, f.Kind, f.Detail})
	}
	return a
}

// diagramQuestion asks for the sequence diagram of a run.
type diagramQuestion struct {
	Steps string `json:"steps"`
}

// diagramAnswer has a diagram if the run has messages.
type diagramAnswer struct {
	Diagram *trace.Diagram `json:"diagram"` // null if no step delivers or loses a message
}

func (s *Server) diagram(ctx context.Context, q diagramQuestion) (*diagramAnswer, error) {
	at, err := s.places.find(ctx, q.Steps)
	if err != nil {
		return nil, err
	}
	return &diagramAnswer{at.place.Trace().Diagram(nil)}, nil
}
