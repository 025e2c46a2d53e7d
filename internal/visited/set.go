// Package visited holds the states that a search has met.
//
// There are two kinds of [Set] in memory, and one on disk. [Exact] keeps the states and compares every
// byte: it takes no state for another. [Compact] keeps 72 bits of each state's
// fingerprint, in fewer bytes than most states have, and is wrong with the
// chance that [MissProbability] bounds. [Disk] decides as a compact set does and
// has most of it in files, for which it wants to be asked about many states at a
// time.
//
// All are cut into sixteen partitions by the first four bits of the
// fingerprint, so that each may have an owner and there is nothing to lock. In
// a partition the bits that follow choose a bucket by multiplication, which
// keeps their order: a table can have any number of buckets, grow by less than
// doubling, and growing goes through it in order, where it is if there is room
// behind it. A bucket is a cache line of eight entries, filled from the front, which
// makes a look-up one memory access unless the table is nearly full.
package visited

import "github.com/muster-mc/muster/internal/fingerprint"

// Set is what the search asks of either kind in memory.
type Set interface {
	// Insert puts candidates into the set, in order, and appends the indices of
	// those that were not in it to fresh. The candidates' indices are their
	// places in states. Goroutines may insert at the same time if no two of them
	// have candidates of one partition.
	Insert(candidates []Candidate, states *Encodings, fresh []uint64) []uint64

	// Len returns how many states are in the set.
	Len() uint64

	// Bytes returns how much memory the set holds.
	Bytes() uint64

	// Full reports whether a candidate was turned away for want of addresses,
	// after which the set is of no more use.
	Full() bool

	// Free gives the memory back. The set must not be used afterwards.
	Free()
}

// Partitions is how many independent parts a set has. Different parts may be
// used by different goroutines at the same time.
const Partitions = 16

const partitionBits = 4

// Candidate is a state that may be new: as much of its fingerprint as a set
// uses, and an index by which the caller knows it.
type Candidate struct {
	hash uint64 // partition and most of the word
	tail uint64 // the caller's index, and the last 8 bits of the fingerprint
}

// IndexMax is the largest index a candidate can have.
const IndexMax = 1<<56 - 1

// NewCandidate packs a fingerprint and an index of at most IndexMax.
func NewCandidate(p fingerprint.Print, index uint64) Candidate {
	return Candidate{p.Hash, index<<8 | p.Extra>>56}
}

// PartitionOf returns the partition that a fingerprint belongs to.
func PartitionOf(p fingerprint.Print) int { return int(p.Hash >> (64 - partitionBits)) }

// batch is how many look-ups are in flight together: their memory is fetched at
// once, not one after the other.
const batch = 64
