package explore

import (
	"bytes"
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
	numbers []uint32 // plus one; 0 for an empty slot
}

const nearBits = 14

// newNear is for a graph of so many nodes, and states of this size, which is less
// than zero if that varies.
func newNear(nodes, size int) near {
	if size <= 0 || size > copyMax {
		return near{}
	}
	slotBits := min(nearBits, bits.Len(uint(nodes))+2)
	return near{stride: size, shift: uint(64 - slotBits), states: make([]byte, size<<slotBits), numbers: make([]uint32, 1<<slotBits)}
}

// find returns the number of a state, if it is remembered, and where to remember
// it if not.
func (r *near) find(state []byte) (slot int, number uint32, ok bool) {
	if r.stride == 0 {
		return 0, 0, false
	}
	slot = int(spread(state) >> (r.shift & 63))
	number = r.numbers[slot]
	if number == 0 || !bytes.Equal(r.states[slot*r.stride:][:len(state)], state) {
		return slot, 0, false
	}
	return slot, number - 1, true
}

func (r *near) remember(slot int, state []byte, number uint32) {
	if r.stride > 0 {
		copy(r.states[slot*r.stride:][:len(state)], state)
		r.numbers[slot] = number + 1
	}
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
