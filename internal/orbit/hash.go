package orbit

import (
	"encoding/binary"
	"math/bits"
)

// Signatures are sums of hashes: a sum does not depend on the order of its terms, and the
// order of the elements that are summed over is what a renaming changes.
const (
	seedOfParts   = 0x9E3779B97F4A7C15
	seedOfColours = 0xD1B54A32D192ED03
	seedOfOthers  = 0xA0761D6478BD642F // an element in the place of another one
	seedOfMembers = 0xE7037ED1A0B428DB // an element in a set
	seedOfFixed   = 0x8EBC6AF09C88C6E3 // a value that no renaming changes
	itself        = 0x589965CC75374CC3 // an element in its own place
)

// mix is a hash of two words: the high and the low half of a product (as in wyhash, by
// Wang Yi).
//
// The constants keep a zero in either word, which is frequent, from making the product zero.
// The quality of the hash decides only how often elements look alike by chance, which costs
// time.
func mix(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a^0x2D358DCCAA6C78A5, b^0x8BB84B93962EACC9)
	return hi ^ lo
}

// hashOf is a hash of bytes.
func hashOf(data []byte) uint64 {
	// The length is part of the hash: without it, a trailing zero byte would make no
	// difference.
	h := uint64(len(data))
	for ; len(data) >= 8; data = data[8:] {
		h = mix(h, binary.NativeEndian.Uint64(data))
	}
	if len(data) > 0 {
		h = mix(h, wordOfBytes(data))
	}
	return h
}

// wordOfBytes returns up to seven bytes as a word. The sizes of integers are one load each.
func wordOfBytes(data []byte) uint64 {
	switch len(data) {
	case 1:
		return uint64(data[0])
	case 2:
		return uint64(binary.NativeEndian.Uint16(data))
	case 4:
		return uint64(binary.NativeEndian.Uint32(data))
	}
	w := uint64(0)
	for _, b := range data {
		w = w<<8 | uint64(b)
	}
	return w
}

// load reads an integer of a size.
func load(data []byte, size int) uint64 {
	switch size {
	case 1:
		return uint64(data[0])
	case 2:
		return uint64(binary.NativeEndian.Uint16(data))
	case 4:
		return uint64(binary.NativeEndian.Uint32(data))
	}
	return binary.NativeEndian.Uint64(data)
}

// store writes an integer of a size.
func store(data []byte, size int, v uint64) {
	switch size {
	case 1:
		data[0] = byte(v)
	case 2:
		binary.NativeEndian.PutUint16(data, uint16(v))
	case 4:
		binary.NativeEndian.PutUint32(data, uint32(v))
	default:
		binary.NativeEndian.PutUint64(data, v)
	}
}

// colourOf tells elements of different classes apart in a hash.
var colourOf = func() (list [sizeMax + 1]uint64) {
	for i := range list {
		list[i] = mix(uint64(i)+1, seedOfColours)
	}
	return list
}()

// element returns the element that an integer of a size stands for in a group, and whether
// it stands for one.
func (g *Group) element(v uint64, size int) (element int, ok bool) {
	// The subtraction wraps: values below the first one, negative ones too, come out as
	// large numbers.
	i := v - g.first
	if size < 8 {
		i &= 1<<(8*uint(size)) - 1
	}
	return g.base + int(i&63), i < uint64(g.Size)
}

// valueOf is the integer that stands for an element.
func (g *Group) valueOf(element int) uint64 { return g.first + uint64(element-g.base) }

// members are the bits of a set that stand for elements, the first one at the lowest bit.
func (g *Group) members(set uint64, first int) uint64 {
	return set >> uint(first) & (1<<uint(g.Size) - 1)
}

// renamed returns a set with each element renamed.
func (g *Group) renamed(set uint64, first int, p Permutation) uint64 {
	old, now := g.members(set, first), uint64(0)
	for m := old; m != 0; m &= m - 1 {
		now |= 1 << uint(p[g.base+bits.TrailingZeros64(m)]-g.base)
	}
	// Only the bits of elements change; the others stay, and so does everything below the
	// first value.
	return set ^ (old^now)<<uint(first)
}
