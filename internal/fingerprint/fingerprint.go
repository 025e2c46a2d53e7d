// Package fingerprint hashes encoded states to fingerprints of 128 bits.
//
// The two words of a fingerprint come from unrelated functions: xxHash64, and a
// multiply-fold hash in the manner of wyhash. The second word makes fingerprints of
// more than 64 bits possible at little cost, since it takes one multiplication for 16
// bytes. A set of visited states uses the first word and some bits of the second; two
// states that agree in these bits are taken for one.
//
// Fingerprints are the same on all machines and in all versions, so that a run can be
// repeated and a checkpoint resumed.
package fingerprint

import (
	"encoding/binary"
	"math/bits"

	"github.com/cespare/xxhash/v2"
)

// Print is the fingerprint of a state.
type Print struct {
	Hash  uint64 // xxHash64
	Extra uint64 // an independent hash
}

// The constants of fold are odd numbers without structure: digits of the golden ratio,
// of the square root of two, and of the square root of three.
const (
	golden = 0x9E3779B97F4A7C15
	root2  = 0x6A09E667F3BCC909
	root3  = 0xBB67AE8584CAA73B
)

// Hasher makes fingerprints. Different seeds give unrelated fingerprints. The zero
// Hasher has seed zero, which is the fastest.
type Hasher struct {
	seed   uint64
	lost   uint64 // the bits of the hash to clear
	digest xxhash.Digest
}

// New returns a hasher. One goroutine may use it.
func New(seed uint64) *Hasher { return &Hasher{seed: seed} }

// Weak returns a hasher whose fingerprints differ in their first bits only. Its
// collisions let tests see which sets of states depend on fingerprints.
func Weak(bits int) *Hasher { return &Hasher{seed: weakSeed, lost: ^uint64(0) >> bits} }

// weakSeed is not zero, so that the fast path for seed zero needs no check for weak
// hashers.
const weakSeed = 1

// Of returns the fingerprint of an encoded state.
func (h *Hasher) Of(state []byte) Print {
	if h.seed == 0 {
		return Print{xxhash.Sum64(state), fold(state, root3)}
	}
	h.digest.ResetWithSeed(h.seed)
	_, _ = h.digest.Write(state) // a hash's Write never fails
	if h.lost != 0 {
		return Print{Hash: h.digest.Sum64() &^ h.lost}
	}
	return Print{h.digest.Sum64(), fold(state, root3+h.seed*golden)}
}

// fold hashes 16 bytes with each multiplication.
func fold(b []byte, h uint64) uint64 {
	h ^= uint64(len(b)) * golden
	for len(b) > 16 {
		h = mix(binary.LittleEndian.Uint64(b)^root2, binary.LittleEndian.Uint64(b[8:])^h)
		b = b[16:]
	}
	first, last := ends(b)
	return mix(first^golden, mix(last^root2, h))
}

// ends reads up to 16 bytes as two words, which may overlap in the middle.
func ends(b []byte) (first, last uint64) {
	switch n := len(b); {
	case n >= 8:
		return binary.LittleEndian.Uint64(b), binary.LittleEndian.Uint64(b[n-8:])
	case n >= 4:
		return uint64(binary.LittleEndian.Uint32(b)), uint64(binary.LittleEndian.Uint32(b[n-4:]))
	case n > 0:
		return uint64(b[0]) | uint64(b[n/2])<<8 | uint64(b[n-1])<<16, 0
	}
	return 0, 0
}

// mix multiplies to 128 bits and combines the halves by exclusive or.
func mix(a, b uint64) uint64 {
	high, low := bits.Mul64(a, b)
	return high ^ low
}
