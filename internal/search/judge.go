package search

import (
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// askWhatIsLeft has the worker look only for what was not found yet, or not as often as
// is wanted. A later round can only find it at later positions, which do not count.
// Invariants come first, then claims of reachability. Workers are asked anew between
// rounds only, so all blocks of a round are judged by the same properties.
func (w *worker) askWhatIsLeft(found *Findings) {
	w.predicates = w.predicates[:0]
	var witnesses []system.Predicate
	var steps []system.StepPredicate
	for _, i := range w.search.config.Properties {
		p := &w.search.system().Properties[i]
		// What need not be asked any more costs nothing.
		if found.isFull(i) || p.IsReachable() && found.First[i].Exists {
			continue
		}
		switch p.Kind {
		case model.KindAlways:
			w.predicates = append(w.predicates, system.Predicate{Property: i, Wanted: true, Of: w.verdictOf(i)})
		case model.KindReachable:
			witnesses = append(witnesses, system.Predicate{Property: i})
		case model.KindAlwaysStep:
			steps = append(steps, w.stepPredicate(i))
		}
	}
	w.predicates = append(w.predicates, witnesses...)
	w.expander.Ask(w.predicates, steps)
}

// stepPredicate is the question that the expander asks of each step. For an implication
// the expander adds the steps to which it applies to the reader's count.
func (w *worker) stepPredicate(property int) system.StepPredicate {
	p := system.StepPredicate{Property: property}
	if r := w.readers[property]; r != nil && r.steps != nil {
		p.Applied = &r.applied
	}
	return p
}

// verdictOf judges states in place of a property that names the part it reads, or
// whose left side is counted. It is nil for all other properties: the expander then calls
// their own functions, which know the state's type.
func (w *worker) verdictOf(property int) func(system.State) bool {
	if r := w.readers[property]; r != nil {
		return r.holds
	}
	return nil
}

// Find notes that a property is not as it was wanted to be in the state that is
// judged: a violated invariant, or a state that was claimed to be reachable.
func (w *worker) Find(property int) { w.find(property, w.judging, "") }

// find notes a finding in the worker. A commit merges it into those of the search.
func (w *worker) find(kind int, at Position, detail string) {
	w.found.Add(kind, Finding{At: at, Initial: w.Root, Detail: detail, Key: w.key})
}

// judgeFresh judges the new states of a block. A panic ends that: later states do not
// count. The position is set before each state, for Find and for a panic.
func (w *worker) judgeFresh(b *block) {
	defer func() {
		if v := recover(); v != nil {
			w.panics(v, w.judging)
		}
	}()
	for _, i := range b.order {
		if w.search.cancelled.Load() {
			return
		}
		w.judging = b.at(b.origins[i])
		w.expander.Judge(b.states.At(i))
	}
}

// FindStep notes that a property is violated by the step just taken.
func (w *worker) FindStep(property int) { w.find(property, w.lastStep(), "") }

// lastStep is the position of the step just taken, which the effort has counted already.
func (w *worker) lastStep() Position { return With(w.number(), w.Ordinal()-1) }

// judgeOutside judges a pending successor that does not satisfy the constraint. The
// successor goes no further, so nothing else would judge it. It counts for no implication.
// The key is the first word of its fingerprint with the lowest bit set, because 0 is the
// key of findings that need none.
func (w *worker) judgeOutside(i int) {
	// Implications count only states of the space.
	w.counting = 0
	if w.found.most > 1 {
		w.key = w.keyOutside(i)
	}
	w.expander.JudgePending(i)
	w.counting, w.key = 1, 0
}

// leaves reports whether a pending successor does not satisfy the constraint, and has
// the block keep the origin of one that does not: if the search ends in this block, only
// those before the end are counted. Doing and judging are set for the case of a panic.
func (w *worker) leaves(i int) bool {
	if w.constraint == nil {
		return false
	}
	state := w.expander.PendingState(i)
	w.Doing, w.judging, w.On = system.DoConstraint, w.block.at(w.Pending.Origins[i]), state
	leaves := !w.constraint(state)
	w.Doing = system.DoAction
	if leaves {
		w.block.leave(w.Pending.Origins[i])
	}
	return leaves
}

// Stuck is called for a parent without successors, which is a deadlock unless the
// parent is terminal. A successor outside the constraint is a successor here: the system
// can go on, only the search does not follow.
func (w *worker) Stuck() {
	if !w.search.config.Deadlock || w.Root || w.choice != nil {
		return
	}
	defer func() {
		if v := recover(); v != nil {
			w.panics(v, Before(w.number(), 0))
		}
	}()
	w.Doing = system.DoTerminal
	if t := w.search.system().Terminal; t == nil || !t(w.expander.Parent()) {
		w.find(w.found.Other(Deadlock), Before(w.number(), 0), "")
	}
	w.Doing = system.DoAction
}

// recoverAction deals with a panic while an action was tried. One after a choice from
// nothing is disabled; any other panic is a finding. Its position depends on the code that
// has panicked: the action, a property of the step just taken, or code that was called
// for a pending successor.
func (w *worker) recoverAction(done *bool) {
	v := recover()
	if v == nil {
		return
	}
	if w.SkipVoid(w.expander) {
		return
	}
	at := Before(w.number(), w.Ordinal())
	switch {
	case w.isPast:
		at = w.judging
	case w.Doing != system.DoAction:
		at = w.lastStep()
	}
	w.panics(v, at)
	*done = true
}

// panics notes a panic in the model's code. Nothing that comes later counts, so the
// worker leaves its block.
func (w *worker) panics(v any, at Position) {
	if w.isPast { // those that were pending before it were dealt with, those after it do not count
		w.Pending.Clear()
		w.isPast = false
	}
	// The label is made before Doing is reset, because Part names the code by it.
	if b, ok := v.(*model.Breach); ok {
		in := w.search.system().Part(w.Doing, w.label)
		w.find(w.found.Other(Breach), at, trace.Escape(in+": "+b.Problem))
	} else {
		p := system.Recovered("", v)
		p.In = w.search.system().Part(w.Doing, w.label)
		w.find(w.found.Other(Panic), at, p.String())
	}
	w.Doing, w.panicked = system.DoAction, true
}

// label names the step of the action that is running. The action runs once more, on a copy
// of the parent, to record the arguments that it asks for: the search does not record
// them, because that would slow down every attempt.
func (w *worker) label() string {
	a := &w.search.system().Init
	if !w.Root {
		a = &w.search.plan.actions[w.Action]
	}
	c := w.search.system().Codec
	s := c.Make()
	c.New().Copy(s, w.expander.Parent())
	arguments := trace.ArgumentsOf(system.RecordArguments(a.Do, s, &w.Odometer))
	return system.LabelOf(a.Name, arguments)
}
