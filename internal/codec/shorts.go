//go:build !purego

package codec

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"unsafe"
)

// Most parts of a state are short: numbers, flags, and slices of a few bytes. Those that
// follow each other are encoded in one loop without calls, which has made room for all of
// them before.

// A short is a part of a state whose encoding is mostly short. It is an op, or one of the
// moves of an op.
type short struct {
	kind shortKind
	at   uintptr // in the value
	size uintptr // bytes, of a number; of an element of a slice
	op   *op     // encodes a slice that is not short
}

type shortKind uint8

// The kinds from shortByte on are numbers, and say how many bytes are moved. The size of such a
// short is no more: what is moved too much is overwritten.
const (
	shortSmalls shortKind = iota // an unordered slice of elements of one byte
	shortSlice                   // an ordered slice of elements that are their own encodings
	shortByte
	short2
	short4
	short8
	short16
)

// joinShorts joins the ops that follow each other and are mostly short. One op that is always
// short gains nothing.
func joinShorts(ops []op) (joined []op) {
	for len(ops) > 0 {
		all := op{code: opShorts}
		n := 0
		for ; n < len(ops); n++ {
			parts, room := ops[n].shorts()
			if room == 0 {
				break
			}
			all.parts, all.size = append(all.parts, parts...), all.size+room
		}
		if n == 0 || n == 1 && all.parts[0].op == nil {
			all, n = ops[0], 1
		}
		joined, ops = append(joined, all), ops[n:]
	}
	return joined
}

// shorts returns the shorts of an op, and how many bytes they may write; none if the op is
// something else.
func (o *op) shorts() (list []short, room uintptr) {
	switch {
	case o.code == opByte:
		return []short{{kind: shortByte, at: o.at, size: 1}}, 1
	case o.code == opSmalls:
		return []short{{kind: shortSmalls, at: o.at, size: 1, op: o}}, 1 + wordSize
	case o.code == opSlice && o.elem.flat && o.elem.mem > 0:
		return []short{{kind: shortSlice, at: o.at, size: o.elem.mem, op: o}}, 1 + shortMax
	case o.code != opMoves:
		return nil, 0
	}
	for i, m := range o.gather {
		if m.size > widest {
			return nil, 0
		}
		next := o.size
		if i+1 < len(o.gather) {
			next = o.gather[i+1].to
		}
		list = append(list, short{kind: shortByte + shortKind(bits.TrailingZeros(uint(m.size))), at: m.from, size: next - m.to})
	}
	return list, o.size
}

// encodeShorts appends the encodings of shorts.
func (p *space) encodeShorts(dst []byte, o *op, base unsafe.Pointer) []byte {
	// Short slices have no pointers, so all of them are in one arena.
	var from, used uintptr
	if p.words < len(p.arenas) {
		from, used = uintptr(p.arenas[p.words].block.base), p.arenas[p.words].used
	}
	for i := 0; ; i++ {
		if cap(dst)-len(dst) < int(o.size) {
			dst = slices.Grow(dst, int(o.size))
		}
		var n uintptr
		i, n = writeShorts(unsafe.Add(unsafe.Pointer(unsafe.SliceData(dst)), len(dst)), base, o.parts, i, from, used)
		dst = dst[:len(dst)+int(n)]
		if i == len(o.parts) {
			return dst
		}
		q := &o.parts[i]
		if s := (*header)(unsafe.Add(base, q.at)); q.kind == shortSmalls {
			dst = p.encodeSmalls(dst, s)
		} else {
			dst = p.encodeSlice(dst, q.op, s)
		}
	}
}

// writeShorts writes encodings from the i-th short on, and returns the index of the first one
// that is not short, and how many bytes it has written. Slices are short only in the arena,
// where what follows them can be read. There is no call in the loop, so that all is in registers.
func writeShorts(to, base unsafe.Pointer, parts []short, i int, arena, used uintptr) (end int, n uintptr) {
	for ; i < len(parts); i++ {
		q := &parts[i]
		at, to := unsafe.Add(base, q.at), unsafe.Add(to, n)
		switch q.kind {
		case shortSmalls:
			s := (*header)(at)
			count := uint(s.len)
			if count > wordSize || uintptr(s.data)-arena >= used {
				return i, n
			}
			valid := firstBytes[count%16]
			x := binary.LittleEndian.Uint64((*[wordSize]byte)(s.data)[:]) & valid
			if !ascends(x, valid) {
				before := valid >> 8 // all but the last
				if !ascends(x, before) {
					return i, n
				}
				// All but the last are in order: what an action leaves that adds an element. Where the
				// element belongs is found out without a branch, which no processor could predict.
				last := x >> ((8*count - 8) % 64)
				x &= before
				// The high bit of each byte that is greater than the last, or not before that.
				greater := ^((last*(highBits>>7) | highBits) - x) | ^before
				k := bits.TrailingZeros64(greater&highBits) &^ 7 % 64
				low := uint64(1)<<k - 1
				x = x&low | last<<k | x&^low<<8
			}
			*(*byte)(to) = byte(count)
			binary.LittleEndian.PutUint64((*[wordSize]byte)(unsafe.Add(to, 1))[:], x)
			n += 1 + uintptr(count)
		case shortSlice:
			s := (*header)(at)
			size := uintptr(s.len) * q.size
			if size > shortMax || uintptr(s.data)-arena >= used {
				return i, n
			}
			*(*byte)(to) = byte(s.len)
			*(*[shortMax]byte)(unsafe.Add(to, 1)) = *(*[shortMax]byte)(s.data)
			n += 1 + size
		case shortByte:
			*(*byte)(to) = *(*byte)(at)
			n++
		case short2:
			*(*[2]byte)(to) = *(*[2]byte)(at)
			n += q.size
		case short4:
			*(*[4]byte)(to) = *(*[4]byte)(at)
			n += q.size
		case short8:
			*(*[8]byte)(to) = *(*[8]byte)(at)
			n += q.size
		case short16:
			*(*[16]byte)(to) = *(*[16]byte)(at)
			n += q.size
		}
	}
	return i, n
}

const highBits = 0x8080808080808080 // of the bytes of a word

// firstBytes are words of n bytes of ones, the lowest first.
var firstBytes = [16]uint64{
	0, 1<<8 - 1, 1<<16 - 1, 1<<24 - 1, 1<<32 - 1, 1<<40 - 1, 1<<48 - 1, 1<<56 - 1, 1<<64 - 1,
}

// ascends reports whether all bytes are less than 128, and those in the mask are in order.
func ascends(x, mask uint64) bool {
	// The high bit of each byte that is no greater than the next one. No byte borrows from
	// its neighbour, for all differences are positive.
	inOrder := (x>>8 | highBits) - x
	return (x|^inOrder&(mask>>8))&highBits == 0
}
