package steplog

import (
	"slices"
	"testing"
)

// A cache remembers a candidate by its place until the round is over, and by its number
// from then on.
func TestCandidatesBecomeNumbers(t *testing.T) {
	var p Pad
	p.Fit(4)
	p.Remember(0, 7)
	first, displaced, uncached := p.Candidate(1), p.Candidate(2), p.Candidate(-1)
	p.Remember(2, 9) // in place of the second candidate
	p.numbers = append(p.numbers, 40, 50, 60)
	s := Steps{Candidates: p.Numbers()}
	for i, d := range []Destination{first, displaced, uncached, 7} {
		if got, want := s.Number(d), []uint32{40, 50, 60, 7}[i]; got != want {
			t.Errorf("destination %d has number %d, want %d", i, got, want)
		}
	}
	p.Resolve()
	p.BeginRound()
	for slot, want := range []Destination{7, 40, 9} {
		if got := p.At(slot); got != want {
			t.Errorf("slot %d leads to %d, want %d", slot, got, want)
		}
	}
	if again := p.Candidate(3); again != first {
		t.Errorf("the first candidate of the next round is %d, want %d", again, first)
	}
	p.Fit(8)
	if p.At(1) != 0 {
		t.Error("a new cache has states already")
	}
}

// stepsOf returns steps of states that lead to these numbers, by state.
func stepsOf(first uint64, targets ...[]Destination) Steps {
	s := Steps{First: first}
	for i, list := range targets {
		s.Made = append(s.Made, uint64(len(s.Targets)))
		targets, hows, _ := s.Room(len(list), false)
		for k, to := range list {
			targets[k], hows[k] = to, NewHow(i, to == 3)
		}
		s.Keep(len(list), false)
	}
	return s
}

func TestAddFromResolvesAndJoins(t *testing.T) {
	a := stepsOf(10, []Destination{1, 2}, nil, []Destination{3})
	b := stepsOf(13, []Destination{ofCandidate | 1}, []Destination{5, ofCandidate})
	b.Candidates = []uint32{70, 71}
	var s Steps
	s.AddFrom(&a, 11)
	s.AddFrom(&b, 11)
	s.AddFrom(&a, 13) // past its end: nothing
	if s.First != 11 || s.End() != 15 {
		t.Fatalf("states %d to %d, want 11 to 15", s.First, s.End())
	}
	for i, want := range [][]Destination{nil, {3}, {71}, {5, 70}} {
		from, end := s.Of(11 + uint64(i))
		if got := s.Targets[from:end]; !slices.Equal(got, want) {
			t.Errorf("state %d leads to %d, want %d", 11+i, got, want)
		}
	}
	if h := s.Hows[0]; h.Action() != 2 || !h.Leaves() {
		t.Errorf("the first step is of action %d and leaves: %t", h.Action(), h.Leaves())
	}
}

func TestFind(t *testing.T) {
	list := []Steps{stepsOf(10, nil, nil), stepsOf(15, nil)}
	for state, want := range map[uint64]*Steps{9: nil, 10: &list[0], 11: &list[0], 12: nil, 14: nil, 15: &list[1], 16: nil} {
		if got := Find(list, state); got != want {
			t.Errorf("state %d is in %v, want %v", state, got, want)
		}
	}
}
