package system

import (
	"bytes"
	"hash/maphash"
	"slices"
)

// outcomes is a set of steps: for each of them what is said of it, a byte for each answer,
// and then the encoded state that it leads to. A panic can be among them.
//
// All bytes are in one list and the steps refer to it by their places, so that a check of
// thousands of states allocates for the first few only.
type outcomes struct {
	answers  int // of each step
	data     []byte
	spans    []span
	once     []span // see each
	sum      uint64 // of the hashes of all steps: it does not depend on their order
	panicked bool
}

// hashing is for the sums of one process, which are not kept.
var hashing = maphash.MakeSeed()

// add adds a step: what is said of it, and where it leads.
func (o *outcomes) add(says, state []byte) {
	start := len(o.data)
	o.data = append(append(o.data, says...), state...)
	o.spans = append(o.spans, span{start, len(o.data)})
	o.sum += maphash.Bytes(hashing, o.data[start:])
}

type span struct{ from, to int }

func (o *outcomes) clear() { o.data, o.spans, o.sum, o.panicked = o.data[:0], o.spans[:0], 0, false }

// equal compares the sets of steps. If an action takes a step as often from the renamed
// state, and most do, the sums say so. They are equal by chance once in 2^64 times.
func (o *outcomes) equal(p *outcomes) bool {
	if o.panicked != p.panicked {
		return false
	}
	return len(o.spans) == len(p.spans) && o.sum == p.sum ||
		o.equalBy(p, func(q *outcomes, s span) []byte { return q.data[s.from:s.to] })
}

// equalStates compares where the steps lead.
func (o *outcomes) equalStates(p *outcomes) bool {
	return o.panicked == p.panicked && o.equalBy(p, func(q *outcomes, s span) []byte { return q.data[s.from+q.answers : s.to] })
}

// equalAnswers compares where the steps lead, with one of the answers.
func (o *outcomes) equalAnswers(p *outcomes, answer int) bool {
	return o.equalBy(p, func(q *outcomes, s span) []byte {
		return append([]byte{q.data[s.from+answer]}, q.data[s.from+q.answers:s.to]...)
	})
}

// equalBy compares the sets of what part makes of the steps.
func (o *outcomes) equalBy(p *outcomes, part func(*outcomes, span) []byte) bool {
	return slices.EqualFunc(o.each(part), p.each(part), func(a, b span) bool { return bytes.Equal(part(o, a), part(p, b)) })
}

// each puts the steps in the order of their parts, and returns one step for each part.
func (o *outcomes) each(part func(*outcomes, span) []byte) []span {
	// The order in which an action makes its steps follows its questions, whose answers a
	// renaming permutes. So two lists of steps are compared as sets.
	slices.SortFunc(o.spans, func(a, b span) int { return bytes.Compare(part(o, a), part(o, b)) })
	o.once = o.once[:0]
	for _, s := range o.spans {
		if n := len(o.once); n == 0 || !bytes.Equal(part(o, s), part(o, o.once[n-1])) {
			o.once = append(o.once, s)
		}
	}
	return o.once
}
