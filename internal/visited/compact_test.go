package visited

import (
	"math/rand/v2"
	"testing"

	"github.com/muster-mc/muster/internal/fingerprint"
)

// decided is the part of a fingerprint that the set decides on.
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

// Every word must come back from where it was put, at the ends of the range and
// for numbers of buckets next to powers of two.
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

// Neighbouring words fall into one bucket: the displacement overflows, and the
// partition must grow rather than lose one.
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
