package codec

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/bits"
)

// The compiled program and the reference share the encoding of lengths and
// numbers. A cut function reads a value from the start of src and returns the
// rest. It accepts a single form of each value, so that a state has one encoding.

// emptyElemsMax is the largest number of elements that encode to nothing in one
// slice. Without this limit a few damaged bytes could claim a huge slice; all
// other elements are limited by the length of the input.
const emptyElemsMax = 1 << 16

// appendLength appends a length as an unsigned varint.
func appendLength(dst []byte, n int) []byte {
	if n < 0x80 {
		return append(dst, byte(n))
	}
	return binary.AppendUvarint(dst, uint64(n))
}

// appendCount appends the length of a slice whose elements encode to at least
// least bytes each.
func appendCount(dst []byte, n, least int) []byte {
	if least == 0 && n > emptyElemsMax {
		panic(fmt.Sprintf("codec: a slice of %d elements that encode to nothing: there can be at most %d", n, emptyElemsMax))
	}
	return appendLength(dst, n)
}

// cutLength reads a length. It accepts only the shortest form of a varint, though
// a varint could be padded with zeros.
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

// cutCount reads the length of a slice or a map whose elements encode to at least
// least bytes each. The elements must fit into the rest of src, so that damaged
// bytes cannot make the decoder allocate more than they could fill.
func cutCount(src []byte, least int) (n int, rest []byte, ok bool) {
	n, rest, ok = cutLength(src)
	if least == 0 {
		return n, rest, ok && n <= emptyElemsMax
	}
	over, size := bits.Mul(uint(n), uint(least))
	return n, rest, ok && over == 0 && size <= uint(len(rest))
}

// consumed returns the part of src before rest.
func consumed(src, rest []byte) []byte { return src[:len(src)-len(rest)] }

// appendNumber appends a number of size bytes in the byte order of the machine.
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

// cutNumber reads a number of size bytes.
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
