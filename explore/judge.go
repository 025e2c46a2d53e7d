package explore

import (
	"fmt"
	"runtime"
	"strings"

	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// What of the model's code is running, when it is not a property.
const (
	doAction = -1 - iota
	doConstraint
	doTerminal
)

func isReachable[S any](p *model.Property[S]) bool { return p.Kind == model.KindReachable }

// predicate is a property of states. It is of interest as long as it has the verdict
// that is wanted.
type predicate[S any] struct {
	property int
	of       func(*S) bool
	wanted   bool
}

// forget stops looking for what was found: in a later round it can only be found
// again.
func (w *worker[S]) forget(found *findings) {
	w.predicates, w.steps = w.predicates[:0], w.steps[:0]
	var witnesses []predicate[S]
	for _, i := range w.engine.properties {
		if found.first[i].exists {
			continue
		}
		switch p := &w.engine.model.Properties[i]; p.Kind {
		case model.KindAlways:
			w.predicates = append(w.predicates, predicate[S]{i, w.verdictOf(i), true})
		case model.KindReachable:
			witnesses = append(witnesses, predicate[S]{i, p.State, false})
		case model.KindAlwaysStep:
			w.steps = append(w.steps, i)
		}
	}
	w.predicates = append(w.predicates, witnesses...)
}

// verdictOf tells whether a property of states holds. One that names the part it
// reads is asked about parts, and not twice about one that is remembered.
func (w *worker[S]) verdictOf(property int) func(*S) bool {
	if r := w.readers[property]; r != nil {
		return r.holds
	}
	return w.engine.model.Properties[property].State
}

// judge checks the properties of states on one that was reached at this moment.
func (w *worker[S]) judge(s *S, at moment) {
	w.judging = at
	for i := range w.predicates {
		p := &w.predicates[i]
		w.doing = p.property
		if p.of(s) != p.wanted {
			w.find(p.property, at, "")
		}
	}
	w.doing = doAction
}

// judgeStep checks the properties of steps on the one just taken.
func (w *worker[S]) judgeStep(ordinal uint64) {
	properties := w.engine.model.Properties
	w.judging = w.with(ordinal)
	for _, i := range w.steps {
		w.doing = i
		if !w.holdsOf(i, properties[i].Step) {
			w.find(i, w.judging, "")
		}
	}
	w.doing = doAction
}

// holdsOf is the verdict of a property on the step just taken.
func (w *worker[S]) holdsOf(property int, step func(before, after *S) bool) bool {
	if r := w.readers[property]; r != nil {
		return r.impliesStep(&w.parent, w.pending.work())
	}
	return step(&w.parent, w.pending.work())
}

// isInside reports whether a pending successor satisfies the constraint. One
// that does not is judged, and that is all that becomes of it.
func (w *worker[S]) isInside(i int) bool {
	if !w.leaves(i) {
		return true
	}
	w.counting = 0
	w.judge(w.pending.states[i], w.judging)
	w.counting = 1
	return false
}

// leaves reports whether a pending successor does not satisfy the constraint.
func (w *worker[S]) leaves(i int) bool {
	if w.constraint == nil {
		return false
	}
	w.doing, w.judging = doConstraint, w.block.at(w.pending.origins[i])
	leaves := !w.constraint(w.pending.states[i])
	if !leaves {
		w.doing = doAction
	}
	return leaves
}

// recoverProcess deals with a panic on a pending successor that is not being
// made by an action any more.
func (w *worker[S]) recoverProcess() {
	if v := recover(); v != nil {
		w.pending.clear()
		w.panics(v, w.judging)
	}
}

// checkDeadlock is called for a parent without successors.
func (w *worker[S]) checkDeadlock() {
	defer func() {
		if v := recover(); v != nil {
			w.panics(v, before(w.number(), 0))
		}
	}()
	w.doing = doTerminal
	if t := w.engine.model.Terminal; t == nil || !t(&w.parent) {
		w.find(w.found.other(aDeadlock), before(w.number(), 0), "")
	}
	w.doing = doAction
}

func (w *worker[S]) find(kind int, at moment, detail string) {
	w.found.add(kind, finding{at: at, initial: w.root, detail: detail})
}

// recoverAction deals with a panic while an action was tried. One that was made
// to choose from nothing is disabled; any other panic is a finding.
func (w *worker[S]) recoverAction(done *bool) {
	v := recover()
	if v == nil {
		return
	}
	if w.odometer.Void() {
		w.restore()
		if !w.odometer.Next() {
			w.cover()
			w.action++
		}
		return
	}
	at := before(w.number(), w.ordinal())
	if w.doing != doAction {
		at = w.judging
	}
	w.panics(v, at)
	*done = true
}

// panics notes a panic in the model's code. Nothing that comes later counts, so
// the worker leaves its block.
func (w *worker[S]) panics(v any, at moment) {
	w.find(w.found.other(aPanic), at, fmt.Sprintf("%s panicked: %v%s", w.culprit(), v, whereItPanicked()))
	w.doing, w.panicked = doAction, true
}

// culprit names the code that is running.
func (w *worker[S]) culprit() string {
	switch w.doing {
	case doAction:
		arguments := trace.ArgumentsOf(recordArguments(w.actions[w.action].Do, w.parentCopy(), &w.odometer))
		return trace.Step{Action: w.actions[w.action].Name, Arguments: arguments}.Label()
	case doConstraint:
		return "Constraint"
	case doTerminal:
		return "Terminal"
	}
	return "property " + w.engine.model.Properties[w.doing].Name
}

// parentCopy returns a copy of the parent that nothing else uses.
func (w *worker[S]) parentCopy() *S {
	s := new(S)
	w.codec.New().Copy(s, &w.parent)
	return s
}

// whereItPanicked names the file and line of the innermost function of the
// model's code, when called from a deferred function that recovered.
func whereItPanicked() string {
	var pcs [64]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs[:])])
	inRuntime := false
	for {
		f, more := frames.Next()
		switch {
		case strings.HasPrefix(f.Function, "runtime."):
			inRuntime = true
		case inRuntime:
			return fmt.Sprintf(", at %s:%d", baseName(f.File), f.Line)
		}
		if !more {
			return ""
		}
	}
}

func baseName(file string) string { return file[strings.LastIndexByte(file, '/')+1:] }
