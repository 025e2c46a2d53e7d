// Package search is the breadth-first search: it visits every state that a system can
// reach, and finds out which of its properties are violated or reached, and where.
//
// A search takes a [Config] and gives a [Result], in which everything is numbers:
// states are numbered in the order in which a sequential search finds them, and a
// [Finding] is a [Position] in that order. Package explore words the result as a
// report. What else wants to see the states is an [Observer].
//
// # Rounds
//
// A level is cut into blocks of up to 1,024 states, and worked through in rounds of
// many blocks. A round has three phases, with a barrier between them:
//
//   - Expand: each worker takes blocks, runs every action in every way on their
//     states, and writes the successors that its cache does not drop into the block,
//     as candidates, by the worker that owns the partition of the fingerprint.
//   - Deduplicate: each worker goes through all blocks in order and inserts the
//     candidates that it owns into its partitions of the visited set, without locks
//     (U. Stern, D. L. Dill: Parallelizing the Murphi Verifier. CAV 1997).
//   - Collect: each worker takes blocks, and puts their new states in order, writes
//     them into the next level and the predecessor log, and judges them.
//
// A commit then numbers the new states: prefix sums over the blocks, and the only
// part of a round that one goroutine does alone.
//
// The order of blocks, parents, actions and answers is that of a search with one
// queue. So counts, findings and traces do not depend on the number of workers or the
// size of blocks. A search that ends in the middle of a round takes back what comes
// after the earliest finding that ends it.
//
// With a set on disk there is a detour between the last two phases: see delayed.go.
package search

import (
	"context"
	"sync"
	"sync/atomic"

	"github.com/muster-mc/muster/internal/fingerprint"
	"github.com/muster-mc/muster/internal/frontier"
	"github.com/muster-mc/muster/internal/predecessor"
	"github.com/muster-mc/muster/internal/search/snapshot"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/internal/visited"
	"github.com/muster-mc/muster/model"
)

// Search is one run of the search.
type Search struct {
	config Config
	plan   plan
	shares shares

	// The states that were found: store decides which are new, slabs and files have
	// the frontier, log has the way to each state, archive keeps all levels if
	// Config.KeepStates asks for that.
	store    *visited.Store
	files    files
	slabs    frontier.Pool
	log      predecessor.Log
	ledger   *Ledger // of a search whose levels are made elsewhere; otherwise nil
	archive  Archive
	verdicts *verdicts // nil if no property has use for it
	workers  []*worker
	pool     *Pool

	// The workers of Pieces. Another goroutine may ask for them while Pieces are made.
	othersMutex sync.Mutex
	others      []*worker

	// Where the search stands. Only the goroutine that runs the search changes these
	// fields, and only between phases, so the workers read them without locks. During a
	// phase a worker advances the cursor, and writes into blocks that it has taken.
	level    level
	blocks   []block      // of this round
	cursor   atomic.Int64 // the next block to take
	inserted bool         // this round's new states are in the set, but not yet in the log or the next level
	partial  bool         // some successors of the last parent are in the counts, but not all
	delayed  delayed      // blocks whose new states are not known yet
	steps    StepObserver // nil if there is none
	linking  *linking     // nil unless the steps are observed

	// The results. Workers note their part in their blocks and in themselves, and a
	// commit adds it: a round that is given up leaves no trace here.
	counts     Counts
	stateBytes uint64     // of all distinct states together
	coverage   []Coverage // of actions
	applied    []uint64   // by implication
	guards     model.Guards
	found      Findings
	stop       *Stop

	// Every goroutine may read these, and set the first two, at any time.
	cancelled atomic.Bool              // the context was cancelled, or files failed: give up as soon as possible
	failure   atomic.Pointer[error]    // of files
	refilling atomic.Pointer[refiller] // which makes states again, for IsStuck
	peak      uint64                   // the most memory that was held
	blockPeak uint64                   // by one block
}

// level is the states that are expanded, and those that they lead to.
//
// The numbers of a level's states are consecutive: states are numbered in the order of
// the search, which is level by level. So the place of a state in its level and its
// number differ by a constant, and no state needs to carry its number.
//
// With a set on disk, expansion runs ahead: at and first then stand behind the delayed
// blocks, and the committed pair before them. Otherwise both pairs are equal between
// the rounds of a search that goes on.
type level struct {
	states, next []frontier.Fragment
	making       int    // the level of next: 0 is that of the initial states
	at           int    // the first fragment of states that is yet to be expanded
	first        uint64 // the number of its first state

	// The same for the states that are in the counts, the log and next too.
	committedAt    int
	committedFirst uint64

	wide uint64 // one more than the number of a state that is expanded alone; 0 if there is none
}

// Counts is the size of the space that was searched.
type Counts = snapshot.Counts

// New prepares a search. Close must be called after it, also after an error.
func New(c Config) (s *Search, err error) {
	c.setDefaults()
	s = &Search{config: c, plan: c.plan(), shares: sharesOf(c.Memory)}
	s.store = visited.NewStore(c.Store, c.System.Codec.Size())
	s.slabs.For(s.shares.frontier)
	s.pool = newPool(c.workers())
	s.log.ChunkBytes = c.Tuning.LogChunk
	s.coverage = make([]Coverage, len(s.plan.actions))
	s.applied = make([]uint64, len(s.plan.implications))
	s.found = newFindings(len(c.System.Properties), c.Traces)
	if s.verdicts, err = newVerdicts(c.System.Properties, c.Tuning.Verdicts); err != nil {
		return s, err
	}
	for i := range c.workers() {
		w, err := newWorker(s, i)
		if err != nil {
			return s, err
		}
		s.workers = append(s.workers, w)
	}
	s.files, err = newFiles(&c)
	return s, err
}

// Close gives back everything that the search holds. Its Result stays.
func (s *Search) Close() {
	s.pool.stop()
	s.store.Free()
	s.verdicts.close()
	s.linking.free()
	s.files.Close() // a file that cannot be removed is left to the next run
	s.log.Free()
	s.slabs.Free()
}

// Run searches level by level until there is nothing left or a reason to stop. A search
// that [Search.Load] has put somewhere goes on from there.
func (s *Search) Run() {
	defer s.saveLast()
	s.beginLinking()
	if s.counts.Distinct == 0 { // no checkpoint was loaded
		s.expandRoot()
	}
	s.expandLevel() // the rest of one, in a resumed run
	for s.stop == nil && len(s.level.next) > 0 {
		if most := s.config.MaxDepth; most > 0 && s.counts.Depth >= most {
			s.stop = &Stop{Reason: reasonDepth(most)}
			return
		}
		s.nextLevel()
		s.expandLevel()
	}
}

// Listen has the search notice that a context is cancelled, until the function that it
// returns is called.
func (s *Search) Listen(ctx context.Context) (release func()) {
	s.cancelled.Store(ctx.Err() != nil) // AfterFunc takes its time, even if it is over already
	stop := context.AfterFunc(ctx, func() {
		s.cancelled.Store(true)
		if s.config.Tuning.Heard != nil {
			close(s.config.Tuning.Heard)
		}
	})
	return func() { stop() }
}

// expandRoot makes the initial states: the successors of a state before the first,
// by way of Init. The root goes through the same rounds as every other parent, so limits,
// panics and properties need no second treatment. The root has the number 0, as the first
// initial state has; Finding.Initial tells the two apart.
func (s *Search) expandRoot() {
	for _, w := range s.workers {
		w.Root = true
	}
	s.expandInParts(func(b *block) { b.begin(0, 1) })
	s.counts.Initial = s.counts.Distinct
	for _, w := range s.workers {
		w.Root = false
	}
}

// nextLevel makes the next level the current one. All blocks of the old level must be
// committed. The old level's list becomes the new next one: its fragments were released,
// or belong to the archive, which copied them.
func (s *Search) nextLevel() {
	l := &s.level
	l.first = s.counts.Distinct - s.counts.Levels[l.making]
	l.states, l.next = l.next, l.states[:0]
	s.keepLevel()
	l.making++
	l.at = 0
	l.committedAt, l.committedFirst = l.at, l.first
	s.eachObserver(func(o Observer) { o.Level(s.counts.Levels[:l.making]) })
}

// keepLevel decides what becomes of the files of states when a level begins: the file of
// the level before is reused, unless all states are kept. Then the archive refers to the
// files, and one file grows with all levels.
func (s *Search) keepLevel() {
	if s.config.KeepStates {
		s.archive.add(s.level.states)
		return
	}
	s.files.nextLevel()
}

// expandLevel works through the level in rounds. After each round a checkpoint may be
// written. The order of the steps after a round matters: delayed blocks are resolved
// first, because a checkpoint has no place for blocks whose new states are not known.
func (s *Search) expandLevel() {
	l := &s.level
	for l.at < len(l.states) && s.stop == nil {
		if l.wide == l.first+1 {
			s.expandWide()
		} else {
			at, first := s.fillBlocks()
			if !s.round() {
				continue
			}
			if s.stop == nil {
				l.at, l.first = at, first
			}
		}
		if s.stop == nil {
			s.resolveIfDue()
		}
		if s.stop == nil {
			s.saveIfDue()
		}
	}
}

// fillBlocks cuts the next round from the level, and returns where the level goes on
// after it: a fragment, and the number of its first state. The round ends before a wide
// parent, which is expanded alone.
func (s *Search) fillBlocks() (at int, first uint64) {
	at, first = s.level.at, s.level.first
	size, most := s.blockStates(), s.blocksMax()
	s.blocks = s.blocks[:0]
	for at < len(s.level.states) && len(s.blocks) < most && s.level.wide != first+1 {
		if wide := s.level.wide; wide > first {
			size = min(size, int(min(wide-1-first, system.MaxParents)))
		}
		b := s.nextBlock()
		b.begin(first, 0)
		at = b.take(s.level.states, at, size)
		first += uint64(b.parents)
	}
	return at, first
}

// nextBlock adds a block to the round: one that an earlier round used or, in the
// largest round so far, a new one. Used blocks keep their memory, so a long search
// rarely allocates for a round. A block without lists of candidates was never used,
// or blocksMax has cleared it.
func (s *Search) nextBlock() *block {
	n := len(s.blocks)
	if n < cap(s.blocks) {
		s.blocks = s.blocks[:n+1]
	}
	if n == len(s.blocks) || s.blocks[n].candidates == nil {
		s.blocks = append(s.blocks[:n], newBlock(len(s.workers), len(s.plan.actions), len(s.plan.implications), s.config.System.Codec.Size()))
	}
	return &s.blocks[n]
}

// blockStates is the number of states of a block. A level that is not large is spread
// over the workers, in four blocks each: the last worker to finish then makes the others
// wait for a quarter of its share or so. A block is no smaller than a fragment, which
// cannot be divided.
func (s *Search) blockStates() int {
	states := s.counts.Levels[s.level.making-1]
	share := states / uint64(len(s.workers)*4)
	t := &s.config.Tuning
	return int(min(max(share, uint64(t.FragmentStates)), uint64(t.BlockStates)))
}

// made is the number of states of the next level.
func (s *Search) made() uint64 {
	if s.level.making < len(s.counts.Levels) {
		return s.counts.Levels[s.level.making]
	}
	return 0
}

// left is the number of states of the level that are yet to be expanded.
func (s *Search) left() uint64 { return s.counts.Distinct - s.made() - s.level.committedFirst }

// waiting is the number of states that are yet to be expanded of the last level that is
// whole: the level itself or, when that was expanded, the next one.
func (s *Search) waiting() uint64 {
	if left := s.left(); left > 0 {
		return left
	}
	return s.made()
}

// NewHasher returns a new hasher of states, for one goroutine. All hashers of a search
// agree, because they share the seed.
func (s *Search) NewHasher() *fingerprint.Hasher {
	if bits := s.config.Tuning.HashBits; bits > 0 {
		return fingerprint.Weak(bits)
	}
	return fingerprint.New(s.config.Seed)
}

func (s *Search) system() *system.System { return s.config.System }
