package conform

import (
	"fmt"
	"maps"
	"slices"
)

// swapsMax is the number of places where a claim that records of different files commute is
// verified. Each costs about four records.
const swapsMax = 1000

// verifySwap verifies, where the records of two sources are possible, that both orders lead
// to the same states.
func (s *search) verifySwap(f *frame, from *shade) {
	if s.swaps >= swapsMax {
		return
	}
	at := s.nodes[f.node].at
	one, other := s.record(at, f.first), s.record(at, f.source)
	if len(s.matches(from.state, other)) == 0 {
		return
	}
	s.swaps++
	forth, back := s.both(from.state, one, other), s.both(from.state, other, one)
	if len(forth) > 0 && slices.Equal(forth, back) {
		return
	}
	if s.problem == "" {
		s.problem = fmt.Sprintf("Independent is not true of this log: the records %s %s and %s %s are both possible, and their order matters",
			one.Place(), one.Fields.kind, other.Place(), other.Fields.kind)
	}
}

// both are the states to which two records lead in this order, sorted.
func (s *search) both(state string, first, second *record) []string {
	met := map[string]bool{}
	for _, between := range s.matches(state, first) {
		for _, after := range s.matches(between.state, second) {
			met[after.state] = true
		}
	}
	return slices.Sorted(maps.Keys(met))
}
