package explorer

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/muster-mc/muster/conform"
	"github.com/muster-mc/muster/explorer/steps"
)

// logAnswer is what a comparison with logs of a real system has found, and the runs that it
// is about.
type logAnswer struct {
	Verdict    conform.Verdict     `json:"verdict"`
	Reason     string              `json:"reason,omitempty"`
	Logs       []conform.LogReport `json:"logs"`
	Records    int                 `json:"records"`
	Matched    int                 `json:"matched"`
	Possible   int                 `json:"possible"`
	Runs       []loggedRun         `json:"runs"`
	NotTaken   []string            `json:"notTaken"`
	NotRefused []string            `json:"notRefused"`
}

// loggedRun is a run that matches records: to the end of the logs, or to a state that leads
// on with no record.
type loggedRun struct {
	Steps      []string            `json:"steps"` // as they are written, one for each state
	Records    []conform.Arrival   `json:"records"`
	Why        []reasonAnswer      `json:"why"` // for the next record of each log
	Hidden     int                 `json:"hidden,omitempty"`
	Violations []conform.Violation `json:"violations"`
	At         int                 `json:"at"` // the state to show first
}

// reasonAnswer is why a record is not possible, with the words for it.
type reasonAnswer struct {
	conform.Why
	Words string   `json:"words"`
	Or    []string `json:"or,omitempty"` // the words for the other meanings
}

// FollowLog takes the runs of a comparison with logs of a real system, and has the page show
// them: the last state that matches, with the record that is not possible there and the
// reasons, and at each state the records that led there. The runs are those of the
// server's model, and the server should be Beyond. It is called before the server serves, and
// takes some milliseconds for each step.
func (s *Server) FollowLog(ctx context.Context, r *conform.Report) error {
	a := &logAnswer{
		Verdict: r.Verdict, Reason: r.Reason, Logs: r.Logs, Records: r.Records, Matched: r.Matched, Possible: r.Possible,
		NotTaken: list(r.NotTaken), NotRefused: list(r.NotRefused),
	}
	runs := []*conform.Run{r.Run}
	if len(r.Candidates) > 0 {
		runs = runs[:0]
		for i := range r.Candidates {
			runs = append(runs, r.Candidates[i].Run)
		}
	}
	for i, run := range runs {
		if run == nil {
			return errors.New("the model has no initial state, and so there is no run to show")
		}
		one, err := s.follow(ctx, run)
		if err != nil {
			return err
		}
		if i < len(r.Candidates) {
			one.explain(&r.Candidates[i])
		} else if len(r.Violations) > 0 {
			one.Violations, one.At = r.Violations, r.Violations[0].Step
		}
		a.Runs = append(a.Runs, *one)
	}
	s.log = a
	s.model.Log = true
	return nil
}

// follow takes the steps of a run, and keeps their places.
func (s *Server) follow(ctx context.Context, run *conform.Run) (*loggedRun, error) {
	if n := run.Length(); n > stepsMax {
		return nil, fmt.Errorf("the run has %d steps: the explorer shows runs of at most %d", n, stepsMax)
	}
	places, err := s.places.start.Along(ctx, run.Ways())
	if err != nil {
		return nil, err
	}
	one := &loggedRun{Records: list(run.Records()), Why: []reasonAnswer{}, Violations: []conform.Violation{}, At: len(places)}
	for _, p := range places {
		one.Steps = append(one.Steps, steps.Write(p.Step()))
	}
	s.places.pin(places, one.Steps)
	return one, nil
}

// explain adds why no record is possible at the end of the run.
func (l *loggedRun) explain(c *conform.Candidate) {
	l.Hidden = c.Hidden
	for _, w := range c.Why {
		r := reasonAnswer{Why: w, Words: w.String()}
		for i := range w.Or {
			r.Or = append(r.Or, w.Or[i].String())
		}
		r.Why.Or, r.Record.Text = nil, indented(w.Record.Text)
		l.Why = append(l.Why, r)
	}
}

// recordMax is how many bytes of a record that is not possible the page shows.
const recordMax = 20_000

// indented is a record with a line for each member, and all digits of its numbers.
func indented(record string) string {
	var b bytes.Buffer
	if json.Indent(&b, []byte(record), "", "  ") != nil || b.Len() > recordMax {
		return strings.ToValidUTF8(record[:min(len(record), recordMax)], "")
	}
	return b.String()
}

func (s *Server) answerLog(w http.ResponseWriter, _ *http.Request) {
	if s.log == nil {
		fail(w, http.StatusNotFound, errors.New("this explorer was not started with a log"))
		return
	}
	write(w, http.StatusOK, s.log)
}
