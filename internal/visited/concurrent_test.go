package visited

import (
	"encoding/binary"
	"slices"
	"sync"
	"testing"

	"github.com/muster-mc/muster/internal/fingerprint"
)

// kinds has a constructor for each kind of set, for states of eight bytes.
var kinds = map[string]func() Set{
	"compact": func() Set { return NewCompact() },
	"exact":   func() Set { return NewExact(8) },
}

// numbered has states of eight bytes, three copies of each, and their candidates by
// partition.
type numbered struct {
	states Encodings
	parts  [Partitions][]Candidate
	first  int // how many are met for the first time
}

func newNumbered(n int) *numbered {
	l := &numbered{states: NewEncodings(8), first: n}
	h := fingerprint.New(0)
	for i := range 3 * n {
		state := binary.LittleEndian.AppendUint64(nil, uint64(i%n))
		l.states.Add(state)
		p := h.Of(state)
		part := &l.parts[PartitionOf(p)]
		*part = append(*part, NewCandidate(p, uint64(i)))
	}
	return l
}

// Goroutines that insert into different partitions at the same time get the same
// results as a single one.
func TestConcurrentPartitions(t *testing.T) {
	list := newNumbered(40_000)
	for kind, empty := range kinds {
		t.Run(kind, func(t *testing.T) {
			set, alone := empty(), empty()
			defer set.Free()
			defer alone.Free()
			var got [Partitions][]uint64
			var all sync.WaitGroup
			for part := range Partitions {
				all.Go(func() {
					for some := range slices.Chunk(list.parts[part], 1_000) {
						got[part] = set.Insert(some, &list.states, got[part])
					}
				})
			}
			all.Wait()
			for part := range Partitions {
				want := alone.Insert(list.parts[part], &list.states, nil)
				if !slices.Equal(got[part], want) {
					t.Errorf("partition %d: %d states are new, want %d, in their order", part, len(got[part]), len(want))
				}
			}
			if got := set.Len(); got != uint64(list.first) {
				t.Errorf("the set has %d states, want %d", got, list.first)
			}
		})
	}
}

// The size of batches does not influence which candidates are new.
func TestBatchesMakeNoDifference(t *testing.T) {
	list := newNumbered(3_000)
	candidates := slices.Concat(list.parts[:]...)
	for kind, empty := range kinds {
		var want []uint64
		for _, size := range []int{len(candidates), 1, 63, 64, 65, 1000} {
			set := empty()
			var got []uint64
			for some := range slices.Chunk(candidates, size) {
				got = set.Insert(some, &list.states, got)
			}
			if want == nil {
				want = got
			}
			if !slices.Equal(got, want) || len(got) != list.first {
				t.Errorf("%s, %d at a time: %d states are new, want %d", kind, size, len(got), list.first)
			}
			set.Free()
		}
	}
}

// A candidate keeps the index it is given, and the bits that sets use.
func TestCandidates(t *testing.T) {
	for _, p := range []fingerprint.Print{{}, {Hash: 1<<64 - 1, Extra: 1<<64 - 1}, {Hash: 0x123456789ABCDEF0, Extra: 0xAB << 56}} {
		for _, index := range []uint64{0, 1, 1 << 32, IndexMax} {
			c := NewCandidate(p, index)
			part, word, rest := c.key()
			if part != PartitionOf(p) || word != p.Hash<<4|p.Extra>>60 || rest != p.Extra>>56&15 || c.tail>>8 != index {
				t.Errorf("%x, index %d: got partition %d, word %x, rest %x, index %d", p, index, part, word, rest, c.tail>>8)
			}
		}
	}
}
