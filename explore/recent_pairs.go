package explore

import "github.com/muster-mc/muster/internal/system"

// pairs remembers states of two words of which the second is a number below
// 2^recentBits, as it often is: what does not fit eight bytes is a counter or two.
// Then a slot need not hold it. Where a state belongs is its second word, scrambled
// by its first, so that those two tell the second (the quotienting of Knuth, The Art
// of Computer Programming 3, exercise 6.4-13): half the memory, twice as often in
// the cache.
type pairs [1 << recentBits]uint64

// nothing is what an empty slot holds, a number that processors compare with in one
// instruction. A state that begins so does not fit pairs.
const nothing = 1<<64 - 1_640_531_527

func newPairs() *pairs {
	p := new(pairs)
	for i := range p {
		p[i] = nothing
	}
	return p
}

// news is newsOfTwo. When it reports that not all states fit, what it says of them
// is of no use, and nor is what it remembers.
func (p *pairs) news(
	states *[2 * system.PendingMax]uint64, count uint,
	keep *[system.PendingMax]uint8, slots *[system.PendingMax]uint32,
) (n uint, fit bool) {
	_, _, _, _ = states[0], keep[0], slots[0], p[0] // so that it is known in the loop that there are these
	all := uint64(0)
	for i := range min(count, system.PendingMax) {
		a, b := states[2*i], states[2*i|1]
		if a == nothing {
			return 0, false
		}
		all |= b
		at := (a*factor0>>(64-recentBits) ^ b) % (1 << recentBits)
		slots[i] = uint32(at)
		slot := &p[at]
		differs := a ^ *slot
		*slot = a
		keep[n%system.PendingMax] = uint8(i)
		n += oneUnlessZero(differs)
	}
	return n, all < 1<<recentBits
}
