package explain

import (
	"bytes"
	"cmp"
	"math/bits"
	"slices"
)

// The limits of a sample. A space with no more states is kept whole, so that what is said of
// the steps of a small model is said of all of them.
const (
	sampleStates = 1 << 14
	sampleBytes  = 4 << 20 // of encodings
)

// sample keeps the encodings of all states or, when these are too many, of those whose
// hashes end in enough zero bits, as [Distinct] does with hashes. Which states are kept depends
// on the states alone, and every state has the same chance. An observer is shown each state
// once, so there is nothing to compare.
type sample struct {
	kept  []sampled
	bytes int
	zeros int // that a hash must end in
}

type sampled struct {
	hash    uint64
	encoded []byte
}

func (s *sample) add(encoded []byte) {
	hash := mix(textHash(string(encoded)))
	if bits.TrailingZeros64(hash) < s.zeros {
		return
	}
	s.kept = append(s.kept, sampled{hash, bytes.Clone(encoded)})
	s.bytes += len(encoded)
	for len(s.kept) > sampleStates || s.bytes > sampleBytes {
		s.zeros++
		s.kept = slices.DeleteFunc(s.kept, func(k sampled) bool {
			drop := bits.TrailingZeros64(k.hash) < s.zeros
			if drop {
				s.bytes -= len(k.encoded)
			}
			return drop
		})
	}
}

// isWhole reports whether all states were kept.
func (s *sample) isWhole() bool { return s.zeros == 0 }

// states are the encodings in an order that has nothing to do with the search: the first of
// them are a sample too. The hashes themselves would be no such order, for they end alike.
func (s *sample) states() [][]byte {
	order := slices.SortedFunc(slices.Values(s.kept), func(a, b sampled) int {
		return cmp.Or(cmp.Compare(mix(a.hash+1), mix(b.hash+1)), bytes.Compare(a.encoded, b.encoded))
	})
	list := make([][]byte, len(order))
	for i, k := range order {
		list[i] = k.encoded
	}
	return list
}
