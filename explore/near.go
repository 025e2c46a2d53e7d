package explore

import (
	"encoding/binary"
	"math/bits"
)

// near remembers the numbers of states that were looked up shortly before, so
// that most are neither hashed nor looked up again. It compares every byte, and
// is small enough to stay in the second level of cache.
type near struct {
	stride  int // bytes of a state; 0 if none are remembered
	shift   uint
	states  []byte
	numbers []uint64 // by slot; see awaited
}

const nearBits = 14

// A number in near is that of a state plus one, 0 for an empty slot, or, as long
// as it is not known, its place in the list of what is to be looked up, and this.
const awaited = 1 << 63

// newNear is for a graph of so many nodes, and states of this size, which is less
// than zero if that varies.
func newNear(nodes, size int) near {
	if size <= 0 || size > copyMax {
		return near{}
	}
	slotBits := min(nearBits, bits.Len(uint(nodes))+2)
	return near{stride: size, shift: uint(64 - slotBits), states: make([]byte, size<<slotBits), numbers: make([]uint64, 1<<slotBits)}
}

// slot is where a state is remembered, if it is, and its number, or 0.
func (r *near) find(state []byte) (slot int, number uint64) {
	slot = int(spread(state) >> (r.shift & 63))
	if differs(r.states[slot*r.stride:][:len(state)], state) {
		return slot, 0
	}
	return slot, r.numbers[slot]
}

func (r *near) remember(slot int, state []byte, number uint64) {
	copy(r.states[slot*r.stride:][:len(state)], state)
	r.numbers[slot] = number
}

// spread hashes a state quickly. Two states that share a slot lose time.
func spread(state []byte) uint64 {
	h := uint64(0)
	for ; len(state) >= 8; state = state[8:] {
		h = (bits.RotateLeft64(h, 29) ^ binary.LittleEndian.Uint64(state)) * factor0
	}
	for _, b := range state {
		h = (bits.RotateLeft64(h, 29) ^ uint64(b)) * factor0
	}
	return h
}

// differs compares two short pieces of memory of one length, in the place of a
// call that costs more than they do.
func differs(a, b []byte) bool {
	d := uint64(0)
	for ; len(a) >= 8 && len(b) >= 8; a, b = a[8:], b[8:] {
		d |= binary.LittleEndian.Uint64(a) ^ binary.LittleEndian.Uint64(b)
	}
	for i, x := range a {
		d |= uint64(x ^ b[i])
	}
	return d != 0
}
