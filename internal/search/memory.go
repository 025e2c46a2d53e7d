package search

import (
	"fmt"

	"github.com/muster-mc/muster/internal/fingerprint"
	"github.com/muster-mc/muster/internal/spill"
	"github.com/muster-mc/muster/internal/visited"
)

// shares is the memory that the parts of a run may take, in bytes. When a share is used
// up, the rest goes to files, or the set is converted. A compact set, the frontier, the
// log and the blocks together get five eighths of free, and up to thirteen sixteenths
// where free is much more than roomy. The rest is for garbage: Go's collector lets the
// heap grow before it runs. The program and Go's runtime have programBytes beside free.
type shares struct {
	set      visited.Room
	young    uint64 // the part of a set on disk that is in memory
	frontier uint64 // the states of levels
	log      uint64 // the predecessor log
	blocks   uint64 // the blocks of a round
	all      uint64 // sets, levels and log together
	free     uint64 // the memory without the program's own
}

// RoomForSet is the share of the visited set in a run's memory. An exact set gets less
// than a compact one, because both exist while one is converted into the other.
func RoomForSet(memory uint64) visited.Room {
	free := freeOf(memory)
	more := free - min(free, roomy)
	return visited.Room{Exact: min(memory/4, free/4), Compact: free/8*3 + more/16*3}
}

// freeOf is the memory without the program's own, but no less than a quarter of it, so
// that shares of very little memory are not zero.
func freeOf(memory uint64) uint64 { return max(memory/4, memory-min(memory, programBytes)) }

// sharesOf divides a run's memory, which is in bytes.
func sharesOf(memory uint64) shares {
	free := freeOf(memory)
	return shares{
		set:   RoomForSet(memory),
		young: free / 8 * 3, frontier: free / 8, log: free / 16, blocks: free / 16,
		all: memory / 8 * 7, free: free,
	}
}

const (
	// LeastMemory is the memory that a run takes before it has any state, and
	// LeastWorker the memory that each worker adds, in bytes.
	LeastMemory = 40 << 20
	LeastWorker = 8 << 20

	programBytes = 40 << 20

	// roomy is enough memory to leave room for garbage. Of memory beyond it the set
	// gets a larger share: it makes no garbage.
	roomy = 512 << 20

	// youngBytes is the memory that a set on disk takes for each state that it met
	// lately: a slot of a table, and a place in a list.
	youngBytes = 40
)

// shrinkIfHeavy turns the set into a kind that takes less memory, when it takes too
// much. It is called between rounds, when no worker uses the set. A set may outgrow
// memory and then the compact kind at once, so both questions are asked.
func (s *Search) shrinkIfHeavy(states uint64) {
	if s.store.Outgrown(states, s.stateBytes, s.shares.set) == visited.KindCompact {
		s.toCompact()
	}
	if s.store.Outgrown(states, s.stateBytes, s.shares.set) == visited.KindDisk {
		s.toDisk()
	}
}

// toCompact converts the exact set. Numbers of states are beside the states, and go with
// them. The caches of an exact set compare whole states; the new ones compare fingerprints
// where they can.
func (s *Search) toCompact() {
	if s.store.Numbered() != nil {
		s.endLinking()
	}
	s.store.ToCompact(func(f func(h *fingerprint.Hasher, part int)) {
		_ = s.eachPartition(func(worker, part int) error {
			f(s.workers[worker].hasher, part)
			return nil
		})
	})
	s.newCaches()
}

// toDisk converts the compact set. The caches stay: a set on disk is as strict.
func (s *Search) toDisk() {
	s.endLinking() // new states are not known after each round
	open := func() (*spill.File, error) { return s.files.File("run") }
	if err := s.store.ToDisk(open, s.eachPart); err != nil {
		s.fail(err)
	}
}

// eachPartition runs f for every partition, by the worker that owns it, and returns
// the error of the first partition that has one, so it does not depend on timing.
func (s *Search) eachPartition(f func(worker, part int) error) error {
	var errs [visited.Partitions]error
	s.pool.Run(func(i int) {
		for part, owner := range s.workers[i].owners {
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

// eachPart is eachPartition where the worker does not matter.
func (s *Search) eachPart(f func(part int) error) error {
	return s.eachPartition(func(_, part int) error { return f(part) })
}

// stopIfFull ends a run that has no memory any more, although everything that can be
// in files is in files.
func (s *Search) stopIfFull() {
	if s.held() > s.shares.all && s.stop == nil && !s.config.Tuning.Tiny {
		s.stop = &Stop{Reason: fmt.Sprintf("its %d MiB of memory are used up%s", s.config.Memory>>20, s.store.Advice())}
	}
}

// held is the memory of the visited set, the frontier, the predecessor log, the graph of
// steps and the tables of real code, in bytes. Blocks are left out: blocksMax keeps them to their share.
func (s *Search) held() uint64 {
	return s.store.Bytes() + s.slabs.Bytes() + s.log.InMemory() + s.graphBytes() + s.codeBytes()
}

// codeBytes is the memory of real code that the states refer to. It never shrinks.
func (s *Search) codeBytes() (bytes uint64) {
	for _, c := range s.system().Code {
		bytes += c.Bytes()
	}
	return bytes
}

// LiveOf is the share of a run's memory for objects of real code that can be made again.
func LiveOf(memory uint64) uint64 { return freeOf(memory) / 32 }

// blocksMax is the most blocks of a round, so that there is room for what the workers
// write into them. It assumes that every block may become as large as the largest one so
// far. Blocks beyond the number are cleared, so that the garbage collector takes their
// memory, and the capacity ends before them.
func (s *Search) blocksMax() int {
	for i := range s.blocks {
		s.blockPeak = max(s.blockPeak, s.blocks[i].held())
	}
	most := s.config.Tuning.RoundBlocks
	if s.blockPeak > 0 {
		most = int(min(uint64(most), s.shares.blocks/s.blockPeak+1))
	}
	if most < cap(s.blocks) { // a round was larger, with smaller blocks
		all := s.blocks[:cap(s.blocks)]
		clear(all[most:])
		s.blocks = all[:0:most]
	}
	return most
}
