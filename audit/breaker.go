package audit

import (
	"bytes"
	"slices"

	"github.com/muster-mc/muster/internal/codec"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
)

// breaker does what mutants do. It is for one goroutine.
type breaker struct {
	model  *system.System
	codec  system.Codec
	space  system.Space // encodes
	fields []*codec.Field
	bytes  []byte
}

// way is one way to take an action, and the state after it.
type way struct {
	after   system.State
	answers []int
}

// mutated is the model with the mutant's action in the place of its own. All that
// the action can do is worked out before it asks: whose step, and which of them.
func (a *trial) mutated(m Mutant) *system.System {
	b := newBreaker(a.model)
	var from []byte // the state that the successors are of: the engine asks for them one by one
	var next *collection
	broken := *a.model
	broken.Actions = slices.Clone(a.model.Actions)
	action := &broken.Actions[m.action]
	*action = action.Doing(func(s system.State, c *model.Choice) bool {
		b.bytes = b.space.Append(b.bytes[:0], s)
		if next == nil || !bytes.Equal(from, b.bytes) {
			from, next = slices.Clone(b.bytes), nil
			next = b.successors(m, s)
		}
		after := next.pick(c)
		if after == nil {
			return false
		}
		b.codec.New().Copy(s, after)
		return true
	})
	if action.Fair.IsEach() {
		action.FairBy = []string{stepsOf}
	}
	return &broken
}

// copy is a copy of a state that shares nothing.
func (b *breaker) copy(s system.State) system.State {
	c := b.codec.Make()
	b.codec.New().Copy(c, s)
	return c
}

// each calls yield for every way to take an action from a state.
func (b *breaker) each(action int, s system.State, yield func(way)) {
	do := b.model.Actions[action].Do
	var o model.Odometer
	o.Reset()
	for more := true; more; more = o.Next() {
		after := b.copy(s)
		if !attempt(do, after, &o) {
			continue
		}
		yield(way{after, o.Answers(nil)})
	}
}

// numbers are the numbers that an action asked for, by the names it asked under;
// of a name that it used twice, the first.
func (b *breaker) numbers(action int, s system.State, answers []int) map[string]int {
	var o model.Odometer
	o.Record(answers)
	attempt(b.model.Actions[action].Do, b.copy(s), &o)
	list := map[string]int{}
	for i, x := range o.Arguments() {
		n, isNumber := x.Value.(int)
		if _, known := list[x.Name]; isNumber && !known && n == answers[i] { // and not picked from numbers
			list[x.Name] = n
		}
	}
	return list
}

// attempt runs an action once. What it does after a choice from nothing, even a
// panic, does not matter; any other panic is the model's.
func attempt(do func(system.State, *model.Choice) bool, s system.State, o *model.Odometer) (enabled bool) {
	defer func() {
		if o.Void() {
			_ = recover()
			enabled = false
		}
	}()
	return do(s, o.Choice())
}

// again takes an action once more with the same answers, if it can be.
func (b *breaker) again(action int, s system.State, answers []int) (system.State, bool) {
	var o model.Odometer
	o.Record(answers)
	after := b.copy(s)
	enabled := attempt(b.model.Actions[action].Do, after, &o)
	return after, enabled && slices.Equal(o.Answers(nil), answers)
}

// changed are the fields in which two states differ.
func (b *breaker) changed(s, t system.State) []int {
	var list []int
	for i, f := range b.fields {
		if !f.Equal(s, t) {
			list = append(list, i)
		}
	}
	return list
}
