package search

import (
	"os"

	"github.com/muster-mc/muster/internal/frontier"
	"github.com/muster-mc/muster/internal/spill"
	"github.com/muster-mc/muster/internal/visited"
)

// files are what a run keeps on disk, beside the set. Each is made when it is first
// needed, so a run that fits into memory writes none. Spilling is decided between phases,
// so the workers read it without a lock.
type files struct {
	*spill.Directory
	level, next *spill.File // states of these levels; of all, if they are kept
	log         *spill.File // full chunks of the predecessor log
	candidates  *spill.File // those of delayed blocks
	spilling    bool        // new states go to a file
}

// newFiles returns files below the work directory. The directory is made now if a user
// has named one or asked for a set on disk: an error of it should come before hours of
// search and not after them.
func newFiles(c *Config) (files, error) {
	work := c.WorkDir
	if work == "" {
		work = os.TempDir()
	}
	f := files{Directory: spill.In(work)}
	f.Create = c.Tuning.SpillFile
	// Otherwise nothing is made until memory is short, and most runs write no file at all.
	if c.WorkDir != "" || c.Store == visited.KindDisk {
		if err := f.Open(); err != nil {
			return f, &WorkDirError{err}
		}
	}
	return f, nil
}

// WorkDirError is a work directory that cannot be used at all. It is an error of the
// caller's options, unlike a file that fails during the search.
type WorkDirError struct{ Err error }

func (e *WorkDirError) Error() string { return e.Err.Error() }

func (e *WorkDirError) Unwrap() error { return e.Err }

// nextLevel makes the next level's file that of the level. The other file has the level
// before. All states of that level were expanded, so its records can be overwritten: two
// files serve all levels.
func (f *files) nextLevel() {
	f.level, f.next = f.next, f.level
	if f.next != nil {
		f.next.Reset()
	}
}

// fail ends the run because of its files. Any goroutine may call it. The first error
// counts, because later ones may follow from it, and it is stored before cancelled is set:
// whoever sees the cancellation finds its reason.
func (s *Search) fail(err error) {
	s.failure.CompareAndSwap(nil, &err)
	s.cancelled.Store(true)
}

// failureOfFiles is how they failed, if they did.
func (s *Search) failureOfFiles() error {
	if failure := s.failure.Load(); failure != nil {
		return *failure
	}
	return nil
}

// isReady makes a file unless it was made before, and reports whether it is there. Only
// the goroutine that runs the search may call it.
func (s *Search) isReady(f **spill.File, content string) bool {
	if *f != nil {
		return true
	}
	file, err := s.files.File(content)
	if err != nil {
		s.fail(err)
		return false
	}
	*f = file
	return true
}

// decideToSpill decides, between the phases of a round, whether the states that the round
// finds stay in memory. They go to a file as soon as the slabs in use, which hold states of
// the level and of the next one, exceed their share. Without a file they stay in memory:
// the failure has cancelled the search.
func (s *Search) decideToSpill() {
	s.files.spilling = s.slabs.InUse() > s.shares.frontier && s.isReady(&s.files.next, "level")
}

// spillStates moves new states to a file, if that was decided. Workers call it at the same
// time, each for its own fragments: records of a file may be appended in any order, since
// each fragment knows its place. The level's order is that of the fragments.
func (s *Search) spillStates(list []frontier.Fragment) {
	if !s.files.spilling {
		return
	}
	for i := range list {
		if err := list[i].Spill(s.files.next); err != nil {
			s.fail(err)
			return
		}
	}
}

// spillLog moves the full chunks of the log to a file, if the log takes too much
// memory. All parts that the log has room for must have been filled before.
func (s *Search) spillLog() {
	if s.log.InMemory() <= s.shares.log || !s.isReady(&s.files.log, "log") {
		return
	}
	if err := s.log.Spill(s.files.log); err != nil {
		s.fail(err)
	}
}

// load brings the parents of a block into memory. All fragments from files share one
// buffer of the block, and refer to it, so the buffer gets its final size first and does
// not move. The level keeps its own copy of each fragment, which is still in the file.
func (w *worker) load(b *block) (ok bool) {
	// The first pass finds the size of the buffer, so that no fragment refers to memory
	// that is replaced by a larger piece.
	bytes := 0
	for i := range b.parentFragments {
		if f := &b.parentFragments[i]; f.IsSpilled() {
			bytes += f.Bytes()
		}
	}
	if bytes > cap(b.loaded) {
		b.loaded = make([]byte, 0, bytes)
	}
	b.loaded = b.loaded[:0]
	for i := range b.parentFragments {
		f := &b.parentFragments[i]
		if !f.IsSpilled() {
			continue
		}
		data, err := f.Read(b.loaded)
		if err != nil {
			w.search.fail(err)
			return false
		}
		*f = frontier.Fragment{Data: data[len(b.loaded):], States: f.States}
		b.loaded = data
	}
	return true
}
