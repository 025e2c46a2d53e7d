package explore

import (
	"fmt"
	"runtime"
	"strings"

	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// forget stops looking for what was found: in a later round it can only be found
// again.
func (w *worker) forget(found *findings) {
	w.predicates, w.steps = w.predicates[:0], w.steps[:0]
	var witnesses []system.Predicate
	for _, i := range w.engine.properties {
		if found.first[i].exists {
			continue
		}
		switch p := &w.engine.model.Properties[i]; p.Kind {
		case model.KindAlways:
			w.predicates = append(w.predicates, system.Predicate{Property: i, Wanted: true, Of: w.verdictOf(i)})
		case model.KindReachable:
			witnesses = append(witnesses, system.Predicate{Property: i})
		case model.KindAlwaysStep:
			w.steps = append(w.steps, i)
		}
	}
	w.predicates = append(w.predicates, witnesses...)
	w.expander.Ask(w.predicates)
	w.Steps = len(w.steps) > 0
}

// verdictOf tells whether a property of states holds, where that is not for the
// property alone to say. One that names the part it reads is asked about parts, and
// not twice about one that is remembered.
func (w *worker) verdictOf(property int) func(system.State) bool {
	if r := w.readers[property]; r != nil {
		return r.holds
	}
	return nil
}

// Step checks the properties of steps on the one just taken.
func (w *worker) Step() {
	properties := w.engine.model.Properties
	w.judging = w.with(w.Ordinal() - 1)
	for _, i := range w.steps {
		w.Doing = i
		if !w.holdsOf(i, properties[i].Step) {
			w.find(i, w.judging, "")
		}
	}
	w.Doing = system.DoAction
}

// holdsOf is the verdict of a property on the step just taken.
func (w *worker) holdsOf(property int, step func(before, after system.State) bool) bool {
	if r := w.readers[property]; r != nil {
		return r.impliesStep(w.expander.Parent(), w.expander.Work())
	}
	return step(w.expander.Parent(), w.expander.Work())
}

// isInside reports whether a pending successor satisfies the constraint. One
// that does not is judged, and that is all that becomes of it.
func (w *worker) isInside(i int) bool {
	if !w.leaves(i) {
		return true
	}
	w.counting = 0
	w.expander.JudgePending(i)
	w.counting = 1
	return false
}

// leaves reports whether a pending successor does not satisfy the constraint.
func (w *worker) leaves(i int) bool {
	if w.constraint == nil {
		return false
	}
	w.Doing, w.judging = system.DoConstraint, w.block.at(w.Pending.Origins[i])
	leaves := !w.constraint(w.Pending.States[i])
	if !leaves {
		w.Doing = system.DoAction
	}
	return leaves
}

// recoverProcess deals with a panic on a pending successor that is not being
// made by an action any more.
func (w *worker) recoverProcess() {
	if v := recover(); v != nil {
		w.Pending.Clear()
		w.panics(v, w.judging)
	}
}

// checkDeadlock is called for a parent without successors.
func (w *worker) checkDeadlock() {
	defer func() {
		if v := recover(); v != nil {
			w.panics(v, before(w.number(), 0))
		}
	}()
	w.Doing = system.DoTerminal
	if t := w.engine.model.Terminal; t == nil || !t(w.expander.Parent()) {
		w.find(w.found.other(aDeadlock), before(w.number(), 0), "")
	}
	w.Doing = system.DoAction
}

func (w *worker) find(kind int, at moment, detail string) {
	w.found.add(kind, finding{at: at, initial: w.Root, detail: detail})
}

// recoverAction deals with a panic while an action was tried. One that was made
// to choose from nothing is disabled; any other panic is a finding.
func (w *worker) recoverAction(done *bool) {
	v := recover()
	if v == nil {
		return
	}
	if w.Odometer.Void() {
		w.expander.Restore()
		if !w.Odometer.Next() {
			w.Ends[w.Action].Add(w.Effort)
			w.Action++
		}
		return
	}
	at := before(w.number(), w.Ordinal())
	if w.Doing != system.DoAction {
		at = w.judging
	}
	w.panics(v, at)
	*done = true
}

// panics notes a panic in the model's code. Nothing that comes later counts, so
// the worker leaves its block.
func (w *worker) panics(v any, at moment) {
	w.find(w.found.other(aPanic), at, fmt.Sprintf("%s panicked: %v%s", w.culprit(), v, whereItPanicked()))
	w.Doing, w.panicked = system.DoAction, true
}

// culprit names the code that is running.
func (w *worker) culprit() string {
	switch w.Doing {
	case system.DoAction:
		arguments := trace.ArgumentsOf(system.RecordArguments(w.actions()[w.Action].Do, w.parentCopy(), &w.Odometer))
		return trace.Step{Action: w.actions()[w.Action].Name, Arguments: arguments}.Label()
	case system.DoConstraint:
		return "Constraint"
	case system.DoTerminal:
		return "Terminal"
	}
	return "property " + w.engine.model.Properties[w.Doing].Name
}

// parentCopy returns a copy of the parent that nothing else uses.
func (w *worker) parentCopy() system.State {
	s := w.engine.codec.Make()
	w.engine.codec.New().Copy(s, w.expander.Parent())
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

// Find notes that the property is not as it was wanted to be in the state that is
// judged.
func (w *worker) Find(property int) { w.find(property, w.judging, "") }
