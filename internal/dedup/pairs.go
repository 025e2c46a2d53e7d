package dedup

import "github.com/muster-mc/muster/internal/system"

// pairs is a cache of states of two words whose second word is less than 2^slotBits, as
// it often is: a counter or two did not fit the first eight bytes. The second word is not
// stored. A state's slot is its second word, scrambled by its first, so that the slot and
// the first word tell the second (quotienting: Knuth, The Art of Computer Programming 3,
// exercise 6.4-13). The memory is half as large, and so in the processor's cache more
// often. A scrambled number is the exclusive or of both, and the same operation undoes
// it: two states with one first word and different second words have different slots.
type pairs [1 << slotBits]uint64

// nothing is the content of an empty slot: a number that processors compare with in one
// instruction. A state that begins with it does not fit pairs. No constant in the slots
// would do for all states, as elsewhere does in the other caches: a state of zeros but
// for the second word may have any slot.
const nothing = 1<<64 - 1_640_531_527

func newPairs() *pairs {
	p := new(pairs)
	for i := range p {
		p[i] = nothing
	}
	return p
}

// news is newsOfTwo. It reports whether all states fit; if not, keep, slots and the cache
// are worthless. The second words are checked once in the end and not one by one. By then
// a state that does not fit may be in a wrong slot, which is why nothing is worth
// anything then.
func (p *pairs) news(
	states *[2 * system.PendingMax]uint64, count uint,
	keep *[system.PendingMax]uint8, slots *[system.PendingMax]uint32,
) (n uint, fit bool) {
	_, _, _, _ = states[0], keep[0], slots[0], p[0] // so that the loop needs no checks of bounds
	all := uint64(0)
	for i := range min(count, system.PendingMax) {
		a, b := states[2*i], states[2*i|1]
		if a == nothing {
			return 0, false
		}
		all |= b
		at := (a*factor0>>(64-slotBits) ^ b) % (1 << slotBits)
		slots[i] = uint32(at)
		slot := &p[at]
		differs := a ^ *slot
		*slot = a
		keep[n%system.PendingMax] = uint8(i)
		n += oneUnlessZero(differs)
	}
	return n, all < 1<<slotBits
}
