package explore

import (
	"maps"
	"math/bits"
)

// distinctMax is how many hashes a count keeps: up to so many it is exact, beyond
// that its standard error is about one in the square root of it, 0.8 percent.
const distinctMax = 1 << 14

// distinct counts different hashes. When there are too many to keep, it keeps
// those that end in a zero bit, then two, and so on, and multiplies: adaptive
// sampling (P. Flajolet: On Adaptive Sampling, Computing 43, 1990). What it says
// depends on the hashes only, not on their order.
type distinct struct {
	kept  map[uint64]struct{}
	zeros int // that a hash must end in
}

func (d *distinct) add(hash uint64) {
	if bits.TrailingZeros64(hash) < d.zeros {
		return
	}
	if d.kept == nil {
		d.kept = map[uint64]struct{}{}
	}
	d.kept[hash] = struct{}{}
	for len(d.kept) > distinctMax {
		d.zeros++
		for h := range d.kept {
			if bits.TrailingZeros64(h) < d.zeros {
				delete(d.kept, h)
			}
		}
	}
}

func (d *distinct) clone() distinct { return distinct{maps.Clone(d.kept), d.zeros} }

func (d *distinct) count() uint64 { return uint64(len(d.kept)) << d.zeros }

func (d *distinct) isExact() bool { return d.zeros == 0 }

// mix spreads what a number knows over all of its bits (the finalizer of
// SplitMix64: G. Steele, D. Lea, C. Flood: Fast Splittable Pseudorandom Number
// Generators, OOPSLA 2014).
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xBF58476D1CE4E5B9
	x = (x ^ x>>27) * 0x94D049BB133111EB
	return x ^ x>>31
}
