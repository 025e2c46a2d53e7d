package explore

import (
	"math/bits"

	"github.com/muster-mc/muster/internal/fingerprint"
	"github.com/muster-mc/muster/internal/frontier"
	"github.com/muster-mc/muster/internal/predecessor"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/internal/visited"
)

const (
	// fragmentStates is the most states that are handed out together with no
	// way to part them.
	fragmentStates = 256

	// blockStates is the most states of a block: what is written about each
	// must be worth the cost of handing a block out, and fit the cache.
	blockStates = 1 << system.ParentBits

	// blockBytes ends a block of large states early.
	blockBytes = 64 << 10

	// roundBlocks is how many blocks a round has for each worker. With fewer,
	// workers spend their time waiting for each other; a single worker waits
	// for nobody, and keeps what it writes in the cache.
	roundBlocks     = 64
	roundBlocksSole = 8

	// stretches is into how many stretches of blocks each worker's share of what
	// is left of a round is cut when it takes the next one.
	stretches = 3
)

// block is the unit of work: some states of a level in order, and what became
// of them.
type block struct {
	parentFragments []frontier.Fragment
	from, to        int    // where in the level they are
	first           uint64 // the number of the first parent
	parents         int
	loaded          []byte // parents that were in a file

	// What expanding wrote. A candidate is a successor that may be new.
	made       []uint64 // successors made in this block before each parent's
	generated  uint64
	candidates [][]visited.Candidate // by owner
	origins    []system.Origin       // by candidate
	states     visited.Encodings     // the candidates' states
	coverage   []coverage            // of actions
	applied    []uint64              // by implication: to how many states or steps it applied
	noted      noted                 // all steps, if the graph of them is made
	keys       []uint64              // by candidate, to find their numbers by, or
	places     []visited.Place       // where a set that has those has them
	maker      int                   // the worker that expanded it

	// What the owners and the collector wrote.
	fresh   [][]uint64 // by owner: the candidates that are new
	order   []uint64   // the same, by candidate
	isFresh []uint64   // the same, a bit for each candidate
	bytes   uint64     // how long those are together
	links   predecessor.Part
	next    []frontier.Fragment
	numbers int // how many states there were before those

	slot int    // its place among blocks that are postponed
	base uint64 // added to its candidates' indices, they are unique among those
}

// coverage is how often an action was tried, was enabled, and led to a new
// state.
type coverage struct{ attempts, enabled, discovered uint64 }

func (c *coverage) add(d coverage) {
	c.attempts += d.attempts
	c.enabled += d.enabled
	c.discovered += d.discovered
}

// tally is what a block adds to the counts.
type tally struct{ generated, distinct, bytes uint64 }

func (b *block) tally() tally { return tally{b.generated, uint64(len(b.order)), b.bytes} }

// newBlock returns a block for so many owners, actions and implications, and
// states of this size.
func newBlock(owners, actions, implications, size int) block {
	return block{
		candidates: make([][]visited.Candidate, owners),
		fresh:      make([][]uint64, owners),
		coverage:   make([]coverage, actions),
		applied:    make([]uint64, implications),
		states:     visited.NewEncodings(size),
	}
}

// begin empties the block for new use.
func (b *block) begin(first uint64, parents int) {
	b.first, b.parents, b.generated = first, parents, 0
	b.from, b.to = 0, 0
	b.parentFragments = b.parentFragments[:0]
	b.made, b.origins = b.made[:0], b.origins[:0]
	b.keys, b.noted.leads, b.noted.how = b.keys[:0], b.noted.leads[:0], b.noted.how[:0]
	b.states.Reset()
	b.order, b.next, b.bytes = b.order[:0], b.next[:0], 0
	b.links.Reset()
	for i := range b.candidates {
		b.candidates[i] = b.candidates[i][:0]
	}
	clear(b.coverage)
	clear(b.applied)
}

// take adds fragments from the level, from index at on, up to so many states.
// It returns the index of the first one left over.
func (b *block) take(level []frontier.Fragment, at, states int) int {
	bytes := 0
	b.from = at
	for ; at < len(level); at++ {
		f := level[at]
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

// add appends a candidate.
func (b *block) add(p fingerprint.Print, o system.Origin, state []byte, owners *[visited.Partitions]uint8) {
	list := &b.candidates[owners[visited.PartitionOf(p)]]
	*list = append(*list, visited.NewCandidate(p, uint64(len(b.origins))))
	b.origins = append(b.origins, o)
	b.states.Add(state)
}

// at is the moment at which a candidate was made.
func (b *block) at(o system.Origin) moment { return with(b.first+o.Parent(), o.Ordinal()) }

// sortFresh merges what each owner found to be new into the order in which it
// was made: a bit for each candidate is set and then read in order.
func (b *block) sortFresh() {
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

// until is how many successors and new states the block has up to and including
// a moment.
func (b *block) until(end moment) tally {
	t := tally{generated: b.made[end.parent-b.first] + end.ordinal()}
	if end.ofSuccessor() {
		t.generated++
	}
	for _, i := range b.order {
		if end.less(b.at(b.origins[i])) {
			break
		}
		t.distinct++
		t.bytes += uint64(len(b.states.At(i)))
	}
	return t
}
