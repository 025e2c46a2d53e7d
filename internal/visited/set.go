// Package visited has the sets of states that a search has visited. They decide
// whether a generated state is new, which is the most frequent question of a
// search and the one that takes most of its memory.
//
// There are three kinds of set:
//
//   - [Exact] keeps whole states and compares them byte by byte, so that it never
//     takes two states for one.
//   - [Compact] keeps 72 bits of each state's fingerprint in 8 bytes, fewer than
//     most states have. Two states that agree in these bits are taken for one;
//     [MissProbability] bounds the probability of that.
//   - [Disk] decides as Compact does, and keeps most fingerprints in sorted files.
//     It is asked about many states at a time (delayed duplicate detection).
//
// A [Store] has one of them in use, and converts it to the next kind when memory is
// short.
//
// # Layout
//
// All sets have sixteen partitions, selected by the first four bits of the
// fingerprint. Each partition has its own table, so that goroutines can work on
// different partitions without locks.
//
// The bits after these four select a bucket by multiplication: a table of n
// buckets puts the word w into bucket w*n / 2^64. This keeps the order of the
// words, and n need not be a power of two. So a table can grow by a quarter
// instead of doubling, and growing visits the old and the new table in order. If
// there is reserved address space behind a table, it grows in place.
//
// A bucket is one cache line of eight entries, filled from the front. Unless a
// table is nearly full, a look-up reads a single cache line. Look-ups are made in
// batches, so that the processor fetches many cache lines at the same time (group
// prefetching: Chen, Ailamaki, Gibbons, Mowry, "Improving Hash Join Performance
// through Prefetching", 2004).
package visited

import "github.com/muster-mc/muster/internal/fingerprint"

// Set is the common interface of the sets in memory.
type Set interface {
	// Insert adds candidates to the set, in order, and appends to fresh the
	// indices of those that were not in the set. The index of a candidate is the
	// index of its encoding in states. Goroutines may insert at the same time if
	// no partition has candidates from two of them.
	Insert(candidates []Candidate, states *Encodings, fresh []uint64) []uint64

	// Len returns the number of states in the set.
	Len() uint64

	// Bytes returns the size of the set's memory.
	Bytes() uint64

	// Full reports whether the set had to refuse a candidate because it has no
	// more addresses for states. The set is then unusable.
	Full() bool

	// Free releases the memory. The caller must not use the set any more.
	Free()
}

// Partitions is the number of independent parts of a set. Different goroutines may
// use different parts at the same time.
const Partitions = 16

// partitionBits is the number of bits of a fingerprint that select the partition.
const partitionBits = 4

// Candidate stands for a state that may be new. It has the bits of the state's
// fingerprint that a set uses, and an index that the caller chooses. It takes 16 bytes
// and no state, so that the owners of partitions go through lists of them without
// touching the encodings.
type Candidate struct {
	hash uint64 // the partition and most of the word
	tail uint64 // the caller's index and the last 8 bits of the fingerprint
}

// IndexMax is the largest index a candidate can have.
const IndexMax = 1<<56 - 1

// NewCandidate packs a fingerprint and an index of at most IndexMax.
func NewCandidate(p fingerprint.Print, index uint64) Candidate {
	return Candidate{p.Hash, index<<8 | p.Extra>>56}
}

// Index returns the caller's index.
func (c Candidate) Index() uint64 { return c.tail >> 8 }

// PartitionOf returns the partition that a fingerprint belongs to.
func PartitionOf(p fingerprint.Print) int { return int(p.Hash >> (64 - partitionBits)) }

// batch is the number of look-ups that are made together, so that their cache
// misses overlap.
const batch = 64

// Encodings is a list of encoded states in one slice of bytes. States of one size need no
// list of ends. The memory is one piece, because many small ones would be work for the
// garbage collector.
type Encodings struct {
	size int // of each state, or negative if sizes vary
	data []byte
	ends []uint64 // the end of each state in data, if sizes vary
}

// NewEncodings returns an empty list of states of the given size. The size is
// negative if sizes vary.
func NewEncodings(size int) Encodings { return Encodings{size: size} }

// Reset removes all states and keeps the memory.
func (e *Encodings) Reset() { e.data, e.ends = e.data[:0], e.ends[:0] }

// Add appends a state.
func (e *Encodings) Add(state []byte) {
	e.data = append(e.data, state...)
	if e.size < 0 {
		e.ends = append(e.ends, uint64(len(e.data)))
	}
}

// At returns the state with index i.
func (e *Encodings) At(i uint64) []byte {
	if e.size >= 0 {
		size := uint64(e.size)
		return e.data[i*size : (i+1)*size]
	}
	start := uint64(0)
	if i > 0 {
		start = e.ends[i-1]
	}
	return e.data[start:e.ends[i]]
}

// Bytes returns the length of all encodings together.
func (e *Encodings) Bytes() int { return len(e.data) }

// Held returns the size of the list's memory.
func (e *Encodings) Held() uint64 { return uint64(cap(e.data) + 8*cap(e.ends)) }
