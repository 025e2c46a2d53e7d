package lin

import "math/bits"

// search looks for an order of the calls of a history. It is the search of J. M. Wing and
// C. Gong (Testing and Verifying Concurrent Objects, 1993) that remembers where it has been,
// as G. Lowe proposes.
type search[C Client, S Object[S, A, R], A, R comparable] struct {
	calls []record[C, A, R]
	after [callsMost]uint64 // the calls that have to come before each call
	done  uint64            // the calls that have an answer
	reads uint64            // the calls that change no object

	// Where the search has turned back: the first places in an array, so that a short history
	// allocates nothing, and all places in a map where there are more.
	few  [fewPlaces]place[S]
	n    int
	been map[place[S]]bool
}

// fewPlaces is how many places are looked through one by one.
const fewPlaces = 16

// place is the calls that have taken effect, and the state of the object.
type place[S comparable] struct {
	taken  uint64
	object S
}

// ordered reports whether the calls of a history can be ordered.
func ordered[C Client, S Object[S, A, R], A, R comparable](h *History[C, S, A, R], realTime bool) bool {
	return answeredInOrder[C, S](h.calls) || searched(h, realTime)
}

// answeredInOrder reports whether the answers are explained if the calls have taken effect in the order of
// their answers, and those without an answer never. That order keeps real time. It mostly explains all
// answers, and then nothing has to be searched.
func answeredInOrder[C Client, S Object[S, A, R], A, R comparable](calls []record[C, A, R]) bool {
	var object S
	left := 0
	for i := range calls {
		if calls[i].to != 0 {
			left++
		}
	}
	for at := uint8(1); left > 0; at++ {
		for i := range calls {
			c := &calls[i]
			if c.to != at {
				continue
			}
			after, answer, ok := object.Apply(c.arguments)
			if !ok || answer != c.answer {
				return false
			}
			object = after
			left--
		}
	}
	return true
}

// searched is ordered by a search alone.
func searched[C Client, S Object[S, A, R], A, R comparable](h *History[C, S, A, R], realTime bool) bool {
	var s search[C, S, A, R]
	s.calls = h.calls
	var object S
	reads := readsOf[S, A]()
	for i := range h.calls {
		c := &h.calls[i]
		if reads != nil && reads.Reads(c.arguments) {
			s.reads |= 1 << i
		}
		if c.to != 0 {
			s.done |= 1 << i
		}
		for j := range h.calls {
			if c.follows(&h.calls[j], realTime) {
				s.after[i] |= 1 << j
			}
		}
	}
	return s.from(0, object)
}

// reader is an object with operations that never change it.
type reader[A any] interface {
	Reads(arguments A) bool
}

// readsOf returns the zero value of an object that is a reader, or nil.
func readsOf[S, A any]() reader[A] {
	var object S
	r, _ := any(object).(reader[A])
	return r
}

// follows reports whether another call has to take effect first.
func (r *record[C, A, R]) follows(other *record[C, A, R], realTime bool) bool {
	return other.to-1 < r.from && (realTime || other.client == r.client) // to 0, of a pending call, is after all
}

// from reports whether the calls that are left can be ordered.
func (s *search[C, S, A, R]) from(taken uint64, object S) bool {
	if s.done&^taken == 0 {
		return true
	}
	// A call that changes nothing and has the right answer here can be the next one in any order that
	// explains the others; without an answer it need not be in the order. So neither is tried.
	for left := s.reads & s.done &^ taken; left != 0; left &= left - 1 {
		if _, ok := s.next(bits.TrailingZeros64(left), taken, object); ok {
			return s.from(taken|left&-left, object)
		}
	}
	at := place[S]{taken, object}
	if s.known(at) {
		return false
	}
	all := uint64(1)<<len(s.calls) - 1
	for _, some := range [...]uint64{s.done, ^s.done} { // those that have to be in the order come first
		for left := some & all &^ (taken | s.reads); left != 0; left &= left - 1 {
			if after, ok := s.next(bits.TrailingZeros64(left), taken, object); ok && s.from(taken|left&-left, after) {
				return true
			}
		}
	}
	s.note(at)
	return false
}

// next returns the object after a call, if that can be the next one.
func (s *search[C, S, A, R]) next(i int, taken uint64, object S) (after S, ok bool) {
	c := &s.calls[i]
	if s.after[i]&^taken != 0 {
		return after, false
	}
	after, answer, ok := object.Apply(c.arguments)
	return after, ok && (c.to == 0 || answer == c.answer)
}

// known reports whether the search has turned back at a place before.
func (s *search[C, S, A, R]) known(at place[S]) bool {
	for i := range s.few[:s.n] {
		if p := &s.few[i]; p.taken == at.taken && p.object == at.object {
			return true
		}
	}
	return s.been[at]
}

// note notes that the search turns back at a place.
func (s *search[C, S, A, R]) note(at place[S]) {
	if s.n < fewPlaces {
		s.few[s.n] = at
		s.n++
		return
	}
	if s.been == nil {
		s.been = map[place[S]]bool{}
	}
	s.been[at] = true
}
