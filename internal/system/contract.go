package system

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"sync/atomic"

	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// The rules are checked on a sample of the states, because a check runs every action
// twice and encodes every result. The search trusts the model on all other states: with
// a model that breaks a rule, the verdict can depend on the order of the search.
const (
	// SamplesFirst is the number of states that are checked from the beginning, so
	// that small models are checked wholly; of all others, one in SampleEvery.
	SamplesFirst = 1024
	SampleEvery  = 1024

	// waysMax is the number of an action's combinations that are checked on a state.
	// An action can have more than a run ever comes to.
	waysMax = 1 << 14
)

// IsSample chooses the states on which the contract is checked, by their numbers:
// always the same ones, whichever worker expands them, and with no order in them that
// a model could have too.
func IsSample(number uint64) bool { return isChosen(number, SamplesFirst, SampleEvery) }

// isChosen chooses the first numbers, and one in every of all others.
func isChosen(number, first, every uint64) bool {
	const golden = 0x9E3779B97F4A7C15 // 2^64 over the golden ratio: Fibonacci hashing (Knuth, TAOCP 3, 6.4)
	return number < first || number*golden < math.MaxUint64/every
}

// ofConstraint and ofTerminal are names of parts of a model, for a series of calls.
var ofConstraint, ofTerminal = "Constraint, on a step", "Terminal"

// Contract checks the rules that a sound search relies on: it compares what the
// model's code does to two copies of one state. It is for one goroutine.
type Contract struct {
	system     *System
	properties []int
	cancelled  *atomic.Bool

	parent, work            State // copies of the state
	parentSpace, workSpace  Space
	watch                   *Watch
	calls                   series
	panicked                bool                            // the last attempt, both times
	original, first, second []byte                          // encoded states
	names, stepNames        []string                        // of the properties, for the watch
	breach                  *model.Breach                   // of a rule that the model's code found itself
	running                 *Action                         // the action that is checked
	noting                  func(State, *model.Choice) bool // runs it by way of note, made once
	odometer, again         model.Odometer                  // they go through an action's combinations side by side
	every                   model.Odometer                  // it goes through those too that the action leaves out
	refusals                model.Guards                    // of every
}

// NewContract returns a check of these properties that ends early when cancelled is
// set.
func NewContract(s *System, properties []int, cancelled *atomic.Bool, w *Watch) *Contract {
	c := s.Codec
	contract := &Contract{
		system: s, properties: properties, cancelled: cancelled, watch: w,
		parent: c.Make(), work: c.Make(), parentSpace: c.New(), workSpace: c.New(),
	}
	contract.noting = contract.note
	contract.every.WatchAll(&contract.refusals)
	for i := range s.Properties {
		contract.names = append(contract.names, "property "+s.Properties[i].Name)
		contract.stepNames = append(contract.stepNames, contract.names[i]+", on a step")
	}
	return contract
}

// Check runs everything that the system does to a state, which has this encoding, a
// second time. It returns the breach, or nothing. The actions are given, because a search can leave some out.
func (c *Contract) Check(actions []Action, s State, encoded []byte) (problem string) {
	c.original = append(c.original[:0], encoded...)
	c.parentSpace.Copy(c.parent, s)
	c.watch.beginSeries(&c.calls)
	defer c.watch.end()
	for i := range actions {
		if problem := c.checkAction(&actions[i]); problem != "" {
			return problem
		}
	}
	return c.checkPredicates()
}

// restore makes the work copy equal to the parent, by a deep copy: an action that
// writes through a pointer or into a map must not reach the parent.
func (c *Contract) restore() { c.workSpace.Copy(c.work, c.parent) }

const mustBeDeterministic = ": it must be deterministic"

// checkAction runs an action in every way, up to waysMax ways, with two odometers. The
// second odometer is asked by the second runs only, so it shows whether the action asks
// the same questions again.
func (c *Contract) checkAction(a *Action) string {
	c.odometer.Reset()
	c.again.Reset()
	c.panicked = false
	// The second odometer is never asked what comes next: it is turned as the first one is,
	// and answers as it was asked. So the first question that differs shows.
	more, leavesOut := true, false
	for ways := 0; more && ways < waysMax && !c.cancelled.Load(); ways++ {
		problem := c.checkAttempt(a)
		leavesOut = leavesOut || c.odometer.LeavesOut()
		if c.panicked {
			return "" // the search ends here anyway, and each further combination may panic too
		}
		if problem == "" { // the odometers stand alike
			c.again.Next()
			more = c.odometer.Next()
			continue
		}
		c.restore()
		arguments := trace.ArgumentsOf(RecordArguments(a.Do, c.work, &c.odometer))
		label := LabelOf(a.Name, arguments)
		if c.breach != nil {
			return label + ": " + problem
		}
		return fmt.Sprintf("action %s %s", label, problem)
	}
	if leavesOut {
		return c.checkLeftOut(a)
	}
	return ""
}

// checkLeftOut compares the ways in which an action is enabled with those in which it is
// enabled if it leaves out no answer. A search would miss the others. It looks at what the
// attempts leave that a search does not make, too.
func (c *Contract) checkLeftOut(a *Action) string {
	c.odometer.Reset()
	c.every.Reset()
	more, moreOfAll := true, true
	var way, wayOfAll []int
	for range waysMax {
		var problem string
		if wayOfAll, problem = c.nextEnabled(a, &c.every, &moreOfAll, wayOfAll); problem != "" {
			return problem
		}
		way, _ = c.nextEnabled(a, &c.odometer, &more, way)
		switch {
		case wayOfAll == nil || c.cancelled.Load():
			return ""
		case !slices.Equal(way, wayOfAll):
			return c.problemOf(a, wayOfAll, "is enabled with an answer that MemberUnless leaves out: refuses must be false where the action can return true")
		}
	}
	return ""
}

// problemOf says what is wrong with an action if it gets these answers.
func (c *Contract) problemOf(a *Action, answers []int, problem string) string {
	c.restore()
	return fmt.Sprintf("action %s %s", LabelOf(a.Name, trace.ArgumentsOf(ArgumentsOf(a.Do, c.work, answers))), problem)
}

// nextEnabled goes on to the next way in which an action is enabled, and returns its answers,
// or nil if there is none. It ends with a problem at an attempt that must not have left the
// state as it did.
func (c *Contract) nextEnabled(a *Action, o *model.Odometer, more *bool, answers []int) (way []int, problem string) {
	for *more && !c.cancelled.Load() {
		enabled, panicked := c.attempt(a, o)
		answers = o.Answers(answers[:0])
		if !enabled && c.leavesChanged(o, panicked) {
			return nil, c.problemOf(a, answers, changedAndFalse)
		}
		if *more = o.Next(); enabled {
			return answers, ""
		}
	}
	return nil, ""
}

const changedAndFalse = "changed the state and then returned false: return false before changing anything"

// leavesChanged reports whether an attempt has changed the state. What the attempt has left is
// in first then.
func (c *Contract) leavesChanged(o *model.Odometer, panicked bool) bool {
	c.first = c.workSpace.Append(c.first[:0], c.work)
	return !o.Void() && !panicked && !bytes.Equal(c.first, c.original)
}

// attempt runs an action on the work copy.
func (c *Contract) attempt(a *Action, o *model.Odometer) (enabled, panicked bool) {
	c.restore()
	c.running = a
	c.calls.attempt(a, o, &c.parent)
	return Attempt(c.noting, c.work, o)
}

// note runs the action that is checked. A breach that the action's code finds itself is
// kept: real code that was run here is not run again by the search, which would miss it.
func (c *Contract) note(s State, choice *model.Choice) bool {
	defer func() {
		if v := recover(); v != nil {
			if b, ok := v.(*model.Breach); ok {
				c.breach = b
			}
			panic(v)
		}
	}()
	return c.running.Do(s, choice)
}

// checkAttempt runs the action twice with the same answers. The order of its questions
// matters: a disabled action that wrote is reported before the second run, where a panic
// of the damaged state would hide the cause; an action that asked otherwise is reported
// before its results are compared, for different answers may well lead elsewhere.
// Encodings are compared, not memory: fields that are no part of the state may differ.
func (c *Contract) checkAttempt(a *Action) string {
	enabled, panicked := c.attempt(a, &c.odometer)
	if c.leavesChanged(&c.odometer, panicked) && !enabled {
		return changedAndFalse
	}
	enabledAgain, panickedAgain := c.attempt(a, &c.again)
	// Only a step that is taken has a result; whatever a disabled action asked of its copy
	// was compared above.
	if enabled {
		c.second = c.workSpace.Append(c.second[:0], c.work)
	}
	switch {
	case c.breach != nil:
		return c.breach.Problem
	case panicked && panickedAgain:
		c.panicked = true
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
func (c *Contract) checkStep() (problem string) {
	defer func() {
		if recover() != nil {
			problem = "" // a finding of its own
		}
	}()
	m := c.system
	for _, i := range c.properties {
		if p := &m.Properties[i]; p.Step != nil {
			c.calls.ask(&c.stepNames[i], &c.parent)
			p.Step(c.parent, c.work)
			if c.stepChanged() {
				return fmt.Sprintf("took a step that property %s changed: it must only read it", p.Name)
			}
		}
	}
	if m.Constraint != nil {
		Decode(c.workSpace, c.work, c.second) // with zero in ignored fields, as a search asks
		c.calls.ask(&ofConstraint, &c.parent)
		m.Constraint(c.work)
		if c.stepChanged() {
			return "led to a state that Constraint changed: it must only read it"
		}
	}
	return ""
}

// stepChanged reports whether either state of the step is another than it was.
func (c *Contract) stepChanged() bool {
	c.first = c.workSpace.Append(c.first[:0], c.parent)
	if !bytes.Equal(c.first, c.original) {
		Decode(c.parentSpace, c.parent, c.original) // as it was, for what is said of it
		return true
	}
	c.first = c.workSpace.Append(c.first[:0], c.work)
	return !bytes.Equal(c.first, c.second)
}

// checkPredicates runs the code that must only read the state. A predicate that wrote
// would change the state for the predicates after it, and the verdict would depend on
// the order of the properties.
func (c *Contract) checkPredicates() (problem string) {
	m := c.system
	c.restore()
	defer func() {
		if recover() != nil {
			problem = "" // a finding of its own
		}
	}()
	// After each predicate, and not once after all: the message has to name the one that
	// wrote.
	changed := func() bool {
		c.first = c.workSpace.Append(c.first[:0], c.work)
		return !bytes.Equal(c.first, c.original)
	}
	for _, i := range c.properties {
		p := &m.Properties[i]
		if p.State != nil {
			c.calls.ask(&c.names[i], &c.parent)
			p.State(c.work)
			if changed() {
				return fmt.Sprintf("property %s changed the state: it must only read it", p.Name)
			}
		}
	}
	if m.Terminal != nil {
		c.calls.ask(&ofTerminal, &c.parent)
		m.Terminal(c.work)
		if changed() {
			return "Terminal changed the state: it must only read it"
		}
	}
	return ""
}
