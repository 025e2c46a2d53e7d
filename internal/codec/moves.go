//go:build !purego

package codec

import "unsafe"

// A type with padding takes many small moves. A call of copy would cost more than
// such a move, so moves have sizes that one machine instruction can do; a stretch
// of another size takes two that overlap.

// A move copies size bytes from one offset to another.
type move struct {
	from, to, size uintptr
}

// widest is the number of bytes that one instruction can move on all processors.
const widest = 16

// group joins ops that move bytes and are adjacent in the encoding, though not in
// memory, into one op.
func group(ops []op) []op {
	var grouped []op
	for len(ops) > 0 {
		n := max(1, leadingBytes(ops))
		if ops[0].code == opBytes && !(n == 1 && ops[0].size > 2*widest) {
			grouped = append(grouped, joinMoves(ops[:n]))
		} else {
			grouped = append(grouped, ops[0])
		}
		ops = ops[n:]
	}
	return grouped
}

// leadingBytes returns the number of ops before the first that does not move
// bytes.
func leadingBytes(ops []op) int {
	n := 0
	for n < len(ops) && ops[n].code == opBytes {
		n++
	}
	return n
}

// joinMoves makes one op of several that move bytes. In memory only padding is
// between them, so a move may overwrite it.
func joinMoves(ops []op) op {
	all := op{code: opMoves}
	for _, o := range ops {
		all.size += o.size
	}
	to := uintptr(0)
	for _, o := range ops {
		for _, q := range split(o.size, all.size-to) { // memory has at least as much after it as the encoding
			q.from, q.to = o.at+q.from, to+q.to
			all.gather = append(all.gather, q)
			all.scatter = append(all.scatter, move{from: q.to, to: q.from, size: q.size})
		}
		to += o.size
	}
	if all.size == 1 {
		all.code, all.at = opByte, ops[0].at
	}
	return all
}

// split divides size bytes into moves that one instruction can do, in order. A
// move may exceed the end by up to reach bytes in total, because a later move
// overwrites the excess. Otherwise the last two moves overlap: 13 bytes are two
// moves of 8, the second of them from the sixth byte. A stretch that is too long
// for two moves is left to copy.
func split(size, reach uintptr) []move {
	if size > 2*widest {
		return []move{{size: size}}
	}
	width := uintptr(1)
	for width < size && width < widest {
		width *= 2
	}
	if size <= width && width <= reach {
		return []move{{size: width}}
	}
	if size < width {
		width /= 2
	}
	last := size - width
	return []move{{size: width}, {from: last, to: last, size: width}}
}

// transfer executes moves.
func transfer(to, from unsafe.Pointer, moves []move) {
	for i := range moves {
		q := &moves[i]
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

// memory returns n bytes of memory as a slice.
func memory(at unsafe.Pointer, n uintptr) []byte {
	return unsafe.Slice((*byte)(at), n)
}
