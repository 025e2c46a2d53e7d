package search

import (
	"github.com/muster-mc/muster/internal/spill"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/internal/visited"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// Result is everything that a search has found out. It shares its lists with the search,
// and is no copy.
type Result struct {
	Counts       Counts
	Coverage     []Coverage // by action, of those that are tried
	Implications []int      // the implications among the properties that are checked
	Applied      []uint64   // by implication: the number of states or steps to which it applied
	Guards       *model.Guards
	Found        *Findings
	Stop         *Stop // why the search ended early; nil if it did not
	Kinds        []visited.Kind
	Miss         float64 // the chance that a state was missed
	Bytes        uint64  // the most memory that was held
}

// Result is what the search has found out by now.
func (s *Search) Result() Result {
	return Result{
		Counts: s.counts, Coverage: s.coverage, Implications: s.plan.implications, Applied: s.applied,
		Guards: s.allGuards(), Found: &s.found, Stop: s.stop,
		Kinds: s.store.Kinds(), Miss: s.store.MissProbability(s.counts.Distinct), Bytes: s.peak,
	}
}

// allGuards are the guards that all workers noted, and those of a run that was
// resumed.
func (s *Search) allGuards() *model.Guards {
	var all model.Guards
	all.Merge(&s.guards)
	for _, w := range s.workers {
		all.Merge(&w.guards)
	}
	return &all
}

// BreachError is a breach of the rules that a sound search relies on.
type BreachError struct {
	Problem string
	Trace   *trace.Trace // to where it was seen; nil if it was not seen in one place
}

func (e *BreachError) Error() string { return e.Problem }

// Unrepeatable is the error of a run that was found and is not there when it is taken
// again. The search keeps ordinals and not states, so all traces rely on actions that do
// the same each time.
func Unrepeatable() error {
	return &BreachError{Problem: "a run that was found could not be repeated: some action does not do the same every time, " +
		"or two states have one fingerprint; if every action is deterministic, try another seed"}
}

// Path returns the ordinals that lead from before the first state to the one with this
// number. The log has the way back: the links are followed to an initial state, and then
// reversed. The path is a shortest one, since the search is breadth-first. The way ends,
// because a parent has a smaller number than its child.
func (s *Search) Path(number uint64) ([]uint64, error) {
	var backwards []uint64
	for {
		l, err := s.linkOf(number)
		if err != nil {
			return nil, err
		}
		backwards = append(backwards, l.Ordinal)
		if number < s.counts.Initial {
			break
		}
		number = l.Parent
	}
	forwards := make([]uint64, len(backwards))
	for i, o := range backwards {
		forwards[len(forwards)-1-i] = o
	}
	return forwards, nil
}

// WalkTo takes the run to a state once more.
func (s *Search) WalkTo(number uint64) (*system.Walk, error) {
	path, err := s.Path(number)
	if err != nil {
		return nil, err
	}
	return s.walk(path, nil)
}

// WalkToFinding takes the run to a finding of a kind once more: to the parent, and on to
// the successor if the finding is about one. That successor need not have a number, because
// the search may have ended with it, or it does not satisfy the constraint.
func (s *Search) WalkToFinding(kind int, f Finding) (*system.Walk, error) {
	var path []uint64
	if !f.Initial {
		var err error
		if path, err = s.Path(f.At.Parent); err != nil {
			return nil, err
		}
	}
	if f.At.OfSuccessor() {
		path = append(path, f.At.Ordinal())
		return s.walk(path, s.showsAt(kind))
	}
	return s.walk(path, nil)
}

// walk takes the steps with these ordinals, from before the first state on. If only one
// state of each orbit was searched, there may be several such runs, and the last step has
// to be one that is accepted.
func (s *Search) walk(path []uint64, accept func(*system.Stepper) bool) (*system.Walk, error) {
	if s.config.Orbits != nil {
		return s.realRun(path, accept)
	}
	w := system.NewWalk(s.system(), s.plan.actions)
	if !w.TakeAll(path) {
		return nil, Unrepeatable()
	}
	return w, nil
}

// The methods below are for an observer of steps, when the search has ended.

// System is the system that is searched, and Actions those of its actions that are
// tried.
func (s *Search) System() *system.System   { return s.config.System }
func (s *Search) Actions() []system.Action { return s.plan.actions }

// Properties are those that are checked, by their places in the system.
func (s *Search) Properties() []int { return s.config.Properties }

// Counts is the size of the space as far as it is known.
func (s *Search) Counts() *Counts { return &s.counts }

// Found are the findings, to which an observer may add.
func (s *Search) Found() *Findings { return &s.found }

// Pool is the goroutines that work on the search.
func (s *Search) Pool() *Pool { return s.pool }

// Workers is the number of workers.
func (s *Search) Workers() int { return len(s.workers) }

// IsCancelled reports whether the run is to be given up as soon as possible, and
// ReasonCancelled why.
func (s *Search) IsCancelled() bool       { return s.cancelled.Load() }
func (s *Search) ReasonCancelled() string { return s.reasonCancelled() }

// IsExact reports whether the visited set compared every byte of the states.
func (s *Search) IsExact() bool { return s.store.IsExact() }

// FreeSet gives back the memory of the visited states, when all were found. Keys go too:
// only a table of numbers that grows needs them.
func (s *Search) FreeSet() {
	s.store.Free()
	if s.linking != nil {
		s.linking.keys = nil
	}
}

// File makes a file in the work directory.
func (s *Search) File(content string) (*spill.File, error) { return s.files.File(content) }

// Memory is the memory for the run; Free the part of it without the program's own;
// Limit the most that sets, levels and log may take; StatesHeld what the states of
// levels and the log take now, and LogBytes the whole log. Tiny says that the limits
// do not count.
func (s *Search) Memory() uint64     { return s.config.Memory }
func (s *Search) Free() uint64       { return s.shares.free }
func (s *Search) Limit() uint64      { return s.shares.all }
func (s *Search) StatesHeld() uint64 { return s.slabs.Bytes() + s.log.InMemory() }
func (s *Search) LogBytes() uint64   { return s.log.Bytes() }
func (s *Search) Tiny() bool         { return s.config.Tuning.Tiny }

// NoteBytes notes how much memory is held.
func (s *Search) NoteBytes(bytes uint64) { s.peak = max(s.peak, bytes) }
