package codec

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/bits"
)

// What both twins make bytes of in the same way: lengths and numbers. The cut
// functions take something off the front of src and return what follows; they
// accept one form of everything, so that a state has one encoding.

// hollowMost is how many elements a slice may have if they encode to nothing.
// Nothing else in an encoding can make a decoder use more memory or time than
// a small multiple of its length.
const hollowMost = 1 << 16

// appendLength appends the length of what follows, as an unsigned varint.
func appendLength(dst []byte, n int) []byte {
	if n < 0x80 {
		return append(dst, byte(n))
	}
	return binary.AppendUvarint(dst, uint64(n))
}

// appendCount appends the length of a slice whose elements encode to at least
// so many bytes.
func appendCount(dst []byte, n, least int) []byte {
	if least == 0 && n > hollowMost {
		panic(fmt.Sprintf("codec: a slice of %d elements that encode to nothing: there can be at most %d", n, hollowMost))
	}
	return appendLength(dst, n)
}

// cutLength takes a length off the front of src. A varint could be padded with
// zeros; only the shortest form is accepted.
func cutLength(src []byte) (n int, rest []byte, ok bool) {
	if len(src) > 0 && src[0] < 0x80 {
		return int(src[0]), src[1:], true
	}
	v, k := binary.Uvarint(src)
	if k <= 0 || src[k-1] == 0 || v > math.MaxInt {
		return 0, src, false
	}
	return int(v), src[k:], true
}

// cutCount takes the length of a slice or a map off the front of src. The
// elements, each at least so many bytes, must fit into the rest: so nothing is
// made for a length that only damage explains.
func cutCount(src []byte, least int) (n int, rest []byte, ok bool) {
	n, rest, ok = cutLength(src)
	if least == 0 {
		return n, rest, ok && n <= hollowMost
	}
	over, size := bits.Mul(uint(n), uint(least))
	return n, rest, ok && over == 0 && size <= uint(len(rest))
}

// consumed returns what was taken off the front of src if this is the rest.
func consumed(src, rest []byte) []byte { return src[:len(src)-len(rest)] }

// appendNumber appends a number of so many bytes, as it is in memory.
func appendNumber(dst []byte, size uintptr, x uint64) []byte {
	switch size {
	case 1:
		return append(dst, byte(x))
	case 2:
		return binary.NativeEndian.AppendUint16(dst, uint16(x))
	case 4:
		return binary.NativeEndian.AppendUint32(dst, uint32(x))
	default:
		return binary.NativeEndian.AppendUint64(dst, x)
	}
}

// cutNumber takes a number of so many bytes off the front of src.
func cutNumber(src []byte, size uintptr) (x uint64, rest []byte, ok bool) {
	if uintptr(len(src)) < size {
		return 0, src, false
	}
	switch rest = src[size:]; size {
	case 1:
		return uint64(src[0]), rest, true
	case 2:
		return uint64(binary.NativeEndian.Uint16(src)), rest, true
	case 4:
		return uint64(binary.NativeEndian.Uint32(src)), rest, true
	default:
		return binary.NativeEndian.Uint64(src), rest, true
	}
}
