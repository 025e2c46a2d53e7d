package search

import (
	"bufio"
	"errors"
	"fmt"
	"io"

	"github.com/muster-mc/muster/internal/checkpoint"
	"github.com/muster-mc/muster/internal/frontier"
	"github.com/muster-mc/muster/internal/search/snapshot"
	"github.com/muster-mc/muster/internal/visited"
)

// Load puts the search where a checkpoint says, before it is run. The checkpoint must
// be one of the same system, and of a search that had the same answer.
//
// The standing comes first: its counts say how many states each other section must have.
// After an error the search is of no use, and can only be closed.
func (s *Search) Load(r *checkpoint.Reader) error {
	n := &snapshot.Standing{}
	if err := snapshot.ReadJSON(r, snapshot.SectionStanding, n); err != nil {
		return err
	}
	if err := s.loadStanding(n); err != nil {
		return err
	}
	for _, load := range []func() error{
		func() error { return s.loadLog(r) },
		func() error { return s.loadFrontier(r) },
		func() error { return s.loadVisited(r, n.Visited) },
	} {
		if err := load(); err != nil {
			return err
		}
	}
	for _, w := range s.workers { // the saved run may have found everything of some kinds
		w.askWhatIsLeft(&s.found)
	}
	return nil
}

// loadStanding takes over a standing that can be this system's. Its findings are not
// fresh: only those that this run makes may end it.
func (s *Search) loadStanding(n *snapshot.Standing) error {
	if err := s.admit(n); err != nil {
		return err
	}
	s.level.making, s.level.first, s.counts = n.Making, n.First, n.Counts
	s.level.committedFirst = n.First
	s.prepareStore(n)
	for i, c := range n.Coverage {
		s.coverage[i] = Coverage{c[0], c[1], c[2]}
	}
	s.found.addList(n.Findings)
	s.found.fresh = s.found.fresh[:0] // Add has made them fresh
	copy(s.applied, n.Applied)
	for _, g := range n.Guards {
		s.guards.Add(g.Name, g.Refused)
	}
	return nil
}

var errStanding = errors.New("the checkpoint is damaged: its counts do not agree")

// admit finds out whether a standing can be one of this system's, and within the
// limits of this run. Counts are verified as far as the rest of the package indexes lists
// by them: a file with a valid checksum may still have been made by something else. The
// level that is made is the last one of the counts or, if it has no state yet, the one
// after that.
func (s *Search) admit(n *snapshot.Standing) error {
	sum := uint64(0)
	for _, states := range n.Counts.Levels {
		sum += states
	}
	o, c := &s.config, n.Counts
	switch {
	// The form decides how the section of the visited states is read.
	case n.Visited != snapshot.FormStates && n.Visited != snapshot.FormPrints:
		return fmt.Errorf("the checkpoint has the visited states in the form %q; want %q or %q", n.Visited, snapshot.FormStates, snapshot.FormPrints)
	case n.Visited == snapshot.FormPrints && !s.store.May(visited.KindCompact) && !s.store.May(visited.KindDisk):
		return errors.New("it has fingerprints of the visited states, of which no exact set can be made; any other store will do")
	case sum != c.Distinct || c.Depth != len(c.Levels) || len(n.Coverage) != len(s.coverage), len(n.Applied) != len(s.applied),
		c.Distinct == 0 || c.Initial != c.Levels[0],
		n.Making < 0 || n.Making > c.Depth || n.Making < c.Depth-1:
		return errStanding
	// A run may be resumed with other limits, but not with limits that lie behind it.
	case o.MaxStates > 0 && c.Distinct > o.MaxStates:
		return fmt.Errorf("it has %d states already, more than the limit of %d", c.Distinct, o.MaxStates)
	case o.MaxDepth > 0 && n.Making >= o.MaxDepth:
		return fmt.Errorf("it has level %d already, beyond the limit of %d", n.Making+1, o.MaxDepth)
	}
	// A trace leads to a finding's parent, so the log must have that state. A finding
	// about initial states has no such parent.
	for _, f := range n.Findings {
		if f.Kind < 0 || f.Kind >= len(s.found.First) || !f.Initial && f.Parent >= c.Distinct {
			return errStanding
		}
	}
	return nil
}

// loadLog loads the log, and moves it to a file as it outgrows its share of this run's
// memory, which may be less than that of the run that was saved.
func (s *Search) loadLog(r *checkpoint.Reader) error {
	data, _, err := r.Section(snapshot.SectionLog)
	if err != nil {
		return err
	}
	// The log calls spill as it grows. A failure of files is reported as such: it does not
	// mean that the checkpoint is damaged.
	spill := func() error { s.spillLog(); return s.failureOfFiles() }
	switch err := s.log.Load(data, s.counts.Distinct, s.counts.Initial, spill); {
	case s.failureOfFiles() != nil:
		return s.failureOfFiles()
	case err != nil:
		return fmt.Errorf("the checkpoint is damaged: %w", err)
	}
	return snapshot.AtEnd(data)
}

// loadFrontier loads the rest of the level, and the next level as far as it was made. The
// level's states may go to the file of the next level, which keepLevel then makes the
// file of the level, before the next level's own states are loaded.
func (s *Search) loadFrontier(r *checkpoint.Reader) error {
	var err error
	if s.level.states, err = s.loadStates(r, snapshot.SectionLevel, s.left()); err != nil {
		return err
	}
	s.keepLevel() // as nextLevel does when a level begins
	s.level.next, err = s.loadStates(r, snapshot.SectionNext, s.made())
	return err
}

// loadStates cuts this many states anew, into fragments as this run wants them. Between
// fragments of the section it decides anew whether states go to a file.
func (s *Search) loadStates(r *checkpoint.Reader, section string, want uint64) ([]frontier.Fragment, error) {
	data, size, err := r.Section(section)
	if err != nil {
		return nil, err
	}
	writer := frontier.NewWriter(&s.slabs, s.config.Tuning.FragmentStates)
	l := snapshot.NewLoader(s.system().Codec, size, writer.Add)
	got := uint64(0)
	var list []frontier.Fragment
	for {
		n, err := l.Fragment(data)
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		got += n // each state was decoded, so the number is not only claimed
		taken := len(list)
		list = writer.Take(list)
		s.decideToSpill()
		s.spillStates(list[taken:])
		if err := s.failureOfFiles(); err != nil {
			return nil, err
		}
	}
	if got != want {
		return nil, fmt.Errorf("the checkpoint is damaged: section %s has %d states; want %d", section, got, want)
	}
	return list, nil
}

// prepareStore makes ready for the visited states of a checkpoint: a set that can be
// made of them, and as much room in it as they had. An exact set cannot be made of
// fingerprints. With an observer of steps the set of the first run had numbers beside the
// states; a set without them would be converted later, and the two runs would differ.
func (s *Search) prepareStore(n *snapshot.Standing) {
	if n.Visited == snapshot.FormPrints {
		if s.store.UseFingerprints() {
			s.newCaches()
		}
	} else if s.steps != nil {
		s.store.ReserveNumbers()
	}
	s.store.Continue(n.Stores)
}

// loadTogether is the number of fingerprints that are inserted at once: several batches of
// the set's look-ups, in a buffer of 64 KiB.
const loadTogether = 4096

// errTwice is the error of a state that the set did not take as new, though all states of
// a checkpoint are different.
var errTwice = errors.New("the checkpoint is damaged: it has a visited state twice")

// visitedLoader puts the visited states of a checkpoint into whichever set there is. It
// uses one block with one owner, because it reads one state after the other anyway.
// Between two insertions the set may be converted, as between two rounds of a search.
type visitedLoader struct {
	*Search
	form   string // of the states in the checkpoint
	block  block  // the states that are inserted together
	loaded uint64 // those that were inserted before
}

// loadVisited loads the visited states in the form that they were saved in.
func (s *Search) loadVisited(r *checkpoint.Reader, form string) error {
	data, size, err := r.Section(snapshot.SectionVisited)
	if err != nil {
		return err
	}
	l := &visitedLoader{Search: s, form: form, block: newBlock(1, 0, 0, s.system().Codec.Size())}
	if form == snapshot.FormStates {
		err = l.loadStates(data, size)
	} else {
		err = l.loadPrints(data, size)
	}
	if err != nil {
		return err
	}
	return l.resolve()
}

// loadStates loads whole states. They may go into any set, so their fingerprints are made
// anew. The sizes are added up because they decide when an exact set is converted.
func (l *visitedLoader) loadStates(data *bufio.Reader, size uint64) error {
	hasher, b := l.NewHasher(), &l.block
	states := snapshot.NewLoader(l.system().Codec, size, func(state []byte) {
		b.candidates[0] = append(b.candidates[0], visited.NewCandidate(hasher.Of(state), uint64(len(b.candidates[0]))))
		b.states.Add(state)
		l.stateBytes += uint64(len(state))
	})
	for {
		b.begin(0, 0) // the states of one fragment at a time
		_, err := states.Fragment(data)
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		if err := l.insert(); err != nil {
			return err
		}
	}
	if l.loaded != l.counts.Distinct {
		return fmt.Errorf("the checkpoint is damaged: it has %d visited states; want %d", l.loaded, l.counts.Distinct)
	}
	return nil
}

// loadPrints loads fingerprints. The size is verified before anything is read, since the
// section has no other structure.
func (l *visitedLoader) loadPrints(data io.Reader, size uint64) (err error) {
	if size != l.counts.Distinct*snapshot.PrintBytes {
		return fmt.Errorf("the checkpoint is damaged: %d bytes for %d visited states", size, l.counts.Distinct)
	}
	list := &l.block.candidates[0] // there are no states beside them
	for l.loaded < l.counts.Distinct {
		if *list, err = snapshot.ReadPrints(data, (*list)[:0], min(l.counts.Distinct-l.loaded, loadTogether)); err != nil {
			return err
		}
		if err := l.insert(); err != nil {
			return err
		}
	}
	return nil
}

// insert inserts the states of the block. With a set on disk they wait until the table
// of recent states has its share of memory, and all that wait are then resolved together.
func (l *visitedLoader) insert() error {
	b := &l.block
	list := b.candidates[0]
	// Only a set in memory says here whether the states are new. A set on disk says which
	// ones are in its recent table, and resolve finds out about the others.
	b.base = l.delayed.asked
	if fresh := l.store.Insert(list, &b.states, b.base, nil, nil); len(fresh) < len(list) && l.mustDiffer() {
		return errTwice
	}
	l.loaded += uint64(len(list))
	if !l.store.IsDelayed() { // the set decides by the states so far, as the saved run did
		l.shrinkIfHeavy(l.loaded)
		return l.failureOfFiles()
	}
	l.delayed.asked += uint64(len(list))
	if l.store.Disk().Young()*youngBytes > l.shares.young {
		return l.resolve()
	}
	return nil
}

// mustDiffer reports whether all states must be new to the set: they are if the set tells
// states apart as the saved one did. Whole states that go into a set of fingerprints may
// collide, with the chance that the report states. Such a collision is no damage.
func (l *visitedLoader) mustDiffer() bool { return l.Search.form() == l.form }

// resolve makes the states a part of the set on disk, if there is one. Commit comes
// between the two others: Flush writes committed states only.
func (l *visitedLoader) resolve() error {
	disk := l.store.Disk()
	if disk == nil {
		return nil
	}
	if err := disk.Resolve(l.delayed.asked, l.eachPart); err != nil {
		return err
	}
	disk.Commit(l.delayed.asked)
	l.delayed.asked = 0
	if disk.Len() < l.loaded && l.mustDiffer() {
		return errTwice
	}
	return disk.Flush(l.eachPart)
}
