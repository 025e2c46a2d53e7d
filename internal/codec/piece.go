//go:build !purego

package codec

import "unsafe"

// A piece is a few bytes to move from one offset to another.
type piece struct {
	from, to, size uintptr
}

// widest is the most bytes that one machine instruction moves everywhere.
const widest = 16

// split cuts bytes into pieces of sizes that one instruction moves, to be moved
// in order. A piece may go past the end if that is within reach: what it spoils
// there is moved after it. Else the last two overlap: 13 bytes are 8 and, from
// the sixth on, 8 again. What is too long for two is left to a call.
func split(size, reach uintptr) []piece {
	if size > 2*widest {
		return []piece{{size: size}}
	}
	width := uintptr(1)
	for width < size && width < widest {
		width *= 2
	}
	if size <= width && width <= reach {
		return []piece{{size: width}}
	}
	if size < width {
		width /= 2
	}
	last := size - width
	return []piece{{size: width}, {from: last, to: last, size: width}}
}

// transfer moves pieces.
func transfer(to, from unsafe.Pointer, pieces []piece) {
	for i := range pieces {
		q := &pieces[i]
		to, from := unsafe.Add(to, q.to), unsafe.Add(from, q.from)
		switch q.size {
		case 1:
			*(*byte)(to) = *(*byte)(from)
		case 2:
			*(*[2]byte)(to) = *(*[2]byte)(from)
		case 4:
			*(*[4]byte)(to) = *(*[4]byte)(from)
		case 8:
			*(*[8]byte)(to) = *(*[8]byte)(from)
		case widest:
			*(*[widest]byte)(to) = *(*[widest]byte)(from)
		default:
			copy(memory(to, q.size), memory(from, q.size))
		}
	}
}

// memory is n bytes of memory as a slice.
func memory(at unsafe.Pointer, n uintptr) []byte {
	return unsafe.Slice((*byte)(at), n)
}
