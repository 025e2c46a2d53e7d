package visited

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/muster-mc/muster/internal/fingerprint"
)

// What goes into a set comes out of it, to the last bit that is known, and
// whatever the set has grown to.
func TestPrintsAreWhatWasInserted(t *testing.T) {
	for _, n := range []int{0, 1, 100, 300_000} {
		s, want := NewCompact(), map[fingerprint.Print]bool{}
		r := rand.New(rand.NewPCG(2, uint64(n)))
		var candidates []Candidate
		for range n {
			p := random(r)
			want[Known(p)] = true
			candidates = append(candidates, NewCandidate(p, 0))
		}
		s.Insert(candidates, nil, nil)
		got := 0
		for p := range s.Prints {
			if !want[p] {
				t.Fatalf("of %d: %x was never inserted", n, p)
			}
			got++
		}
		if got != len(want) {
			t.Errorf("%d came out; want %d", got, len(want))
		}
		s.Free()
	}
}

// A set that is filled with what came out of another one knows the same states.
func TestPrintsFillAnotherSet(t *testing.T) {
	one, two := NewCompact(), NewCompact()
	defer one.Free()
	defer two.Free()
	r := rand.New(rand.NewPCG(3, 3))
	var candidates, again []Candidate
	for i := range 50_000 {
		candidates = append(candidates, NewCandidate(random(r), uint64(i)))
	}
	fresh := one.Insert(candidates, nil, nil)
	for p := range one.Prints {
		again = append(again, NewCandidate(p, 0))
	}
	two.Insert(again, nil, nil)
	if got := two.Insert(candidates, nil, nil); len(got) > 0 || two.Len() != uint64(len(fresh)) {
		t.Errorf("the second set has %d states and lacks %d; want %d and 0", two.Len(), len(got), len(fresh))
	}
}

func TestPrintsStopWhenTold(t *testing.T) {
	s := NewCompact()
	defer s.Free()
	for i := range uint64(100) {
		s.Insert([]Candidate{NewCandidate(fingerprint.Print{Hash: i << 57}, i)}, nil, nil)
	}
	if got := len(slices.Collect(firstOf(s, 10))); got != 10 {
		t.Errorf("got %d; want 10", got)
	}
}

func firstOf(s *Compact, n int) func(func(fingerprint.Print) bool) {
	return func(yield func(fingerprint.Print) bool) {
		for p := range s.Prints {
			if n--; !yield(p) || n == 0 {
				return
			}
		}
	}
}

func TestKnownIsAllThatIsDecidedOn(t *testing.T) {
	p := fingerprint.Print{Hash: 1<<63 | 5, Extra: 0xAB<<56 | 77}
	if got, want := Known(p), (fingerprint.Print{Hash: 1<<63 | 5, Extra: 0xAB << 56}); got != want {
		t.Errorf("got %x; want %x", got, want)
	}
}
