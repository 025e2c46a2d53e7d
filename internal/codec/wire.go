package codec

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/bits"
)

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

// cutLength takes a length off the front of src. Only the shortest form of a
// number is one.
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
// elements, each at least so many bytes, must fit into the rest.
func cutCount(src []byte, least int) (n int, rest []byte, ok bool) {
	n, rest, ok = cutLength(src)
	if least == 0 {
		return n, rest, ok && n <= hollowMost
	}
	over, size := bits.Mul(uint(n), uint(least))
	return n, rest, ok && over == 0 && size <= uint(len(rest))
}
