package dedup

import (
	"encoding/binary"
	"math/bits"
)

// Numbers is a cache of numbers by their states, so that most states are neither hashed
// nor looked up again. It compares every byte. The zero Numbers has none. A slot of a new
// cache has the state of zeros with the number 0, which means that there is none. So
// nothing needs to be put into empty slots.
type Numbers struct {
	stride  int // bytes of a state; 0 if there is no cache
	shift   uint
	states  []byte
	numbers []uint64 // by slot
}

// numberBits limits the cache to 16,384 slots. A small graph has fewer, about four to
// eight slots for each node. With states of CopyMax bytes it takes 1 MiB, and its numbers
// 128 KiB.
const numberBits = 14

// NewNumbers is for a graph of this many nodes, and states of this size, which is less
// than zero if it varies. Then, and for large states, there is no cache. The stride must
// be one for all states, because a slot has no length.
func NewNumbers(nodes, size int) Numbers {
	if size <= 0 || size > CopyMax {
		return Numbers{}
	}
	slotBits := min(numberBits, bits.Len(uint(nodes))+2)
	return Numbers{stride: size, shift: uint(64 - slotBits), states: make([]byte, size<<slotBits), numbers: make([]uint64, 1<<slotBits)}
}

// Works reports whether there is a cache.
func (c *Numbers) Works() bool { return c.stride > 0 }

// Find returns the slot of a state, and the number that was put there with it: 0 if
// the slot is empty or has another state.
func (c *Numbers) Find(state []byte) (slot int, number uint64) {
	// The mask changes nothing. With it, the compiler knows that the shift is less than
	// 64, and leaves out the instructions for larger ones.
	slot = int(spread(state) >> (c.shift & 63))
	if differs(c.states[slot*c.stride:][:len(state)], state) {
		return slot, 0
	}
	return slot, c.numbers[slot]
}

// Put puts a state and its number, which is not 0, into the state's slot.
func (c *Numbers) Put(slot int, state []byte, number uint64) {
	copy(c.states[slot*c.stride:][:len(state)], state)
	c.numbers[slot] = number
}

// Replace replaces a number in a slot, if it is still there: another state may have taken
// the slot over. Numbers of different states differ, so the old number tells whether the
// slot is still the state's.
func (c *Numbers) Replace(slot int, old, number uint64) {
	if c.numbers[slot] == old {
		c.numbers[slot] = number
	}
}

// spread hashes a state quickly. Two states that share a slot lose time. So the hash need
// not be good: all bytes are compared in any case.
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

// differs compares two short pieces of memory of one length. A call of the
// library's function costs more than the comparison.
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
