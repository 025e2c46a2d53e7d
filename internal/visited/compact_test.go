package visited

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/muster-mc/muster/internal/fingerprint"
)

// decided has the bits of a fingerprint that the set compares.
type decided struct {
	hash  uint64
	extra uint8
}

func random(r *rand.Rand) fingerprint.Print {
	return fingerprint.Print{Hash: r.Uint64(), Extra: r.Uint64()}
}

func TestCompactAgreesWithAMap(t *testing.T) {
	for _, n := range []int{0, 1, 63, 64, 65, 5_000, 1_000_000} {
		s, want := NewCompact(), map[decided]bool{}
		r := rand.New(rand.NewPCG(1, uint64(n)))
		var all []fingerprint.Print
		for len(all) < n {
			p := random(r)
			if len(all) > 0 && r.IntN(3) == 0 {
				p = all[r.IntN(len(all))]
				if r.IntN(4) == 0 {
					p.Extra ^= 1 << 56 // a neighbour in the last bit that counts
				}
			}
			all = append(all, p)
		}
		compare(t, s, want, all)
		compare(t, s, want, all)
		if s.Len() != uint64(len(want)) {
			t.Errorf("%d candidates: the set has %d, want %d", n, s.Len(), len(want))
		}
		s.Free()
	}
}

func compare(t *testing.T, s *Compact, known map[decided]bool, prints []fingerprint.Print) {
	t.Helper()
	var candidates []Candidate
	var want []uint64
	for i, p := range prints {
		candidates = append(candidates, NewCandidate(p, uint64(i)))
		if d := (decided{p.Hash, uint8(p.Extra >> 56)}); !known[d] {
			known[d] = true
			want = append(want, uint64(i))
		}
	}
	got := s.Insert(candidates, nil, nil)
	if len(got) != len(want) {
		t.Fatalf("%d fresh, want %d", len(got), len(want))
	}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("fresh number %d is %d, want %d", i, got[i], want[i])
		}
	}
}

// Every word can be recovered from its place, at the ends of the range and for
// numbers of buckets next to powers of two.
func TestWordsAreRecovered(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	for _, buckets := range []uint64{512, 513, 640, 1023, 1024, 1025, 4_000_037} {
		p := partition{buckets: buckets, digits: digitsOf(buckets)}
		words := []uint64{0, 1, 2, 1<<63 - 1, 1 << 63, 1<<64 - 2, 1<<64 - 1}
		for range 10_000 {
			words = append(words, r.Uint64())
		}
		for _, word := range words {
			at := p.place(word, 13)
			if got, _ := p.key(at.slot/bucketSlots, at.entry); got != word {
				t.Fatalf("%d buckets: word %#x came back as %#x", buckets, word, got)
			}
			if at.slot/bucketSlots >= buckets {
				t.Fatalf("%d buckets: word %#x belongs to bucket %d", buckets, word, at.slot/bucketSlots)
			}
		}
	}
}

// Adjacent words have the same home bucket. If their displacement exceeds its
// maximum, the partition grows and loses none.
func TestCrowdedBuckets(t *testing.T) {
	s, known := NewCompact(), map[decided]bool{}
	var prints []fingerprint.Print
	for i := range uint64(600) {
		prints = append(prints, fingerprint.Print{Hash: 7<<60 | i<<44, Extra: i << 56})
	}
	compare(t, s, known, prints)
	compare(t, s, known, prints)
	s.Free()
}

func TestMissProbability(t *testing.T) {
	for _, c := range []struct {
		n           uint64
		least, most float64
	}{
		{0, 0, 0}, {1, 0, 0}, {10_000_000, 1e-9, 1e-7}, {1_000_000_000, 1e-5, 1e-3}, {1 << 62, 1, 1},
	} {
		if got := MissProbability(c.n); got < c.least || got > c.most {
			t.Errorf("%d states: %g, want %g to %g", c.n, got, c.least, c.most)
		}
	}
}

func BenchmarkCompact(b *testing.B) {
	r := rand.New(rand.NewPCG(3, 3))
	candidates := make([]Candidate, 1<<20)
	for i := range candidates {
		candidates[i] = NewCandidate(random(r), uint64(i))
	}
	fresh := make([]uint64, 0, len(candidates))
	full := NewCompact()
	full.Insert(candidates, nil, fresh)
	b.Run("new", func(b *testing.B) {
		for b.Loop() {
			s := NewCompact()
			s.Insert(candidates, nil, fresh)
			s.Free()
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(candidates)), "ns/state")
	})
	b.Run("known", func(b *testing.B) {
		for b.Loop() {
			full.Insert(candidates, nil, fresh)
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(candidates)), "ns/state")
	})
	b.ReportMetric(float64(full.Bytes())/float64(full.Len()), "B/state")
}

// The set yields the known bits of all inserted fingerprints, at all sizes.
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

// A set that is filled with the fingerprints of another one has the same states.
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

func TestPrintsStop(t *testing.T) {
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

func TestKnownBitsDecide(t *testing.T) {
	p := fingerprint.Print{Hash: 1<<63 | 5, Extra: 0xAB<<56 | 77}
	if got, want := Known(p), (fingerprint.Print{Hash: 1<<63 | 5, Extra: 0xAB << 56}); got != want {
		t.Errorf("got %x; want %x", got, want)
	}
}
