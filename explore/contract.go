package explore

import (
	"bytes"
	"fmt"
	"math"

	"github.com/muster-mc/muster/internal/system"
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

// isSample chooses the states on which the contract is checked, by their numbers:
// always the same ones, whoever expands them, and with no order in them that a
// model could have too.
func isSample(number uint64) bool {
	const golden = 0x9E3779B97F4A7C15
	return number < samplesFirst || number*golden < math.MaxUint64/sampleEvery
}

// checkContract runs everything that the model does to the parent, which has this
// encoding, a second time.
func (w *worker) checkContract(encoded []byte) {
	c := &w.checker
	c.begin(w.expander.Parent(), encoded)
	for _, a := range w.engine.actions {
		if problem := c.checkAction(a); problem != "" {
			w.find(w.found.other(aBreach), before(w.number(), 0), problem)
			return
		}
	}
	if problem := c.checkPredicates(); problem != "" {
		w.find(w.found.other(aBreach), before(w.number(), 0), problem)
	}
}

// checker compares what the model's code does to copies of one state. Its two
// odometers go through an action's combinations side by side.
type checker struct {
	engine                  *engine
	parent, work            system.State // copies of the state
	parentSpace, workSpace  system.Space
	original, first, second []byte // encoded states
	odometer, again         model.Odometer
}

func newChecker(e *engine) checker {
	c := e.codec
	return checker{engine: e, parent: c.Make(), work: c.Make(), parentSpace: c.New(), workSpace: c.New()}
}

// begin goes to a state, which has this encoding.
func (c *checker) begin(s system.State, encoded []byte) {
	c.original = append(c.original[:0], encoded...)
	c.parentSpace.Copy(c.parent, s)
}

func (c *checker) restore() { c.workSpace.Copy(c.work, c.parent) }

const mustBeDeterministic = ": it must be deterministic"

func (c *checker) checkAction(a system.Action) string {
	c.odometer.Reset()
	c.again.Reset()
	for more := true; more && !c.engine.cancelled.Load(); more = c.odometer.Next() {
		problem := c.checkAttempt(a)
		if problem == "" {
			c.again.Next()
			continue
		}
		c.restore()
		arguments := trace.ArgumentsOf(system.RecordArguments(a.Do, c.work, &c.odometer))
		return fmt.Sprintf("action %s %s", trace.Step{Action: a.Name, Arguments: arguments}.Label(), problem)
	}
	return ""
}

// checkAttempt runs the action twice with the same answers.
func (c *checker) checkAttempt(a system.Action) string {
	c.restore()
	enabled, panicked := system.Attempt(a.Do, c.work, &c.odometer)
	c.first = c.workSpace.Append(c.first[:0], c.work)
	if !enabled && !c.odometer.Void() && !bytes.Equal(c.first, c.original) && !panicked {
		return "changed the state and then returned false: return false before changing anything"
	}
	c.restore()
	enabledAgain, panickedAgain := system.Attempt(a.Do, c.work, &c.again)
	if enabled {
		c.second = c.workSpace.Append(c.second[:0], c.work)
	}
	switch {
	case panicked && panickedAgain:
		return "" // a finding of its own
	case !c.odometer.Same(&c.again):
		return "asked other questions when it was run again on the same state" + mustBeDeterministic
	case panicked != panickedAgain:
		return "panicked once on the same state, and once not" + mustBeDeterministic
	case enabled != enabledAgain:
		return "was enabled once and disabled once on the same state" + mustBeDeterministic
	case enabled && !bytes.Equal(c.first, c.second):
		return "gave another state when it was run again on the same state" + mustBeDeterministic +
			"; does it range over a map?"
	case enabled:
		return c.checkStep()
	}
	return ""
}

// checkStep runs what must only read the step just taken, from the parent to the
// work copy. A constraint is met here first: what it changes in a state is not
// seen any more once the state is a parent.
func (c *checker) checkStep() (problem string) {
	defer func() {
		if recover() != nil {
			problem = "" // a finding of its own
		}
	}()
	m := c.engine.model
	for _, i := range c.engine.properties {
		if p := &m.Properties[i]; p.Step != nil {
			if p.Step(c.parent, c.work); c.stepChanged() {
				return fmt.Sprintf("took a step that property %s changed: it must only read it", p.Name)
			}
		}
	}
	if m.Constraint != nil {
		if m.Constraint(c.work); c.stepChanged() {
			return "led to a state that Constraint changed: it must only read it"
		}
	}
	return ""
}

// stepChanged reports whether either state of the step is another than it was.
func (c *checker) stepChanged() bool {
	c.first = c.workSpace.Append(c.first[:0], c.parent)
	if !bytes.Equal(c.first, c.original) {
		system.Decode(c.parentSpace, c.parent, c.original) // as it was, for what is said of it
		return true
	}
	c.first = c.workSpace.Append(c.first[:0], c.work)
	return !bytes.Equal(c.first, c.second)
}

// checkPredicates runs what must only read the state.
func (c *checker) checkPredicates() (problem string) {
	m := c.engine.model
	c.restore()
	defer func() {
		if recover() != nil {
			problem = "" // a finding of its own
		}
	}()
	changed := func() bool {
		c.first = c.workSpace.Append(c.first[:0], c.work)
		return !bytes.Equal(c.first, c.original)
	}
	for _, i := range c.engine.properties {
		p := &m.Properties[i]
		if p.State != nil {
			if p.State(c.work); changed() {
				return fmt.Sprintf("property %s changed the state: it must only read it", p.Name)
			}
		}
	}
	if m.Terminal != nil {
		if m.Terminal(c.work); changed() {
			return "Terminal changed the state: it must only read it"
		}
	}
	return ""
}
