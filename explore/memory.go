package explore

import (
	"fmt"

	"github.com/muster-mc/muster/internal/budget"
	"github.com/muster-mc/muster/internal/spill"
	"github.com/muster-mc/muster/internal/visited"
)

// shares is what the parts of a run may take of its memory. When one is used up,
// what is more of it goes to files. A quarter or so is left for garbage, and
// programBytes for the program and Go's runtime.
type shares struct {
	exact    uint64 // the exact set, before it becomes compact
	set      uint64 // the compact set, before it goes to disk
	young    uint64 // what a set on disk has in memory
	frontier uint64 // the states of levels
	log      uint64 // the trace log
	blocks   uint64 // what the workers are about
	all      uint64 // sets, levels and log together
	free     uint64 // what there is without the program
}

func sharesOf(memory uint64) shares {
	free := max(memory/4, memory-min(memory, programBytes))
	more := free - min(free, roomy)
	return shares{
		exact: min(memory/4, free/4), set: free/8*3 + more/16*3, young: free / 8 * 3,
		frontier: free / 8, log: free / 16, blocks: free / 16,
		all: memory / 8 * 7, free: free,
	}
}

const (
	// leastMemory is what a run takes before it has any state, and leastWorker
	// what each worker adds.
	leastMemory = 40 << 20
	leastWorker = 8 << 20

	programBytes = 40 << 20

	// roomy is how much memory leaves room for garbage. Of what is more than that
	// the set gets a larger share: it makes none.
	roomy = 512 << 20

	// youngBytes is what a set on disk has in memory for each state that it met
	// lately: a slot of a table, and a place in a list.
	youngBytes = 40
)

// memory is how much there is for the run.
func (o Options) memory() uint64 {
	if o.Memory > 0 {
		return o.Memory
	}
	return budget.Default()
}

func problemOfMemory(o Options) string {
	least := uint64(leastMemory + leastWorker*o.workers())
	if o.Memory == 0 || o.Memory >= least || o.tuning.tiny {
		return ""
	}
	return fmt.Sprintf("%d KiB of memory are too few: %d workers need %d MiB at the least", o.Memory>>10, o.workers(), least>>20)
}

// shrinkIfHeavy turns the set into one that takes less memory, when it takes too
// much. It is called between rounds, and decides by how many states there are: so
// the answer rests on the same kinds of set whatever the workers and rounds.
func (e *engine) shrinkIfHeavy(states uint64) {
	s := &e.store
	if set, ok := s.Set.(*visited.Exact); ok && s.may(StoreCompact) && set.Estimate(states, e.stateBytes) > e.shares.exact {
		e.toCompact()
	}
	if compact, ok := s.Set.(*visited.Compact); ok && s.may(StoreDisk) && visited.CompactBytes(states) > e.shares.set {
		e.toDisk(compact)
	}
}

func (e *engine) toCompact() {
	if e.store.numbered != nil {
		e.endLinking()
	}
	from, to := e.store.Set.(*visited.Exact), visited.NewCompact()
	_ = e.eachPartition(func(worker, part int) error {
		from.MoveTo(to, part, e.workers[worker].hasher)
		return nil
	})
	from.Free()
	e.store.become(to, StoreCompact)
	for _, w := range e.workers {
		w.initFilters()
	}
}

func (e *engine) toDisk(from *visited.Compact) {
	e.endLinking() // what is new is not known after each round
	open := func() (*spill.File, error) { return e.files.File("run") }
	disk, err := visited.NewDisk(from, open, e.eachPart)
	if err != nil {
		e.fail(err)
		return
	}
	e.store.disk = disk
	e.store.become(nil, StoreDisk)
}

// eachPartition runs f for every partition, by the worker that owns it, and
// returns the first error.
func (e *engine) eachPartition(f func(worker, part int) error) error {
	var errs [visited.Partitions]error
	e.team.run(func(i int) {
		for part, owner := range e.workers[i].owners {
			if int(owner) == i {
				errs[part] = f(i, part)
			}
		}
	})
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func (e *engine) eachPart(f func(part int) error) error {
	return e.eachPartition(func(_, part int) error { return f(part) })
}

// endIfFull ends a run that has no memory any more, although all that can be in
// files is in files.
func (e *engine) endIfFull() {
	if e.held() > e.shares.all && e.stop == nil && !e.tuning.tiny {
		e.stop = &stop{reason: fmt.Sprintf("its %d MiB of memory are used up%s", e.options.memory()>>20, e.store.advice())}
	}
}

// advice is what to do about that.
func (s *store) advice() string {
	if s.may(StoreDisk) {
		return ""
	}
	return fmt.Sprintf(" by the %s set of visited states; one on disk takes less", s.kind())
}

// blocksMax is how many blocks a round may have, so that what the workers write
// into them has room.
func (e *engine) blocksMax() int {
	for i := range e.blocks {
		e.blockPeak = max(e.blockPeak, e.blocks[i].held())
	}
	most := e.tuning.roundBlocks
	if e.blockPeak > 0 {
		most = int(min(uint64(most), e.shares.blocks/e.blockPeak+1))
	}
	if most < cap(e.blocks) { // a round was larger, with smaller blocks
		all := e.blocks[:cap(e.blocks)]
		clear(all[most:])
		e.blocks = all[:0:most]
	}
	return most
}

// held is how much memory a block holds.
func (b *block) held() uint64 {
	words := cap(b.made) + cap(b.origins) + cap(b.order) + cap(b.isFresh)
	words += cap(b.keys) + cap(b.places) + cap(b.noted.leads)/2 + cap(b.noted.how)/4
	for i := range b.candidates {
		words += 2*cap(b.candidates[i]) + cap(b.fresh[i])
	}
	return uint64(8*words+cap(b.loaded)) + b.states.Held()
}
