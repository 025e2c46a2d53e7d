package model

import (
	"cmp"
	"fmt"
	"math/bits"
)

// Choice answers the questions that an action asks about what happens next:
// which node, whether a message is lost, how much a clock jumps. An action
// that asks is run again for every combination of answers, so each answer is
// explored. The answers, under the names they were asked by, are the action's
// arguments in a trace.
//
// Questions must depend only on the state and on earlier answers.
type Choice struct {
	at     int     // the question this call asked last, -1 at first
	wheels []wheel // the questions that have an answer, in the order they are asked
	void   bool    // a question had no answer: this call counts as disabled
	notes  *notes
	guards *Guards // nil where nobody wants to know

	reasons *Guards // the same, where a refusal is explained
}

// wheel is a question and its answer.
type wheel struct {
	answer, limit int
	rest          uint64 // of Member: the members from the answer on
	member        int    // the first of them
	all           uint64 // of MemberUnless: the members, those that are not tried too
}

// number is the answer as a number that is the same wherever the question is asked: of all members,
// and not of those that are tried.
func (w *wheel) number() int {
	if w.all == 0 {
		return w.answer
	}
	return bits.OnesCount64(w.all & (1<<(w.member&63) - 1))
}

// Int answers 0 to n-1. When n is zero there is nothing to choose: the action is
// disabled, and whatever it still does is discarded. Int panics if n is less than
// zero, which is a mistake, and would hide that the action is never enabled.
func (c *Choice) Int(name string, n int) int {
	c.at++
	if c.at == len(c.wheels) { // this is just small enough to be inlined
		c.ask(name, n)
	}
	return c.wheels[c.at].answer
}

// Bool answers false, then true.
func (c *Choice) Bool(name string) bool {
	yes := c.Int(name, 2) == 1
	if c.notes != nil {
		a := &c.notes.arguments[c.at]
		if is, known := a.Value.(bool); !known || is != yes { // see become
			a.Value = yes
		}
	}
	return yes
}

// Pick answers each element of from, in order. Picking from nothing disables
// the action, as Int does, and returns the zero value meanwhile.
func Pick[E any](c *Choice, name string, from []E) E {
	i := c.Int(name, len(from))
	if i >= len(from) {
		var none E
		return none
	}
	if c.notes != nil {
		note(c, from[i], from)
	}
	return from[i]
}

// Member answers each member of [Bits], or of another set of small numbers that is
// kept as bits, from the least on: bit 0 stands for the number 0. Choosing from the
// empty set disables the action, as Int does, and returns 0 meanwhile.
//
//	rm := model.Member(c, "rm", s.Prepared)
func Member[Set ~uint8 | ~uint16 | ~uint32 | ~uint64](c *Choice, name string, set Set) int {
	c.at++
	if c.at == len(c.wheels) {
		c.askMember(name, uint64(set))
	}
	return c.wheels[c.at].member
}

// MemberFunc is [Member] of a set that takes a while to find. The function is asked for the set once for all
// of its members, and not in each attempt, so it must depend on the state and on earlier answers alone.
func MemberFunc[Set ~uint8 | ~uint16 | ~uint32 | ~uint64](c *Choice, name string, set func() Set) int {
	c.at++
	if c.at == len(c.wheels) {
		c.askMember(name, uint64(set()))
	}
	return c.wheels[c.at].member
}

// MemberUnless is [MemberFunc] of a set with members for which the action would return false. A search
// does not try the action with a member that refuses is true for, so that it takes the same steps in fewer
// attempts. Where refusals are explained, and where a step is taken again by its answers, every member is
// an answer. Refuses depends on the state and on earlier answers alone, and leaves the state as it was. If
// refuses panics, the action is tried. That the action returns false for all members that are left out, and
// then leaves the state as it was, is checked on a sample of the states.
//
//	i := model.MemberUnless(c, "message", inFlight, func(i int) bool { return !s.takes(i) })
func MemberUnless[Set ~uint8 | ~uint16 | ~uint32 | ~uint64](c *Choice, name string, set func() Set, refuses func(member int) bool) int {
	c.at++
	if c.at == len(c.wheels) {
		c.askMember(name, uint64(set()))
		if refuses != nil && c.notes == nil && c.reasons == nil && !c.void {
			c.wheels[c.at].leaveOut(refuses)
			c.void = c.wheels[c.at].limit == 0
		}
	}
	return c.wheels[c.at].member
}

// leaveOut leaves out the members that the action would refuse, up to one that ends in a panic: that panic
// belongs to the attempt with the member. While a member is asked about, the wheel stands at it, so that
// the label of a call that does not return names the member. If all are left out, the attempt that is void
// is made with one of them: the action refuses that one, where it might panic at a number that is no member.
func (w *wheel) leaveOut(refuses func(member int) bool) {
	w.all = w.rest
	some := w.all
	defer func() {
		_ = recover()
		w.answer, w.limit, w.rest = 0, bits.OnesCount64(some), some
		w.member = bits.TrailingZeros64(cmp.Or(some, w.all)) & 63
	}()
	for left := w.all; left != 0; left &= left - 1 {
		if w.member = bits.TrailingZeros64(left); refuses(w.member) {
			some &^= left & -left
		}
	}
}

// askMember does as ask does.
func (c *Choice) askMember(name string, set uint64) {
	if c.notes == nil && set != 0 && !c.void { // nearly always
		c.wheels = append(c.wheels, wheel{
			limit: bits.OnesCount64(set), rest: set, member: bits.TrailingZeros64(set),
		})
		c.endTheEndless()
		return
	}
	c.ask(name, bits.OnesCount64(set))
	w := &c.wheels[c.at]
	for range w.answer {
		set &= set - 1
	}
	w.rest, w.member = set, bits.TrailingZeros64(set)&63
	if c.notes != nil && !c.notes.all { // otherwise the wheel tells Arguments
		c.notes.arguments[c.at].Value = w.member
	}
}

// ask meets a question for which no answer is fixed yet: the first one is
// tried.
func (c *Choice) ask(name string, n int) {
	if n < 0 && !c.void {
		panic(fmt.Sprintf("model: Int(%q, %d) chooses among fewer than none", name, n))
	}
	first := 0
	if c.notes != nil {
		first = c.notes.take(name, n, c.at)
	}
	if c.void = c.void || n <= 0; c.void {
		n = 0 // what is asked after a choice from nothing is never tried again
	}
	c.wheels = append(c.wheels, wheel{answer: first, limit: n})
	c.endTheEndless()
}

// questionsMax is the most questions that one call of an action may ask. No search comes to
// the end of so many, and an action that asks in a loop without an end would take all memory.
const questionsMax = 4096

func (c *Choice) endTheEndless() {
	if len(c.wheels) > questionsMax {
		panic(fmt.Sprintf("model: more than %d questions in one call of an action: does it ask in a loop without an end?", questionsMax))
	}
}
