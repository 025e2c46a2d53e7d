//go:build !purego

package codec

import "unsafe"

// A type with padding takes many small moves, and a call of copy for each would
// cost more than the move. Most are of a size that one instruction moves, and
// the others are made of two.

// A piece is a few bytes to move from one offset to another.
type piece struct {
	from, to, size uintptr
}

// widest is the most bytes that one machine instruction moves everywhere.
const widest = 16

// group turns bytes that follow each other in the encoding, but not in memory,
// into one op that moves pieces.
func group(ops []op) []op {
	var grouped []op
	for len(ops) > 0 {
		n := max(1, leadingBytes(ops))
		if ops[0].code == opBytes && !(n == 1 && ops[0].size > 2*widest) {
			grouped = append(grouped, pieceTogether(ops[:n]))
		} else {
			grouped = append(grouped, ops[0])
		}
		ops = ops[n:]
	}
	return grouped
}

// leadingBytes returns how many ops there are before the first that does not
// move bytes.
func leadingBytes(ops []op) int {
	n := 0
	for n < len(ops) && ops[n].code == opBytes {
		n++
	}
	return n
}

// pieceTogether makes one op of several that move bytes. In memory there is
// only padding between them, which a piece may spoil.
func pieceTogether(ops []op) op {
	all := op{code: opPieces}
	for _, o := range ops {
		all.size += o.size
	}
	to := uintptr(0)
	for _, o := range ops {
		for _, q := range split(o.size, all.size-to) { // in memory there is as much, or more
			q.from, q.to = o.at+q.from, to+q.to
			all.gather = append(all.gather, q)
			all.scatter = append(all.scatter, piece{from: q.to, to: q.from, size: q.size})
		}
		to += o.size
	}
	return all
}

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
