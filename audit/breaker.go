package audit

import (
	"bytes"
	"slices"

	"github.com/muster-mc/muster/internal/codec"
	"github.com/muster-mc/muster/model"
)

// breaker does what mutants do. It is for one goroutine.
type breaker[S any] struct {
	model  *model.Model[S]
	codec  *codec.Codec[S]
	space  *codec.Space[S] // encodes
	fields []*codec.Field[S]
	bytes  []byte
}

// way is one way to take an action, and the state after it.
type way[S any] struct {
	after   *S
	answers []int
}

// mutated is the model with the mutant's action in the place of its own. All that
// the action can do is worked out before it asks: whose step, and which of them.
func (a *trial[S]) mutated(m Mutant) *model.Model[S] {
	b := newBreaker(a.model, a.codec)
	var from []byte // the state that the successors are of: the engine asks for them one by one
	var next *collection[S]
	broken := *a.model
	broken.Actions = slices.Clone(a.model.Actions)
	action := &broken.Actions[m.action]
	action.Do = func(s *S, c *model.Choice) bool {
		b.bytes = b.space.Append(b.bytes[:0], s)
		if next == nil || !bytes.Equal(from, b.bytes) {
			from, next = slices.Clone(b.bytes), nil
			next = b.successors(m, s)
		}
		after := next.pick(c)
		if after == nil {
			return false
		}
		*s = *b.copy(after)
		return true
	}
	if action.Fair.IsEach() {
		action.FairBy = []string{stepsOf}
	}
	return &broken
}

// copy is a copy of a state that shares nothing.
func (b *breaker[S]) copy(s *S) *S {
	c := new(S)
	b.codec.New().Copy(c, s)
	return c
}

// each calls yield for every way to take an action from a state.
func (b *breaker[S]) each(action int, s *S, yield func(way[S])) {
	do := b.model.Actions[action].Do
	var o model.Odometer
	o.Reset()
	for more := true; more; more = o.Next() {
		after := b.copy(s)
		if !attempt(do, after, &o) {
			continue
		}
		yield(way[S]{after, o.Answers(nil)})
	}
}

// numbers are the numbers that an action asked for, by the names it asked under;
// of a name that it used twice, the first.
func (b *breaker[S]) numbers(action int, s *S, answers []int) map[string]int {
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
func attempt[S any](do func(*S, *model.Choice) bool, s *S, o *model.Odometer) (enabled bool) {
	defer func() {
		if o.Void() {
			_ = recover()
			enabled = false
		}
	}()
	return do(s, o.Choice())
}

// again takes an action once more with the same answers, if it can be.
func (b *breaker[S]) again(action int, s *S, answers []int) (*S, bool) {
	var o model.Odometer
	o.Record(answers)
	after := b.copy(s)
	enabled := attempt(b.model.Actions[action].Do, after, &o)
	return after, enabled && slices.Equal(o.Answers(nil), answers)
}

// changed are the fields in which two states differ.
func (b *breaker[S]) changed(s, t *S) []int {
	var list []int
	for i, f := range b.fields {
		if !f.Equal(s, t) {
			list = append(list, i)
		}
	}
	return list
}
