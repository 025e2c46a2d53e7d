package visited

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/muster-mc/muster/internal/fingerprint"
)

// A state is at one place as long as the set exists, whoever else comes, and so is
// its number. A set with numbers tells the same states apart as one without, and
// moves the same ones.
func TestPlacesStay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.SampledFrom([]int{-1, 0, 1, 3, 40}).Draw(t, "size")
		s, hasher := NewExact(size), fingerprint.New(0)
		s.UseNumbers()
		defer s.Free()
		placeOf, numberOf := map[string]Place{}, map[string]uint32{}
		kinds := rapid.IntRange(1, 5000).Draw(t, "kinds")
		for range rapid.IntRange(1, 30).Draw(t, "rounds") {
			states := NewEncodings(size)
			var list []string
			var candidates []Candidate
			for i := range rapid.IntRange(1, 300).Draw(t, "candidates") {
				length := size
				kind := (i*7919 + rapid.IntRange(0, kinds).Draw(t, "kind")) % kinds
				if size < 0 {
					length = kind % 200
				}
				state := []byte(fmt.Sprintf("%-*d", length, kind))[:length]
				states.Add(state)
				list = append(list, string(state))
				candidates = append(candidates, NewCandidate(hasher.Of(state), uint64(i)))
			}
			places := make([]Place, len(list))
			for _, i := range s.Place(candidates, &states, nil, places) {
				if _, known := placeOf[list[i]]; known {
					t.Fatalf("%q is new twice", list[i])
				}
				if got := s.Number(places[i]); got != 0 {
					t.Fatalf("%q is new and has number %d", list[i], got)
				}
				placeOf[list[i]], numberOf[list[i]] = places[i], uint32(len(placeOf))*0x01010101
				s.SetNumber(places[i], numberOf[list[i]])
			}
			for i, state := range list {
				if places[i] != placeOf[state] || s.Number(places[i]) != numberOf[state] {
					t.Fatalf("%q is at %x with number %d, want %x and %d",
						state, places[i], s.Number(places[i]), placeOf[state], numberOf[state])
				}
			}
		}
		if s.Len() != uint64(len(placeOf)) {
			t.Fatalf("%d states, want %d", s.Len(), len(placeOf))
		}
		moved := NewCompact()
		defer moved.Free()
		for part := range Partitions {
			s.MoveTo(moved, part, hasher)
		}
		if moved.Len() != uint64(len(placeOf)) {
			t.Fatalf("%d states were moved, of %d", moved.Len(), len(placeOf))
		}
	})
}

// The room for numbers is in the estimate.
func TestEstimateHasNumbers(t *testing.T) {
	s := NewExact(8)
	defer s.Free()
	if got, want := s.Estimate(100, 800), ExactBytes(100, 800); got != want {
		t.Errorf("without numbers: %d, want %d", got, want)
	}
	s.UseNumbers()
	if got, want := s.Estimate(100, 800), ExactBytes(100, 800)+400; got != want {
		t.Errorf("with numbers: %d, want %d", got, want)
	}
}
