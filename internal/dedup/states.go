package dedup

import (
	"math/bits"

	"github.com/muster-mc/muster/internal/system"
)

// states is a cache of flat states, so that most duplicates are neither hashed nor
// written down. It compares every bit.
type states struct {
	stride int    // words of a state
	mask   uint64 // one less than the number of slots
	misses int    // since the last resize

	// A state for each slot, in one of these, by the stride: a size that the compiler
	// knows saves instructions where they count.
	twos   [][2]uint64
	pairs  *pairs // in place of twos, while the second words are small
	threes [][3]uint64
	words  []uint64
}

const (
	// At 2^15 slots the states take 256 KiB for each of their words. The bits that a
	// second word of pairs may have are as many.
	slotBits = 15
	flatMax  = 64 // bytes of the largest state that is remembered

	// firstBits are the bits that a cache starts with: a large one takes longer to
	// allocate than a small model to explore.
	firstBits = 6
)

func newStates(stride int) states {
	r := states{stride: stride}
	r.resize(firstBits)
	return r
}

// resize empties the cache and gives it 2^bits slots. Nothing is moved: the states come
// again, and to find the slots of old ones would take longer than to miss each once more.
func (r *states) resize(bits int) {
	slots := 1 << bits
	r.mask, r.misses = uint64(slots-1), 0
	switch r.stride {
	case 2:
		// A smaller cache cannot be pairs, whose slots must tell the second word.
		if r.twos = nil; bits == slotBits {
			r.pairs = newPairs()
			return
		}
		r.useTwos(slots)
	case 3:
		r.threes = make([][3]uint64, slots)
		r.threes[0][0] = elsewhere
	default:
		r.words = make([]uint64, r.stride*slots)
		r.words[0] = elsewhere
	}
}

func (r *states) useTwos(slots int) {
	r.twos = make([][2]uint64, slots)
	r.twos[0][0] = elsewhere
}

// elsewhere begins a state that does not belong into the first slot. Without it a new
// cache would have the state of zeros there. The other slots of a new cache may be zero,
// since no other slot is that of the state of zeros.
const elsewhere = 1

// Odd constants without structure: the digits of the golden ratio and of square
// roots.
const (
	factor0 = 0x9E3779B97F4A7C15
	factor1 = 0x6A09E667F3BCC909
	factor2 = 0xBB67AE8584CAA73B
)

// news writes into keep which of the first count states the cache has not, in order, and
// into slots where it has each of them from now on. A hit is as likely as a miss, and
// nothing foretells which it is: so there is no branch on it. A state is written into its
// slot whether it was there or not, since a write to a line that is in the processor's
// cache costs less than a wrong guess.
func (r *states) news(list []uint64, count int, keep *[system.PendingMax]uint8, slots *[system.PendingMax]uint32) int {
	n := uint(0)
	switch r.stride {
	case 1:
		n = newsOfOne((*[system.PendingMax]uint64)(list), uint(count), r.words, r.mask, keep, slots)
	case 2:
		pair := (*[2 * system.PendingMax]uint64)(list)
		if r.pairs != nil {
			if n, fit := r.pairs.news(pair, uint(count), keep, slots); fit {
				return int(n)
			}
			// The states of this call are looked up anew, in an empty cache. Those that
			// pairs knew pass as news once more, which costs time only.
			r.pairs = nil
			r.useTwos(r.size())
		}
		n = newsOfTwo(pair, uint(count), r.twos, r.mask, keep, slots)
	case 3:
		n = newsOfThree((*[3 * system.PendingMax]uint64)(list), uint(count), r.threes, r.mask, keep, slots)
	default:
		for i := range count {
			keep[n%system.PendingMax] = uint8(i)
			at, differs := r.swap(list[i*r.stride:][:r.stride])
			slots[i%system.PendingMax] = uint32(at)
			n += oneUnlessZero(differs)
		}
	}
	// A cache whose slots were written four times each is too small for the model. The
	// sizes are 2^6, 2^9, 2^12 and 2^15: growth by eight comes to slotBits exactly, which
	// resize relies on.
	if r.misses += int(n); r.misses >= 4*r.size() && r.size() < 1<<slotBits {
		r.resize(bits.Len64(r.mask) + 3)
	}
	return int(n)
}

// newsOfOne is news for states of one word. It is a function by itself, as are the next
// two, so that everything stays in registers: the fewer instructions a state takes, the
// more slots the processor waits for at a time. The product's high bits depend on all
// bits of the state, its low bits only on the low ones. So the slot is made of the high
// bits.
func newsOfOne(
	states *[system.PendingMax]uint64, count uint, known []uint64, mask uint64,
	keep *[system.PendingMax]uint8, slots *[system.PendingMax]uint32,
) (n uint) {
	_, _, _ = states[0], keep[0], slots[0] // so that the loop needs no checks of bounds
	for i := range min(count, system.PendingMax) {
		a := states[i]
		at := a * factor0 >> (64 - slotBits) & mask
		slots[i] = uint32(at)
		slot := &known[at]
		differs := a ^ *slot
		*slot = a
		keep[n%system.PendingMax] = uint8(i)
		n += oneUnlessZero(differs)
	}
	return n
}

func newsOfTwo(
	states *[2 * system.PendingMax]uint64, count uint, known [][2]uint64, mask uint64,
	keep *[system.PendingMax]uint8, slots *[system.PendingMax]uint32,
) (n uint) {
	_, _, _ = states[0], keep[0], slots[0] // so that the loop needs no checks of bounds
	for i := range min(count, system.PendingMax) {
		a, b := states[2*i], states[2*i|1]
		at := (a*factor0 + b*factor1) >> (64 - slotBits) & mask
		slots[i] = uint32(at)
		slot := &known[at]
		differs := (a ^ slot[0]) | (b ^ slot[1])
		slot[0], slot[1] = a, b
		keep[n%system.PendingMax] = uint8(i)
		n += oneUnlessZero(differs)
	}
	return n
}

func newsOfThree(
	states *[3 * system.PendingMax]uint64, count uint, known [][3]uint64, mask uint64,
	keep *[system.PendingMax]uint8, slots *[system.PendingMax]uint32,
) (n uint) {
	_, _, _ = states[0], keep[0], slots[0] // so that the loop needs no checks of bounds
	for i := range min(count, system.PendingMax) {
		a, b, c := states[3*i], states[3*i+1], states[3*i+2]
		at := (a*factor0 + b*factor1 + c*factor2) >> (64 - slotBits) & mask
		slots[i] = uint32(at)
		slot := &known[at]
		differs := (a ^ slot[0]) | (b ^ slot[1]) | (c ^ slot[2])
		slot[0], slot[1], slot[2] = a, b, c
		keep[n%system.PendingMax] = uint8(i)
		n += oneUnlessZero(differs)
	}
	return n
}

// swap remembers a state, and returns its slot, and zero if it was remembered. A
// multiplication moves bits up only. The rotation brings the high bits of the words
// before down again, so that they are not lost.
func (r *states) swap(state []uint64) (at, differs uint64) {
	hash := uint64(0)
	for _, word := range state {
		hash = (bits.RotateLeft64(hash, 29) ^ word) * factor0
	}
	at = hash >> (64 - slotBits) & r.mask
	slot := r.words[at*uint64(r.stride):][:len(state)]
	for i, word := range state {
		differs |= word ^ slot[i]
		slot[i] = word
	}
	return at, differs
}

// size is the number of slots.
func (r *states) size() int { return int(r.mask) + 1 }

// oneUnlessZero is 0 for 0 and otherwise 1, without a branch.
func oneUnlessZero(x uint64) uint {
	if x != 0 {
		return 1
	}
	return 0
}
