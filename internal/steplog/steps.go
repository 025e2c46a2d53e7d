package steplog

import (
	"slices"
	"sort"
)

// Steps are all steps from some states that follow each other, in the order in which
// the search took them.
type Steps struct {
	First   uint64        // the number of the first state
	Made    []uint64      // by state: the steps before its own
	Targets []Destination // meaningless for a step that leaves the constraint
	Hows    []How
	Labels  []uint32 // of the steps, if they are labelled; meaningless for those that need none

	Candidates []uint32 // the numbers of candidates
}

// How is the way in which a step is taken: the action, and whether the step leaves
// the model's constraint. Sixteen bits are enough, because an origin has 14 bits for
// the action.
type How uint16

// NewHow returns the way of a step of this action.
func NewHow(action int, leaves bool) How {
	h := How(action) << 1
	if leaves {
		h |= 1
	}
	return h
}

// idle marks a step that changes nothing.
const idle How = 1 << 15

// Idle returns the way of a step that changes nothing. Only a search of orbits notes it:
// there a step to the state that it comes from may change the state, into another one of
// its orbit.
func (h How) Idle() How { return h | idle }

// IsIdle reports whether the step changes nothing.
func (h How) IsIdle() bool { return h&idle != 0 }

// Action is the place of the action among those that are tried.
func (h How) Action() int { return int(h &^ idle >> 1) }

// Leaves reports whether the step leaves the constraint.
func (h How) Leaves() bool { return h&1 != 0 }

// Room returns memory for n more steps from the last state, labels included if the
// steps are labelled. Keep makes steps of it. A worker writes many steps at once, and
// asks for room once for all of them.
func (s *Steps) Room(n int, labelled bool) (targets []Destination, hows []How, labels []uint32) {
	s.Targets, s.Hows = roomy(s.Targets, n), roomy(s.Hows, n)
	if labelled {
		s.Labels = roomy(s.Labels, n)
		labels = s.Labels[len(s.Labels):][:n]
	}
	return s.Targets[len(s.Targets):][:n], s.Hows[len(s.Hows):][:n], labels
}

// Keep makes steps of the first n for which the last call of Room has made room.
func (s *Steps) Keep(n int, labelled bool) {
	s.Targets, s.Hows = s.Targets[:len(s.Targets)+n], s.Hows[:len(s.Hows)+n]
	if labelled {
		s.Labels = s.Labels[:len(s.Labels)+n]
	}
}

// roomy returns a list with a capacity for n more elements. The capacity doubles at
// least: append makes a long list only a quarter longer, and copies the elements of a
// list that grows to a million about four times.
func roomy[E any](list []E, n int) []E {
	if n <= cap(list)-len(list) {
		return list
	}
	return slices.Grow(list, max(n, cap(list)))
}

// Reset empties the steps for new use.
func (s *Steps) Reset() {
	s.Made, s.Targets, s.Hows, s.Labels = s.Made[:0], s.Targets[:0], s.Hows[:0], s.Labels[:0]
}

// End is the number of the first state after those of the steps.
func (s *Steps) End() uint64 { return s.First + uint64(len(s.Made)) }

// Held is the memory of the steps, in bytes, without Made.
func (s *Steps) Held() uint64 { return uint64(4*cap(s.Targets) + 2*cap(s.Hows) + 4*cap(s.Labels)) }

// Of returns the range of a state's steps in Targets and Hows. Only the beginnings are
// stored: the last state's steps end with the lists.
func (s *Steps) Of(state uint64) (from, end int) {
	i := int(state - s.First)
	if from, end = int(s.Made[i]), len(s.Targets); i+1 < len(s.Made) {
		end = int(s.Made[i+1])
	}
	return from, end
}

// Number is the number of the state at a destination.
func (s *Steps) Number(to Destination) uint32 {
	if to.isCandidate() {
		return s.Candidates[to&^ofCandidate]
	}
	return uint32(to)
}

// AddFrom adds the steps that others have of their states from a number on. Those
// states follow the ones of s. Candidates become numbers here, because the places among
// the candidates of another round or worker mean nothing in s.
func (s *Steps) AddFrom(o *Steps, state uint64) {
	state = max(state, o.First)
	if state >= o.End() {
		return
	}
	if len(s.Made) == 0 {
		s.First = state
	}
	from, _ := o.Of(state)
	s.Made = roomy(s.Made, len(o.Made[state-o.First:]))
	for _, made := range o.Made[state-o.First:] {
		s.Made = append(s.Made, made-uint64(from)+uint64(len(s.Targets)))
	}
	n, labelled := len(o.Targets)-from, len(o.Labels) > 0
	targets, hows, labels := s.Room(n, labelled)
	for i, to := range o.Targets[from:] {
		targets[i] = Destination(o.Number(to))
	}
	copy(hows, o.Hows[from:])
	if labelled {
		copy(labels, o.Labels[from:])
	}
	s.Keep(n, labelled)
}

// Find returns the entry of a list, which is in order, that has a state's steps; nil
// if none has. The list may have gaps, so the entry that ends after the state may also
// begin after it.
func Find(list []Steps, state uint64) *Steps {
	i := sort.Search(len(list), func(i int) bool { return list[i].End() > state })
	if i == len(list) || list[i].First > state {
		return nil
	}
	return &list[i]
}
