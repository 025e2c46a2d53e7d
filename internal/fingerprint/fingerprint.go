// Package fingerprint turns an encoded state into the bits that stand for it.
//
// A fingerprint is two words from two unrelated functions: 64 bits of xxHash
// and a multiply-fold in the manner of wyhash. A set of visited states uses the
// first word and as many bits of the second as it has room for; two states that
// agree on those are taken for one.
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

// Odd constants without structure: digits of the golden ratio, the square root
// of two and the square root of three.
const (
	golden = 0x9E3779B97F4A7C15
	root2  = 0x6A09E667F3BCC909
	root3  = 0xBB67AE8584CAA73B
)

// Hasher makes fingerprints. Different seeds make unrelated fingerprints; the
// zero Hasher has seed zero and is the fastest.
type Hasher struct {
	seed   uint64
	lost   uint64 // bits of the hash that are left out
	digest xxhash.Digest
}

// New returns a hasher. It is used by one goroutine.
func New(seed uint64) *Hasher { return &Hasher{seed: seed} }

// Weak returns a hasher whose fingerprints differ in the first so many bits at
// most. It shows who relies on fingerprints: see that states are lost, or not.
func Weak(bits int) *Hasher { return &Hasher{seed: weakSeed, lost: ^uint64(0) >> bits} }

// weakSeed is any but zero, so that good hashers lose no time on weak ones.
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

// fold hashes 16 bytes at a time, with one multiplication each.
func fold(b []byte, h uint64) uint64 {
	h ^= uint64(len(b)) * golden
	for len(b) > 16 {
		h = mix(binary.LittleEndian.Uint64(b)^root2, binary.LittleEndian.Uint64(b[8:])^h)
		b = b[16:]
	}
	first, last := ends(b)
	return mix(first^golden, mix(last^root2, h))
}

// ends reads up to 16 bytes as two words, which overlap in the middle.
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

// mix multiplies to 128 bits and folds the halves together.
func mix(a, b uint64) uint64 {
	high, low := bits.Mul64(a, b)
	return high ^ low
}
