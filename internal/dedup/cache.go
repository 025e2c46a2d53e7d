// Package dedup has the caches by which a worker drops states that it generated
// recently: most of them. They are small enough to stay in the second level of the
// processor's cache.
//
// A cache is as strict as the visited set, and a worker takes blocks in order. So a
// state that a cache has was generated earlier in the order of the search, and the
// visited set would drop it too. A cache changes nothing but speed.
package dedup

import (
	"github.com/muster-mc/muster/internal/fingerprint"
	"github.com/muster-mc/muster/internal/system"
)

// Cache is a worker's cache of states. Flat states of up to 64 bytes are compared bit by
// bit before they are hashed; all others are known by their fingerprints. Keep, slots and
// print are arrays of the cache, so that News allocates nothing. They are valid until the
// next News.
type Cache struct {
	hasher *fingerprint.Hasher
	flat   bool // states decides, otherwise prints
	states states
	prints prints

	keep  [system.PendingMax]uint8
	slots [system.PendingMax]uint32
	print [system.PendingMax]fingerprint.Print // unless flat
}

// nowhere is the slot of a state that is not cached. The number is -1 as a uint32, the
// form in which slots are kept.
const nowhere = 1<<32 - 1

// Strictness is how the visited set tells states apart.
type Strictness int

// The kinds of strictness.
const (
	ByFingerprint Strictness = iota // two states with the same fingerprint are one
	ByState                         // all bytes are compared
)

// New returns an empty cache for the successors that wait in p, of a system whose states
// are encoded so. Flat states need no strictness: a comparison of all bits is as strict
// as any set. The fingerprints of the others are handed on to the set, so the hasher must
// be one of the search's.
func New(c system.Codec, p *system.Pending, h *fingerprint.Hasher, s Strictness) Cache {
	switch {
	case c.Flat() && c.Size() <= flatMax:
		return Cache{hasher: h, flat: true, states: newStates(p.Stride)}
	case s == ByState:
		return Cache{hasher: h, prints: newExactPrints(c.Size())}
	}
	return Cache{hasher: h, prints: newPrints()}
}

// IsFlat reports whether states are compared bit by bit, all pending ones together.
func (c *Cache) IsFlat() bool { return c.flat }

// News returns which of the pending successors the cache did not have, in order. It has
// all of them then, as far as they do not displace each other. A state that is pending
// twice is news once: each state is put into the cache before the next one is looked up.
func (c *Cache) News(p *system.Pending) []uint8 {
	if c.flat {
		return c.keep[:c.states.news(p.Words, int(p.Count), &c.keep, &c.slots)]
	}
	n := 0
	for i := range int(p.Count) {
		c.print[i] = c.hasher.Of(p.Encoded[i])
		slot, met := c.prints.meet(c.print[i], p.Encoded[i])
		c.slots[i] = uint32(slot)
		if !met {
			c.keep[n] = uint8(i)
			n++
		}
	}
	// Only after the last state, so that all slots of this call are slots of one size.
	c.prints.growIfBusy()
	return c.keep[:n]
}

// Print is the fingerprint of a pending successor that the last News returned. A flat
// state is hashed only here, so the states that the cache drops are never hashed. Of
// other states the cache has the fingerprint already.
func (c *Cache) Print(i uint8, state []byte) fingerprint.Print {
	if c.flat {
		return c.hasher.Of(state)
	}
	return c.print[i]
}

// Slot is where the cache has a successor that was pending at the last News; -1 if
// nowhere. Slots mean nothing any more when there are others than before.
func (c *Cache) Slot(i int) int {
	if c.slots[i] == nowhere {
		return -1
	}
	return int(c.slots[i])
}

// Slots is the number of slots.
func (c *Cache) Slots() int {
	if c.flat {
		return c.states.size()
	}
	return len(c.prints.slots)
}

// Meet puts one encoded state into a cache that is not flat, and returns its slot. The
// cache does not grow here, so the slots that News returned keep their meaning.
func (c *Cache) Meet(state []byte) (slot int) {
	if !c.prints.takes(state) {
		return -1 // without a fingerprint, which nothing else needs
	}
	slot, _ = c.prints.meet(c.hasher.Of(state), state)
	return slot
}
