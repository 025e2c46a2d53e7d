package liveness

import (
	"bytes"
	"fmt"

	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// Judgement says whether a run is a counterexample.
type Judgement struct {
	Problem string        // why it is none, or empty
	Fair    []trace.Alibi // why the run is fair, for each action
}

// Verify judges whether a run with a loop is one of the system, is fair, and breaks a
// claim. It runs the system and evaluates the formula by its definition, and uses
// nothing of the graph. The walk must not have begun. A nil claim is broken by every
// run. The property has the claim.
func Verify(w *system.Walk, t *trace.Trace, property string, claim *system.Formula) Judgement {
	if claim == nil {
		// An empty disjunction is false.
		claim = &system.Formula{Op: model.OpOr}
	}
	r, problem := follow(w, t, property, claim)
	if problem != "" {
		return Judgement{Problem: problem}
	}
	j := r.judgeFairness(w.System.Progress)
	if j.Problem == "" && r.meaning(claim)[0] {
		j.Problem = "the claim is true of it"
	}
	return j
}

// VerifyProperty reports whether the run of a walk breaks a temporal property, and
// returns the explanation. The walk is at the end of the run. A run without a loop breaks
// none. Each claim gets a walk of its own, for Verify begins before the first state.
func VerifyProperty(w *system.Walk, actions []system.Action, property int) (violated bool, detail string) {
	if w.Run.Loop == 0 {
		return false, ""
	}
	for _, c := range claimsOf(w.System.Properties[property].Formula) {
		if Verify(system.NewWalk(w.System, actions), &w.Run, w.System.Properties[property].Name, c.formula).Problem == "" {
			return true, explained(c.label, property, w)
		}
	}
	return false, ""
}

// lasso is a run with a loop, reduced to the facts that fairness and formulas depend
// on. Its positions are the states of the trace, without the last one if that is the
// state where the loop begins.
type lasso struct {
	actions   []system.Action
	positions int                        // how many there are
	loop      int                        // the position that follows the last one
	stays     bool                       // the loop is the last state alone, for ever
	truth     map[*system.Formula][]bool // of plain formulas, by position
	steps     []label                    // the step from each position
	scenes    []scene                    // the different states of the loop, in the order of their first positions
}

// scene is a state of the loop, with its first position and the steps that are
// possible there. Which steps are possible depends on the state alone, so a loop that
// comes to a state many times needs one scene for it.
type scene struct {
	position int
	possible []label // each once, in the order in which they were found
}

// follow takes the steps of a trace and records the facts of a lasso. It returns a
// problem if the trace is not a run of the system with a loop: some step does not exist,
// changes nothing, or leads elsewhere, the loop does not close, or the run leaves the
// constraint. All facts are about the states to which the walk comes. Those of the trace
// are compared with them, and not used.
func follow(w *system.Walk, t *trace.Trace, property string, f *system.Formula) (*lasso, string) {
	if t.Loop < 1 || t.Loop > len(t.Steps) {
		return nil, fmt.Sprintf("its loop begins at %d, and it has %d states", t.Loop, len(t.Steps))
	}
	l := &lasso{stays: t.Loop == len(t.Steps), loop: t.Loop - 1, positions: len(t.Steps) - 1,
		truth: map[*system.Formula][]bool{}}
	if l.stays {
		l.positions++
	}
	m, seen := newWays(w), map[string]bool{}
	var begin, before, now []byte
	for i, want := range t.Steps {
		taken, problem := takeLabelled(m, i, want)
		if problem != "" {
			return nil, problem
		}
		// Two buffers take turns: the encoding is valid only until the next step.
		before, now = now, append(before[:0], w.Encoding()...)
		if i > 0 {
			l.steps = append(l.steps, taken)
			if bytes.Equal(before, now) {
				return nil, fmt.Sprintf("step %d changes nothing", i+1)
			}
		}
		if i == l.loop {
			begin = append(begin, now...)
		}
		l.actions = w.Actions()
		// The last state is the first of the loop again, and has its position there.
		if i >= l.positions {
			continue
		}
		l.note(w, property, f)
		if i >= l.loop && !seen[string(now)] {
			seen[string(now)] = true
			l.scenes = append(l.scenes, scene{i, m.possible()})
		}
	}
	switch {
	case !bytes.Equal(begin, now):
		return nil, fmt.Sprintf("its last state is not state %d, where its loop begins", t.Loop)
	case w.IsOutside():
		return nil, "it ends outside the model's constraint"
	}
	return l, ""
}

// takeLabelled takes a step of a trace, and returns the step's label.
func takeLabelled(m *ways, i int, want trace.Step) (step label, problem string) {
	y, same := m.like(want)
	if y != nil {
		step = y.label
		m.walk.Take(y.action, y.answers)
	}
	if err := stepError(i, want, y != nil, same); err != nil {
		return label{}, err.Error()
	}
	return step, ""
}

// StepError is the error of a step of a trace that the system does not take.
type StepError struct {
	Step    int // the number of the state it should lead to, counting from 1
	Problem string
}

func (e *StepError) Error() string { return fmt.Sprintf("step %d: %s", e.Step, e.Problem) }

// TakeStep takes the i-th step of a trace, by its name and arguments, and returns the
// action. If the step leads to another state than in the trace, it is taken and an
// error returned.
func TakeStep(w *system.Walk, i int, want trace.Step) (action int, err *StepError) {
	action, alike, same := w.TakeNamed(want)
	if alike > 1 {
		return action, &StepError{i + 1, fmt.Sprintf("%s is ambiguous: %d steps look like it, and none leads to the state that it did", want.Label(), alike)}
	}
	return action, stepError(i, want, alike > 0, same)
}

// stepError returns the error of the i-th step, or nil.
func stepError(i int, want trace.Step, found, same bool) *StepError {
	switch {
	case !found:
		return &StepError{i + 1, want.Label() + " is not possible here"}
	case !same:
		return &StepError{i + 1, want.Label() + " leads to another state than it did"}
	}
	return nil
}

// labelOf returns the label of a step: its action, and the arguments that fairness
// tells apart. Like the labels of the graph it relies on toldApart.
func labelOf(actions []system.Action, index int, all trace.Arguments) label {
	a := &actions[index]
	if !a.Fair.IsEach() {
		return label{action: index}
	}
	told, _ := toldApart(a.FairBy, all)
	return label{index, told.Plain()}
}

// note records which plain parts of a formula are true of the walk's state.
func (l *lasso) note(w *system.Walk, property string, f *system.Formula) {
	for _, plain := range plainParts(f) {
		w.Call("property "+property, func() { l.truth[plain] = append(l.truth[plain], isTrue(plain, w.State())) })
	}
}
