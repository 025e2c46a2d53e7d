package explore

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/muster-mc/muster/internal/fingerprint"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// ContractError is a model that breaks the rules which a sound search relies on:
// an action that changes the state and then says that it is not enabled, one
// that does not do the same every time, a property that changes the state.
type ContractError struct {
	Model   string
	Problem string
	Trace   *trace.Trace // to the state on which it was seen
}

func (e *ContractError) Error() string { return e.Model + ": " + e.Problem }

const (
	// samplesFirst is how many states are checked from the beginning, so that
	// small models are checked wholly; of all others, one in sampleEvery.
	samplesFirst = 1024
	sampleEvery  = 1024
)

// isSample chooses the states on which the contract is checked: always the same
// ones, whoever expands them.
func isSample(p fingerprint.Print, number uint64) bool {
	return number < samplesFirst || p.Extra%sampleEvery == 0
}

// checkContract runs everything that the model does to the parent a second time.
func (w *worker[S]) checkContract() {
	c := checker[S]{worker: w, original: w.encoded(&w.parent)}
	for _, a := range w.actions {
		if problem := c.checkAction(a); problem != "" {
			w.find(w.found.other(aBreach), before(w.number(), 0), problem)
			return
		}
	}
	if problem := c.checkPredicates(); problem != "" {
		w.find(w.found.other(aBreach), before(w.number(), 0), problem)
	}
}

// encoded returns an encoding of its own.
func (w *worker[S]) encoded(s *S) []byte { return w.workSpace.Append(nil, s) }

// checker compares what the model's code does to copies of one state.
type checker[S any] struct {
	worker   *worker[S]
	original []byte
	odometer model.Odometer
	again    model.Odometer
}

func (c *checker[S]) checkAction(a model.Action[S]) string {
	c.odometer.Reset()
	for more := true; more; more = c.odometer.Next() {
		if problem := c.checkAttempt(a); problem != "" {
			s := c.worker.parentCopy()
			arguments := trace.ArgumentsOf(recordArguments(a.Do, s, &c.odometer))
			return fmt.Sprintf("action %s %s", trace.Step{Action: a.Name, Arguments: arguments}.Label(), problem)
		}
	}
	return ""
}

// checkAttempt runs the action twice with the same answers.
func (c *checker[S]) checkAttempt(a model.Action[S]) string {
	w := c.worker
	w.restore()
	enabled, panicked := attempt(a.Do, w.pending.work, &c.odometer)
	if panicked {
		return "" // a finding of its own
	}
	first := w.encoded(w.pending.work)
	if !enabled && !c.odometer.Void() && !bytes.Equal(first, c.original) {
		return "changed the state and then returned false: return false before changing anything"
	}
	answers, limits := c.odometer.Answers(nil), c.odometer.Limits(nil)
	c.again.Record(answers)
	w.restore()
	enabledAgain, _ := attempt(a.Do, w.pending.work, &c.again)
	switch {
	case !slices.Equal(answers, c.again.Answers(nil)) || !slices.Equal(limits, c.again.Limits(nil)):
		return "asked other questions when it was run again on the same state: it must be deterministic"
	case enabled != enabledAgain:
		return "was enabled once and disabled once on the same state: it must be deterministic"
	case enabled && !bytes.Equal(first, w.encoded(w.pending.work)):
		return "gave another state when it was run again on the same state: it must be deterministic; does it range over a map?"
	}
	return ""
}

// checkPredicates runs what must only read the state.
func (c *checker[S]) checkPredicates() (problem string) {
	w, m := c.worker, c.worker.engine.model
	w.restore()
	defer func() {
		if recover() != nil {
			problem = "" // a finding of its own
		}
		w.restore()
	}()
	changed := func() bool { return !bytes.Equal(w.encoded(w.pending.work), c.original) }
	for _, i := range w.engine.properties {
		p := &m.Properties[i]
		if p.State != nil {
			if p.State(w.pending.work); changed() {
				return fmt.Sprintf("property %s changed the state: it must only read it", p.Name)
			}
		}
	}
	if m.Constraint != nil {
		if m.Constraint(w.pending.work); changed() {
			return "Constraint changed the state: it must only read it"
		}
	}
	return ""
}
