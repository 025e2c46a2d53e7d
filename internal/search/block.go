package search

import (
	"math/bits"

	"github.com/muster-mc/muster/internal/fingerprint"
	"github.com/muster-mc/muster/internal/frontier"
	"github.com/muster-mc/muster/internal/predecessor"
	"github.com/muster-mc/muster/internal/steplog"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/internal/visited"
)

const (
	// fragmentStates is the most states of a fragment, which is handed out as a whole.
	fragmentStates = 256

	// blockStates is the most states of a block: enough that handing out a block costs
	// little beside the work on it, and few enough that its results fit the processor's
	// cache. An Origin has no more bits for a parent.
	blockStates = 1 << system.ParentBits

	// blockBytes is the size of the parents' encodings at which a block of large states
	// ends early: its successors are about as large each, and all of them are held.
	blockBytes = 64 << 10

	// roundBlocks is the number of blocks of a round for each worker. With fewer,
	// workers spend their time waiting for each other. A single worker never waits,
	// and keeps in the cache what it writes.
	roundBlocks     = 64
	roundBlocksSole = 8
)

// block is the unit of work: some states of a level in order, and what became of
// them.
//
// A block belongs to one goroutine at a time: to the worker that expands it, then to all
// owners of partitions, each with lists of its own, then to the worker that collects it,
// which may be another one, and then to the goroutine that runs the search, which commits
// it. The barriers between the phases hand the block on, so no field needs a lock.
//
// A candidate is known by its index in the block, in the order in which it was made. The
// index finds its origin, its state, its key and its place.
type block struct {
	parentFragments []frontier.Fragment
	from, to        int    // their places in the level
	first           uint64 // the number of the first parent
	parents         int
	loaded          []byte // parents that were in a file

	// Written when the block is expanded. A candidate is a successor that may be new.
	made       []uint64 // successors made in this block before each parent's
	generated  uint64
	candidates [][]visited.Candidate // by owner
	origins    []system.Origin       // by candidate
	orbits     []uint64              // by candidate: the states for which it stands, if one state of each orbit is searched
	outside    []system.Origin       // successors that do not satisfy the constraint, duplicates included
	states     visited.Encodings     // the candidates' states
	coverage   []Coverage            // of actions
	applied    []uint64              // by implication: the number of states or steps to which it applied
	steps      steplog.Steps         // all steps, if they are observed
	keys       []uint64              // by candidate, to find their numbers by, or
	places     []visited.Place       // the candidates' places in a set that has numbers
	maker      int                   // the worker that expanded the block
	wide       int                   // the place of a parent with too many successors for a block, -1 if there is none
	partial    bool                  // the last parent has more successors
	tried      uint64                // attempts on the first parent in earlier blocks

	// Written by the owners and the collector.
	fresh     [][]uint64 // by owner: the candidates that are new
	order     []uint64   // the same, by candidate
	isFresh   []uint64   // the same, a bit for each candidate
	bytes     uint64     // the length of those together
	symmetric uint64     // the states in the orbits of those together
	sizes     []uint64   // of the orbits of the new states, if one state of each orbit is searched
	links     predecessor.Part
	next      []frontier.Fragment
	numbers   int // the number of states before those

	// Only with a set on disk, which is asked about many blocks together.
	slot int    // the block's place among delayed blocks
	base uint64 // the candidates of the delayed blocks before: index plus base is unique among all of them
}

// Coverage is how often an action was tried, was enabled, and led to a new state.
type Coverage struct{ Attempts, Enabled, Discovered uint64 }

func (c *Coverage) add(d Coverage) {
	c.Attempts += d.Attempts
	c.Enabled += d.Enabled
	c.Discovered += d.Discovered
}

// tally is what a block adds to the counts: successors made, those of them outside the
// constraint, new states, the bytes of their encodings, and the states of their orbits.
//
// The parts of a block can be tallied too, so that a search which ends within a block
// counts exactly what a sequential search would have counted.
type tally struct{ generated, outside, distinct, bytes, symmetric uint64 }

func (b *block) tally() tally {
	return tally{b.generated, uint64(len(b.outside)), uint64(len(b.order)), b.bytes, b.symmetric}
}

// newBlock returns a block for this many owners, actions and implications, and
// states of this size.
func newBlock(owners, actions, implications, size int) block {
	return block{
		candidates: make([][]visited.Candidate, owners),
		fresh:      make([][]uint64, owners),
		coverage:   make([]Coverage, actions),
		applied:    make([]uint64, implications),
		states:     visited.NewEncodings(size),
	}
}

// begin empties the block for new use, and keeps its memory. The lists of new candidates
// are not emptied here: deduplication begins each of them anew.
func (b *block) begin(first uint64, parents int) {
	b.first, b.parents, b.generated = first, parents, 0
	b.wide, b.partial, b.tried = -1, false, 0
	b.from, b.to = 0, 0
	b.parentFragments = b.parentFragments[:0]
	b.made, b.origins, b.outside = b.made[:0], b.origins[:0], b.outside[:0]
	b.keys, b.orbits = b.keys[:0], b.orbits[:0]
	b.steps.Reset()
	b.states.Reset()
	b.order, b.next, b.bytes = b.order[:0], b.next[:0], 0
	b.symmetric, b.sizes = 0, b.sizes[:0]
	b.links.Reset()
	for i := range b.candidates {
		// The memory of the lists stays with the block: blocks are used again, round after
		// round.
		b.candidates[i] = b.candidates[i][:0]
	}
	clear(b.coverage)
	clear(b.applied)
}

// take adds fragments from the level, from index at on, up to this many states. It
// returns the index of the first one left over. The first fragment is taken whatever its
// size, for otherwise a large state would never be expanded.
func (b *block) take(level []frontier.Fragment, at, states int) int {
	bytes := 0
	b.from = at
	for ; at < len(level); at++ {
		f := level[at]
		// Bytes are limited as well as states: the successors of large states are large,
		// and a round holds all of them.
		if b.parents > 0 && (b.parents+f.States > states || bytes+f.Bytes() > blockBytes) {
			break
		}
		b.parentFragments = append(b.parentFragments, f)
		b.parents += f.States
		bytes += f.Bytes()
	}
	b.to = at
	return at
}

// end is the number of the first state after the parents.
func (b *block) end() uint64 { return b.first + uint64(b.parents) }

// add appends a candidate. The candidate goes straight to the list of the worker that
// owns its partition, so that owners need not look through each other's candidates.
func (b *block) add(p fingerprint.Print, o system.Origin, state []byte, owners *[visited.Partitions]uint8) {
	list := &b.candidates[owners[visited.PartitionOf(p)]]
	*list = append(*list, visited.NewCandidate(p, uint64(len(b.origins))))
	b.origins = append(b.origins, o)
	b.states.Add(state)
}

// leave notes a successor outside the constraint.
func (b *block) leave(o system.Origin) { b.outside = append(b.outside, o) }

// at is the position of a successor.
func (b *block) at(o system.Origin) Position { return With(b.first+o.Parent(), o.Ordinal()) }

// sortFresh merges the new candidates of all owners into the order in which they were
// made: a bit for each candidate is set and then read in order. That is linear in the
// number of candidates, however many owners there are.
func (b *block) sortFresh() {
	// With one owner there is one list, which is in order already.
	if len(b.fresh) == 1 {
		b.order = append(b.order[:0], b.fresh[0]...)
		return
	}
	words := (len(b.origins) + 63) / 64
	b.isFresh = append(b.isFresh[:0], make([]uint64, words)...)
	for _, list := range b.fresh {
		for _, i := range list {
			b.isFresh[i/64] |= 1 << (i % 64)
		}
	}
	b.order = b.order[:0]
	for word, set := range b.isFresh {
		for ; set != 0; set &= set - 1 {
			b.order = append(b.order, uint64(word*64+bits.TrailingZeros64(set)))
		}
	}
}

// until tallies the successors, those outside the constraint and the new states of the
// block up to and including a position. Both lists are in the order of the search, so
// the first entry after the position ends each loop.
func (b *block) until(end Position) tally {
	t := tally{generated: b.made[end.Parent-b.first] + end.Ordinal()}
	if end.OfSuccessor() {
		t.generated++
	}
	for _, o := range b.outside {
		if end.Less(b.at(o)) {
			break
		}
		t.outside++
	}
	for at, i := range b.order {
		if end.Less(b.at(b.origins[i])) {
			break
		}
		t.distinct++
		if len(b.sizes) > 0 {
			t.symmetric += b.sizes[at]
		}
		t.bytes += uint64(len(b.states.At(i)))
	}
	return t
}

// allSteps are the steps from the states of the block. It reports false if some are
// missing, because something panicked.
func (b *block) allSteps() (n steplog.Steps, ok bool) {
	n = b.steps
	n.First, n.Made = b.first, b.made
	return n, uint64(len(n.Targets)) == b.generated && len(n.Made) == b.parents
}

// held is the memory that a block holds, in bytes, of those lists that grow with the
// number of candidates. Most elements are words; a candidate has two.
func (b *block) held() uint64 {
	words := cap(b.made) + cap(b.origins) + cap(b.outside) + cap(b.order) + cap(b.isFresh)
	words += cap(b.keys) + cap(b.places) + cap(b.sizes) + cap(b.orbits)
	for i := range b.candidates {
		words += 2*cap(b.candidates[i]) + cap(b.fresh[i])
	}
	return uint64(8*words+cap(b.loaded)) + b.steps.Held() + b.states.Held()
}

// Block is what an [Observer] sees of a block.
type Block struct{ block *block }

// New returns the encoding of one of the block's new states, by its place among
// them, and the place of its parent in the block.
func (b *Block) New(i uint64) (state []byte, parent uint64) {
	c := b.block.order[i]
	return b.block.states.At(c), b.block.origins[c].Parent()
}

// Parents are the encoded states of the block, in order.
func (b *Block) Parents() []frontier.Fragment { return b.block.parentFragments }
