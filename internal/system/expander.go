package system

import (
	"github.com/muster-mc/muster/internal/codec"
	"github.com/muster-mc/muster/model"
)

// expander is the only part of the engine that is compiled for each state type: the
// code that runs for each attempt to take a step.
//
// There are three loops over the attempts, because the fastest of them cannot afford
// the branches of the others. All three must make the same successors in the same
// order, and the [Stepper] must make them too: the log of predecessors keeps only the
// ordinal of a successor, and a trace is found by counting up to that ordinal again.
//
// An action that returns false must have left the work copy unchanged, so the loops
// restore the work copy only after an enabled action and after a choice from nothing.
// [Contract] checks that rule on a sample of the states.
type expander[S any] struct {
	*Expansion
	system  *System
	actions []func(*S, *model.Choice) bool // those that are tried
	init    []func(*S, *model.Choice) bool // only Init, for the root

	codec            *codec.Codec[S]
	flat, hasIgnored bool

	// Every state that is decoded has a space of its own: a space owns the memory
	// behind one state, so two states that share a space would overwrite each other.
	parent, judged                      S
	parentSpace, workSpace, judgedSpace *codec.Space[S]
	parentView, judgedView              []byte // their memory, if that is their encoding
	encoded                             []byte // the parent as it was decoded, unless the type is flat
	undecoded                           bool   // parent is not yet that state
	fresh                               bool   // the work copy is as it was decoded, so Restore has nothing to do
	shown                               S      // a pending successor without what is ignored
	shownIs                             int    // its place among those that are pending; -1 if there is none
	shownSpace                          *codec.Space[S]
	states                              [PendingMax]*S // those of Pending
	room                                uint           // successors that may be pending in expandAny
	predicates                          []predicate[S]
	steps                               []stepPredicate[S]
}

// predicate is a [Predicate] with the state type.
type predicate[S any] struct {
	property int
	of       func(*S) bool
	wanted   bool
}

// stepPredicate is a [StepPredicate] with the state type. For an implication, when is
// the left side and holds is the right side, so that the left side is run once per
// step. Otherwise when is nil.
type stepPredicate[S any] struct {
	property    int
	when, holds func(before, after *S) bool
	applied     *uint64 // counts the steps for which when is true
}

func newExpander[S any](s *System, c *codec.Codec[S], actions []int, x *Expansion) Expander {
	e := &expander[S]{Expansion: x, system: s, codec: c, flat: c.Untyped.Flat(), hasIgnored: c.Untyped.HasIgnored()}
	e.init = []func(*S, *model.Choice) bool{doOf[S](&s.Init)}
	e.actions = make([]func(*S, *model.Choice) bool, len(actions))
	for i, a := range actions {
		e.actions[i] = doOf[S](&s.Actions[a])
	}
	// Files are read with their checksums, so nothing is damaged here.
	e.parentSpace, e.workSpace, e.judgedSpace, e.shownSpace = c.NewTrusting(), c.NewTrusting(), c.NewTrusting(), c.NewTrusting()
	e.makePending()
	return e
}

// doOf is the function of an action, with its type. The model's own function saves an
// indirect call for each attempt. An action that [Action.Doing] has changed has none,
// and is called through Do.
func doOf[S any](a *Action) func(*S, *model.Choice) bool {
	if do, ok := a.typed.(func(*S, *model.Choice) bool); ok {
		return do
	}
	do := a.Do
	return func(s *S, c *model.Choice) bool { return do(s, c) }
}

// makePending makes the memory of the pending successors. States of a flat type lie
// in one slab, where actions write each state into the place from which it is hashed
// and compared: a flat successor is never copied on its way to the cache. A successor
// of another type has to be encoded at once, for the next Restore overwrites the
// memory behind the work copy. So one state suffices for all of them.
func (e *expander[S]) makePending() {
	p := &e.Pending
	e.room, e.shownIs = PendingMax, -1
	if e.flat {
		e.parentView, e.judgedView = e.codec.View(&e.parent), e.codec.View(&e.judged)
		slab, states := e.codec.NewSlab(PendingMax)
		copy(e.states[:], states)
		p.Encoded, p.Words, p.Stride = slab.Views, slab.Words, slab.Stride
	} else {
		s := new(S)
		for i := range e.states {
			e.states[i] = s
		}
		p.Encoded = make([][]byte, PendingMax)
		if e.system.Constraint != nil {
			e.room = 1 // the constraint is asked about many of them, and about the work copy for nothing
		}
	}
}

// work computes the place of the work copy on each call. A pointer kept in the
// expander would cost a write barrier of the garbage collector for every successor.
//
// The remainder saves a check of bounds: Count is less than PendingMax wherever an
// action runs, for Process clears what it was given.
func (e *expander[S]) work() *S { return e.states[e.Pending.Count%PendingMax] }

func (e *expander[S]) Work() State { return e.work() }

// Parent decodes the parent on demand: actions work on the work copy, and only
// properties of steps, Terminal, the contract and messages read the parent.
func (e *expander[S]) Parent() State {
	if e.undecoded {
		mustDecode(e.parentSpace.Decode(&e.parent, e.encoded))
		e.undecoded = false
	}
	return &e.parent
}

// Expand chooses the loop for each parent. Judging a step needs the parent and the
// successor together, and only expandAny does that; a model with properties of steps
// takes that loop also if its states are flat. The root has no labels: its steps lead
// to the initial states and are no edges of the state graph.
func (e *expander[S]) Expand() {
	for e.Inside || e.nextParent() { // a parent that was left in the middle comes first
		if e.flat && len(e.steps) == 0 && (e.Labeller == nil || e.Root) {
			e.expandFlat(e.dos())
		} else if e.flat && len(e.steps) == 0 {
			e.expandLabelled(e.dos())
		} else {
			e.expandAny(e.dos())
		}
		if e.Halt {
			return // with Inside set, so that the next call goes on with this parent
		}
		if e.Inside = false; e.Effort.Made == e.Others { // no successor since the parent before
			e.Sink.Stuck()
		}
	}
}

// dos returns the functions that lead on from the parent.
func (e *expander[S]) dos() []func(*S, *model.Choice) bool {
	if e.Root {
		return e.init
	}
	return e.actions
}

// nextParent reports whether there is a parent to expand. The Sink's Begin may end the
// expansion, because the parent breaks the contract.
func (e *expander[S]) nextParent() bool {
	data, more := e.Sink.Next()
	switch {
	case !more:
		return false
	case e.Root:
		e.decodeRoot()
		return true
	}
	return e.Sink.Begin(len(data) - len(e.Decode(data)))
}

// expandFlat tries the actions on a state of a flat type, if there are no properties
// of steps and no labels. A search makes millions of such attempts a second, so this
// loop does as little as possible, and writes out the calls that the compiler does not
// inline here.
func (e *expander[S]) expandFlat(actions []func(*S, *model.Choice) bool) {
	x := e.Expansion
	o, p := &x.Odometer, &x.Pending
	choice, work, ends := o.Choice(), e.work(), x.Ends[:len(actions)]
	// An origin is the sum of ours, the action and Made. The ordinal is Made-Others modulo
	// 2^64, also for the later parts of a parent, where Others is minus the successors of
	// the earlier ones. So Others may be subtracted once for all successors.
	ours := Origin(x.Index)<<(actionBits+ordinalBits) - Origin(x.Others)
	for a := x.Action; a < len(actions); a++ {
		x.Action = a // a panic is named after it, and goes on behind it
		do := actions[a]
		for {
			x.Effort.Tries++
			if do(work, choice) && !o.Void() {
				made, n := x.Effort.Made, p.Count // as NewOrigin and Push do
				p.Origins[n%PendingMax] = ours + Origin(a)<<ordinalBits + Origin(made)
				x.Effort.Made, p.Count = made+1, n+1
				if n+1 == PendingMax {
					x.Sink.Process()
				}
				work = e.states[(n+1)%PendingMax]
				*work = e.parent
			}
			if x.Effort.Tries%64 == 0 && (x.Halt || x.Cancelled.Load()) { // a single state can have successors without end
				e.Restore()
				x.advance()
				return
			}
			if o.Turn() { // the work copy is in order: there is no next answer after a choice from nothing
				continue
			}
			if o.Void() { // asked before Carry, which forgets it
				*work = e.parent // as Restore does
			}
			if !o.Carry() {
				break
			}
		}
		o.Reset()
		ends[a].Tries += x.Effort.Tries // as Add does
		ends[a].Made += x.Effort.Made
	}
	x.Action = len(actions) // nothing is left to try, also if Process has asked for a halt
}

// expandLabelled does the same where the steps of some actions are told apart by their
// arguments, as fairness by an argument needs. Only those actions have their arguments
// remembered, which slows down every choice. The loop is that of expandFlat, with a test
// for each successor that expandFlat is spared.
func (e *expander[S]) expandLabelled(actions []func(*S, *model.Choice) bool) {
	x := e.Expansion
	o, p := &x.Odometer, &x.Pending
	choice, work, ends := o.Choice(), e.work(), x.Ends[:len(actions)]
	ours := Origin(x.Index)<<(actionBits+ordinalBits) - Origin(x.Others)
	for a := x.Action; a < len(actions); a++ {
		x.Action = a
		do, told := actions[a], x.Labeller.IsTold(a)
		if told {
			o.Remember()
		}
		for {
			x.Effort.Tries++
			if do(work, choice) && !o.Void() {
				made, n := x.Effort.Made, p.Count
				if told { // before Process or the next answer: the arguments are those of the last call
					p.Labels[n%PendingMax] = x.Labeller.Label(a, o.Arguments())
				}
				p.Origins[n%PendingMax] = ours + Origin(a)<<ordinalBits + Origin(made)
				x.Effort.Made, p.Count = made+1, n+1
				if n+1 == PendingMax {
					x.Sink.Process()
				}
				work = e.states[(n+1)%PendingMax]
				*work = e.parent
			}
			if x.Effort.Tries%64 == 0 && (x.Halt || x.Cancelled.Load()) {
				e.Restore()
				x.advance()
				return
			}
			if o.Turn() {
				continue
			}
			if o.Void() {
				*work = e.parent
			}
			if !o.Carry() {
				break
			}
		}
		o.Reset()
		ends[a].Tries += x.Effort.Tries
		ends[a].Made += x.Effort.Made
	}
	x.Action = len(actions)
}

// decodeRoot makes the work copy of the zero state. A type that is not flat takes the
// way through the codec, because Restore needs a state that Keep has noted.
func (e *expander[S]) decodeRoot() {
	if e.flat {
		e.Restore()
		return
	}
	var zero S
	e.Decode(e.workSpace.Append(nil, &zero))
	e.Restore()
}

// expandAny does the same with states of any type.
func (e *expander[S]) expandAny(actions []func(*S, *model.Choice) bool) {
	x := e.Expansion
	o := &x.Odometer
	choice := o.Choice()
	for ; x.Action < len(actions) && !x.Cancelled.Load(); x.Action++ { // actions may be slow
		do := actions[x.Action]
		told := x.Labeller != nil && !x.Root && x.Labeller.IsTold(x.Action)
		if told {
			o.Remember()
		}
		for {
			x.Effort.Tries++
			if do(e.work(), choice) && !o.Void() {
				if told {
					x.Pending.Labels[x.Pending.Count%PendingMax] = x.Labeller.Label(x.Action, o.Arguments())
				}
				e.successor()
				e.Restore()
			}
			if x.Effort.Tries%64 == 0 && (x.Halt || x.Cancelled.Load()) {
				e.Restore()
				x.advance()
				return
			}
			if o.Turn() {
				continue
			}
			if o.Void() {
				e.Restore()
			}
			if !o.Carry() {
				break
			}
		}
		o.Reset()
		x.Ends[x.Action].Add(x.Effort)
	}
}

// successor hands on the state that an action made of the work copy. The step is judged
// first, while the work copy is as the action left it. The step to an initial state has
// no state before it, so properties of steps say nothing about it.
func (e *expander[S]) successor() {
	x := e.Expansion
	origin := NewOrigin(x.Index, x.Action, x.Ordinal())
	x.Effort.Made++
	if len(e.steps) > 0 && !x.Root {
		e.judgeStep()
	}
	p := &x.Pending
	if !e.flat {
		to := &p.Encoded[p.Count%PendingMax]
		*to = e.workSpace.Append((*to)[:0], e.work())
		e.shownIs = -1
	}
	if p.Push(origin); p.Count == e.room {
		x.Sink.Process()
	}
}

// Decode keeps the encoding of a parent that is not flat and decodes only the work
// copy, for most parents are never asked for; data must stay as it is until the next
// parent. The flag fresh saves the Restore that comes next.
func (e *expander[S]) Decode(data []byte) (rest []byte) {
	if e.flat {
		return data[copy(e.parentView, data):]
	}
	rest = mustDecode(e.workSpace.Keep(e.work(), data))
	e.encoded, e.undecoded, e.fresh = data[:len(data)-len(rest)], true, true
	return rest
}

// Restore trusts that the work copy is fresh only once: the caller runs an action on
// it next, and no action says that it has run.
func (e *expander[S]) Restore() {
	if e.flat {
		*e.work() = e.parent
		return
	}
	if e.fresh {
		e.fresh = false // until an action runs
		return
	}
	if e.system.Constraint != nil {
		e.workSpace.Distrust() // the constraint is asked about the work copy, after that was encoded
	}
	e.workSpace.Restore(e.work())
}

// Ask gives each property a function of the typed state: the model's own if there is
// one, otherwise a closure around the erased one.
func (e *expander[S]) Ask(states []Predicate, steps []StepPredicate) {
	e.predicates, e.steps = make([]predicate[S], len(states)), make([]stepPredicate[S], len(steps))
	for i := range steps {
		e.steps[i] = e.stepPredicate(&steps[i])
	}
	for i := range states {
		p := &states[i]
		property := &e.system.Properties[p.Property]
		of, typed := property.typed.(func(*S) bool)
		if other := p.Of; other != nil {
			of = func(s *S) bool { return other(s) }
		} else if !typed {
			of = func(s *S) bool { return property.State(s) }
		}
		e.predicates[i] = predicate[S]{p.Property, of, p.Wanted}
	}
}

// stepPredicate splits an implication into its sides if their successes are counted. An
// implication that is not counted is judged as a whole.
func (e *expander[S]) stepPredicate(p *StepPredicate) stepPredicate[S] {
	property := &e.system.Properties[p.Property]
	if i := property.ImplicationStep; i != nil && p.Applied != nil {
		return stepPredicate[S]{p.Property, stepOf[S](i.typedWhen, i.When), stepOf[S](i.typedThen, i.Then), p.Applied}
	}
	return stepPredicate[S]{property: p.Property, holds: stepOf[S](property.typedStep, property.Step)}
}

// stepOf is a function of steps, with its type.
func stepOf[S any](typed any, holds func(before, after State) bool) func(before, after *S) bool {
	if of, ok := typed.(func(before, after *S) bool); ok {
		return of
	}
	return func(before, after *S) bool { return holds(before, after) }
}

// judgeStep judges the step just taken, from the parent to the work copy. Doing tells
// the part of the model's code that panics or hangs; it goes back to DoAction only when
// no property panics, so that the recovering worker can name the property.
func (e *expander[S]) judgeStep() {
	before, after := e.Parent().(*S), e.work()
	for i := range e.steps {
		p := &e.steps[i]
		e.Doing = p.property
		if p.when != nil {
			if !p.when(before, after) {
				continue
			}
			*p.applied++
		}
		if !p.holds(before, after) {
			e.Sink.FindStep(p.property)
		}
	}
	e.Doing = DoAction
}

// Judge has a state and a space of its own, so that states can be judged while a parent
// is expanded.
func (e *expander[S]) Judge(state []byte) {
	if e.flat {
		copy(e.judgedView, state)
	} else {
		mustDecode(e.judgedSpace.Decode(&e.judged, state))
	}
	e.judge(&e.judged)
}

func (e *expander[S]) JudgePending(i int) { e.judge(e.pending(i)) }

func (e *expander[S]) PendingState(i int) State { return e.pending(i) }

// pending decodes a successor on demand, unless the memory of that is still there: only those
// that the cache does not drop are ever asked for, and only if there is a constraint.
func (e *expander[S]) pending(i int) *S {
	if e.flat || e.room == 1 && !e.hasIgnored {
		return e.states[i%PendingMax]
	}
	if e.shownIs != i {
		mustDecode(e.shownSpace.Decode(&e.shown, e.Pending.Encoded[i]))
		e.shownIs = i
	}
	return &e.shown
}

func (e *expander[S]) judge(s *S) {
	e.On = s
	for i := range e.predicates {
		p := &e.predicates[i]
		e.Doing = p.property
		if p.of(s) != p.wanted {
			e.Sink.Find(p.property)
		}
	}
	e.Doing = DoAction
}
