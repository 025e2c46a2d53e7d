package explain

import (
	"maps"
	"math/bits"
)

// distinctMax is the number of hashes that a count keeps. Up to that number the count is
// exact; beyond it the standard error is about one in its square root, 0.8 percent. Every
// field has two counts and every element one, so this number bounds the memory of an
// observer, whatever the number of states.
const distinctMax = 1 << 14

// Distinct counts different hashes. When there are too many to keep, it keeps those that
// end in a zero bit, then two, and so on, and multiplies: adaptive sampling (P. Flajolet:
// On Adaptive Sampling, Computing 43, 1990). The count depends on the hashes only, not on
// their order. Hashes must be spread over all bits, as mix does: the last bits choose the
// sample, and values that had them in common would all be kept or all be dropped.
type Distinct struct {
	kept map[uint64]struct{}
	// Zeros never decreases, so a hash that was dropped would be dropped again whenever
	// it comes.
	zeros int // that a hash must end in
}

// add takes a constant time on average: a sweep over all hashes drops about half of them,
// and the next sweep comes only after as many new ones.
func (d *Distinct) add(hash uint64) {
	if bits.TrailingZeros64(hash) < d.zeros {
		return
	}
	if d.kept == nil {
		d.kept = map[uint64]struct{}{}
	}
	d.kept[hash] = struct{}{}
	// One sweep may drop nothing, if all hashes end in one more zero.
	for len(d.kept) > distinctMax {
		d.zeros++
		for h := range d.kept {
			// Go allows a map to lose entries while it is ranged over.
			if bits.TrailingZeros64(h) < d.zeros {
				delete(d.kept, h)
			}
		}
	}
}

// clone copies the map too: two counts with one map would count each other's hashes.
func (d *Distinct) clone() Distinct { return Distinct{maps.Clone(d.kept), d.zeros} }

// Count is the number of different hashes. Each further zero halves the share of the
// hashes that are kept, so a hash stands for 2^zeros.
func (d *Distinct) Count() uint64 { return uint64(len(d.kept)) << d.zeros }

// IsExact reports whether the count is no estimate.
func (d *Distinct) IsExact() bool { return d.zeros == 0 }

// mix spreads a number over all of its bits (the finalizer of SplitMix64: G. Steele, D.
// Lea, C. Flood: Fast Splittable Pseudorandom Number Generators, OOPSLA 2014). mix is a
// bijection with mix(0) = 0, so different sums stay different, and a count of mixed sums
// counts the sums.
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xBF58476D1CE4E5B9
	x = (x ^ x>>27) * 0x94D049BB133111EB
	return x ^ x>>31
}
