package model

import (
	"math/bits"
	"slices"
)

// Odometer turns the wheels behind a Choice. It is for search engines; a model
// never needs one. To run an action for every combination of answers:
//
//	o.Reset()
//	for more := true; more; more = o.Next() {
//		enabled := action.Do(&state, o.Choice()) && !o.Void()
//		...
//	}
//
// The combinations come in lexicographic order: the last question turns
// fastest. An Odometer must be Reset before each use, and not be copied while in use.
type Odometer struct {
	choice Choice
	notes  notes      // of Remember
	said   []Argument // by Arguments, after Remember
}

// An Argument is one answered question: its name, and what was answered (an
// int, a bool, or the element picked).
type Argument struct {
	Name  string
	Value any

	// Among is the slice that Value was picked from; nil for an int or a bool, and
	// after Remember.
	Among any
}

// notes is what a recording call remembers: the answers it was told to give,
// and what was asked.
type notes struct {
	script    []int
	draw      func(n int) int // answers the questions instead, if not nil
	arguments []Argument
	all       bool // all combinations are gone through: there is no script
}

// asInt is the value, while all combinations are gone through, of an answer that is a
// number, which the wheel has.
type asInt struct{}

// Choice returns what to pass to an action.
func (o *Odometer) Choice() *Choice { return &o.choice }

// Reset goes to the first combination of a new action or state.
func (o *Odometer) Reset() {
	c := &o.choice
	c.at, c.wheels, c.void = -1, c.wheels[:0], false
	if c.notes != nil {
		c.notes = nil
	}
}

// Next goes to the next combination of answers, and reports whether there is
// one. If there is none, the odometer is ready for another action or state, as
// after Reset.
func (o *Odometer) Next() bool {
	if o.Turn() || o.Carry() {
		return true
	}
	o.Reset()
	return false
}

// Turn is the cheap and frequent part of Next: it goes to the next answer of the
// last question, if there is one. If it reports that there is none, Carry must
// follow, before which Void may be asked. After a choice from nothing there is none.
func (o *Odometer) Turn() bool { return o.choice.turn() }

func (c *Choice) turn() bool {
	c.at = -1
	if last := len(c.wheels) - 1; last >= 0 {
		if w := &c.wheels[last]; w.answer+1 < w.limit {
			w.answer++
			if w.rest != 0 { // of Member
				w.rest &= w.rest - 1
				w.member = bits.TrailingZeros64(w.rest)
			}
			return true
		}
	}
	return false
}

// Carry is the rest of Next, for when the last question has come full circle: the
// one before it goes to its next answer, if it has one, and so on. If it reports
// that none of them has one, Reset must follow.
func (o *Odometer) Carry() bool { return len(o.choice.wheels) > 1 && o.choice.carry() }

func (c *Choice) carry() bool {
	c.void = false
	for len(c.wheels) > 1 {
		c.wheels = c.wheels[:len(c.wheels)-1]
		if c.turn() {
			return true
		}
	}
	return false
}

// Skip leaves out the combinations that are still to come with the last call's answers up
// to a question, which is counted from zero: Next goes on to the next answer of that
// question. It is for an engine that knows after a call that this answer is of no use.
func (o *Odometer) Skip(question int) {
	c := &o.choice
	if question+1 < len(c.wheels) { // otherwise Next does just that
		c.wheels, c.void = c.wheels[:question+1], false
	}
}

// LeavesOut reports whether the last call left out an answer of [MemberUnless].
func (o *Odometer) LeavesOut() bool {
	return slices.ContainsFunc(o.choice.wheels, func(w wheel) bool { return w.all != 0 && bits.OnesCount64(w.all) > w.limit })
}

// Void reports whether the last call was asked to choose from nothing. Such a
// call counts as disabled whatever it returned, and it may have changed the
// state.
func (o *Odometer) Void() bool { return o.choice.void }

// VoidAt is the question for which the last call had nothing to choose from, counted from
// zero, or -1.
func (o *Odometer) VoidAt() int {
	if !o.choice.void {
		return -1
	}
	return slices.IndexFunc(o.choice.wheels, func(w wheel) bool { return w.limit == 0 })
}

// Empty is the name of the first question of the last call that had no answer, where the
// call is Void and its arguments were remembered.
func (o *Odometer) Empty() string {
	notes := o.choice.notes
	if i := o.VoidAt(); i >= 0 && notes != nil && i < len(notes.arguments) {
		return notes.arguments[i].Name
	}
	return ""
}

// Answers appends the answers of the last call to to.
func (o *Odometer) Answers(to []int) []int {
	for i := range o.choice.wheels {
		to = append(to, o.choice.wheels[i].number())
	}
	return to
}

// Same reports whether the last calls with two odometers asked questions with
// equally many answers, and were answered the same.
func (o *Odometer) Same(p *Odometer) bool {
	return slices.Equal(o.choice.wheels, p.choice.wheels)
}

// Record prepares one call with these answers, whose arguments are remembered.
// Questions beyond the script are given their first answer.
func (o *Odometer) Record(script []int) {
	o.Reset()
	o.choice.notes = &notes{script: slices.Clone(script)}
}

// Draw prepares one call whose questions with n answers, n being at least 1, draw
// answers: from 0 to n-1. Answers and Arguments then tell what it answered.
func (o *Odometer) Draw(draw func(n int) int) {
	o.Reset()
	o.choice.notes = &notes{draw: draw}
}

// Remember has the arguments of all calls remembered until the next Reset, or until
// Next reports that there is no further combination.
func (o *Odometer) Remember() {
	if o.choice.notes == nil {
		o.notes.all = true // with the arguments of earlier calls, which the next ones often have again
		o.choice.notes = &o.notes
	}
}

// Arguments returns what the last call asked and was answered, after Record, Draw or
// Remember.
// It is valid until the next call.
func (o *Odometer) Arguments() []Argument {
	c := &o.choice
	if c.notes == nil {
		return nil
	}
	if c.notes != &o.notes {
		return c.notes.arguments
	}
	for i := range c.notes.arguments[:c.at+1] {
		if i == len(o.said) {
			o.said = append(o.said, Argument{})
		}
		o.said[i].become(&c.notes.arguments[i], &c.wheels[i])
	}
	return o.said[:c.at+1]
}

// become makes an argument of one that was noted, whose number the wheel may have.
// Consecutive calls mostly ask the same, so it compares before it writes: to write
// pointers has a price while garbage is collected, and to box a number always has one.
func (a *Argument) become(noted *Argument, w *wheel) {
	if a.Name != noted.Name {
		a.Name = noted.Name
	}
	if _, isNumber := noted.Value.(asInt); !isNumber {
		a.Value = noted.Value
		return
	}
	n := w.answer
	if w.rest != 0 {
		n = w.member
	}
	if is, isInt := a.Value.(int); !isInt || is != n {
		a.Value = n
	}
}

// take notes a question that comes after before others, and answers it from the
// script.
func (n *notes) take(name string, limit, before int) int {
	if n.all {
		// A question is asked anew for every combination of the answers before it, and
		// mostly is the same one, so nothing is written unless it is another. Later
		// arguments stay behind it; Arguments knows how many the last call has.
		if before == len(n.arguments) {
			n.arguments = append(n.arguments, Argument{})
		}
		a := &n.arguments[before]
		if a.Name != name {
			a.Name = name
		}
		if _, isNumber := a.Value.(asInt); !isNumber {
			a.Value = asInt{}
		}
		return 0
	}
	answer := 0
	if n.draw != nil && limit > 0 {
		answer = n.draw(limit)
	} else if i := len(n.arguments); i < len(n.script) && n.script[i] < limit {
		answer = n.script[i]
	}
	n.arguments = append(n.arguments, Argument{Name: name, Value: answer})
	return answer
}
