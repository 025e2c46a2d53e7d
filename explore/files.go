package explore

import (
	"errors"
	"os"

	"github.com/muster-mc/muster/internal/frontier"
	"github.com/muster-mc/muster/internal/spill"
)

// files are what a run keeps on disk, beside the set.
type files struct {
	*spill.Directory
	level, next *spill.File // states of these levels; of all, if they are needed again
	log         *spill.File // full chunks of the trace log
	candidates  *spill.File // those of which it is not known whether they are new
}

// newFiles returns files below the work directory. It is looked at now if it is
// known to be needed.
func newFiles(o Options) (files, error) {
	work := o.WorkDir
	if work == "" {
		work = os.TempDir()
	}
	f := files{Directory: spill.In(work)}
	f.Create = o.tuning.spillFile
	if o.WorkDir != "" || o.Store == StoreDisk {
		if err := f.Open(); err != nil {
			return f, workDirError(err, "; want a directory for what does not fit in memory")
		}
	}
	return f, nil
}

// turn makes the next level's file that of the level.
func (f *files) turn() {
	f.level, f.next = f.next, f.level
	if f.next != nil {
		f.next.Reset()
	}
}

// WorkDirError is a work directory that cannot be used, or that has lost what is
// needed for a trace.
type WorkDirError struct {
	Directory string
	Problem   string
}

func (e *WorkDirError) Error() string { return e.Directory + ": " + e.Problem }

func workDirError(err error, want string) error {
	var s *spill.Error
	if errors.As(err, &s) {
		return &WorkDirError{s.Directory, s.Problem.Error() + want}
	}
	return err
}

// fail ends the run because of its files.
func (e *engine) fail(err error) {
	e.failure.CompareAndSwap(nil, &err)
	e.cancelled.Store(true)
}

// failureOfFiles is how they failed, if they did.
func (e *engine) failureOfFiles() error {
	if failure := e.failure.Load(); failure != nil {
		return *failure
	}
	return nil
}

// failed is the reason of an incomplete run.
func failed(err error) string {
	return "what does not fit in memory could not be kept on disk: " + err.Error()
}

// ready makes a file unless it was made before, and reports whether it is there.
func (e *engine) ready(f **spill.File, what string) bool {
	if *f != nil {
		return true
	}
	file, err := e.files.File(what)
	if err != nil {
		e.fail(err)
		return false
	}
	*f = file
	return true
}

// makeWay decides, between the phases of a round, whether the states that it
// finds stay in memory.
func (e *engine) makeWay() {
	e.parking = e.pool.InUse() > e.shares.frontier && e.ready(&e.files.next, "level")
}

// park moves new states to a file, if that was decided.
func (e *engine) park(list []frontier.Fragment) {
	if !e.parking {
		return
	}
	for i := range list {
		if err := list[i].Spill(e.files.next); err != nil {
			e.fail(err)
			return
		}
	}
}

// trim moves what is full of the log to a file, if it takes too much memory.
func (e *engine) trim() {
	if e.log.InMemory() <= e.shares.log || !e.ready(&e.files.log, "log") {
		return
	}
	if err := e.log.Spill(e.files.log); err != nil {
		e.fail(err)
	}
}

// load brings the parents of a block into memory.
func (w *worker) load(b *block) (ok bool) {
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
			w.engine.fail(err)
			return false
		}
		*f = frontier.Fragment{Data: data[len(b.loaded):], States: f.States}
		b.loaded = data
	}
	return true
}
