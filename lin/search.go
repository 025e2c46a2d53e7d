package lin

import "math/bits"

// search looks for an order of the calls of a history. It is the search of J. M. Wing and
// C. Gong (Testing and Verifying Concurrent Objects, 1993) that remembers where it has been,
// as G. Lowe proposes.
type search[C Client, S Object[S, A, R], A, R comparable] struct {
	calls []record[C, A, R]
	after [callsMost]uint64 // the calls that have to come before each call
	done  uint64            // the calls that have an answer
	been  map[place[S]]bool // where the search has turned back
}

// place is the calls that have taken effect, and the state of the object.
type place[S comparable] struct {
	taken  uint64
	object S
}

func newSearch[C Client, S Object[S, A, R], A, R comparable](h *History[C, S, A, R], realTime bool) *search[C, S, A, R] {
	s := &search[C, S, A, R]{calls: h.calls}
	for i := range h.calls {
		c := &h.calls[i]
		if c.done {
			s.done |= 1 << i
		}
		for j := range h.calls {
			if other := &h.calls[j]; c.follows(other, realTime) {
				s.after[i] |= 1 << j
			}
		}
	}
	return s
}

// follows reports whether another call has to take effect first.
func (r *record[C, A, R]) follows(other *record[C, A, R], realTime bool) bool {
	if other.client == r.client {
		return other.number < r.number
	}
	if !realTime {
		return false
	}
	for _, m := range r.before {
		if m.client == other.client {
			return other.number <= m.done
		}
	}
	return false
}

func (s *search[C, S, A, R]) run() bool {
	var object S
	return s.from(0, object)
}

// from reports whether the calls that are left can be ordered.
func (s *search[C, S, A, R]) from(taken uint64, object S) bool {
	if s.done&^taken == 0 {
		return true
	}
	at := place[S]{taken, object}
	if s.been[at] {
		return false
	}
	for left := ^taken & (1<<len(s.calls) - 1); left != 0; left &= left - 1 {
		i := bits.TrailingZeros64(left)
		c := &s.calls[i]
		if s.after[i]&^taken != 0 {
			continue
		}
		after, answer, ok := object.Apply(c.arguments)
		if ok && (!c.done || answer == c.answer) && s.from(taken|1<<i, after) {
			return true
		}
	}
	if s.been == nil {
		s.been = map[place[S]]bool{}
	}
	s.been[at] = true
	return false
}
