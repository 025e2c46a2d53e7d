package explorer

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explorer/steps"
	"github.com/muster-mc/muster/trace"
)

// progressAnswer is where the check stands.
type progressAnswer struct {
	Seconds   float64 `json:"seconds"`
	Depth     int     `json:"depth"`
	Distinct  uint64  `json:"distinct"`
	Generated uint64  `json:"generated"`
	Frontier  uint64  `json:"frontier"`
	Bytes     uint64  `json:"bytes"`
	LeftLeast float64 `json:"leftLeast"` // seconds; both are zero until they are foreseen
	LeftMost  float64 `json:"leftMost"`
	Deciding  bool    `json:"deciding,omitempty"` // every state was found
}

// foundAnswer is a run that was found: a counterexample, or the way to what is to be
// reached.
type foundAnswer struct {
	Name    string `json:"name"`
	Kind    string `json:"kind"`
	Verdict string `json:"verdict"`
	Detail  string `json:"detail,omitempty"`
	Steps   string `json:"steps,omitempty"`
	Length  int    `json:"length,omitempty"`
	Loop    int    `json:"loop,omitempty"`
}

// doneAnswer is the end of the check.
type doneAnswer struct {
	Verdict    string                 `json:"verdict"`
	Reason     string                 `json:"reason,omitempty"`
	Counts     explore.Counts         `json:"counts"`
	Properties []foundAnswer          `json:"properties"`
	Actions    []explore.ActionReport `json:"actions"`
	Bounds     []string               `json:"bounds"`
	Vacuity    *explore.Vacuity       `json:"vacuity,omitempty"`
	Seconds    float64                `json:"seconds"`
}

// events writes server-sent events.
type events struct {
	mutex sync.Mutex
	to    http.ResponseWriter
	flush *http.ResponseController
}

func (e *events) send(name string, data any) {
	body, err := json.Marshal(data)
	if err != nil {
		return
	}
	e.mutex.Lock()
	defer e.mutex.Unlock()
	_ = e.flush.SetWriteDeadline(time.Now().Add(writeTimeout))
	fmt.Fprintf(e.to, "event: %s\ndata: %s\n\n", name, body)
	_ = e.flush.Flush() // if the page is gone, the context ends the check
}

// run checks the model in the background, and tells how it goes on until the connection
// ends. It goes on to the end of the space, and tells of each violation when it is found.
func (s *Server) run(w http.ResponseWriter, r *http.Request) {
	select {
	case s.running <- struct{}{}:
	default:
		fail(w, http.StatusConflict, errors.New("a check is going on already"))
		return
	}
	defer func() { <-s.running }()
	w.Header().Set("Content-Type", "text/event-stream")
	w.WriteHeader(http.StatusOK)
	e := &events{to: w, flush: http.NewResponseController(w)}
	e.send("begin", struct{}{})
	s.check(r.Context(), e)
}

func (s *Server) check(ctx context.Context, e *events) {
	told := map[string]bool{}
	tell := func(p explore.PropertyReport) {
		if p.Trace != nil && p.Verdict == explore.Violated && !told[p.Name] {
			told[p.Name] = true
			e.send("found", foundOf(p))
		}
	}
	o := s.options.Check
	o.KeepGoing, o.Found = true, tell
	o.Progress = func(p explore.Progress) { e.send("progress", progressOf(p)) }
	report, err := s.options.Model.Check(ctx, o)
	if err != nil {
		e.send("failed", problem{Error: err.Error()})
		return
	}
	for _, p := range report.Properties { // those about whole runs are decided at the end
		tell(p)
	}
	e.send("done", doneOf(report))
}

func foundOf(p explore.PropertyReport) foundAnswer {
	f := foundAnswer{Name: p.Name, Kind: p.Kind, Verdict: string(p.Verdict), Detail: p.Detail}
	if p.Trace != nil {
		f.Steps, f.Length, f.Loop = Steps(p.Trace), p.Trace.Length, p.Trace.Loop
	}
	return f
}

// Steps is the text of a run's steps, as mc replay --steps and the explorer read them.
func Steps(t *trace.Trace) string {
	var words []string
	for _, s := range t.Steps {
		words = append(words, steps.Write(s))
	}
	return strings.Join(words, " ")
}

func progressOf(p explore.Progress) progressAnswer {
	return progressAnswer{
		p.Elapsed.Seconds(), p.Depth, p.Distinct, p.Generated, p.Frontier, p.Bytes,
		p.LeftLeast.Seconds(), p.LeftMost.Seconds(), p.Deciding,
	}
}

func doneOf(r *explore.Report) doneAnswer {
	d := doneAnswer{
		Verdict: string(r.Verdict), Reason: r.Reason, Counts: r.Counts, Properties: []foundAnswer{},
		Actions: list(r.Actions), Bounds: list(r.Bounds), Vacuity: r.Vacuity, Seconds: r.Seconds,
	}
	for _, p := range r.Properties {
		d.Properties = append(d.Properties, foundOf(p))
	}
	return d
}
