package search

import (
	"errors"
	"math"

	"github.com/muster-mc/muster/internal/fingerprint"
	"github.com/muster-mc/muster/internal/frontier"
	"github.com/muster-mc/muster/internal/predecessor"
	"github.com/muster-mc/muster/internal/search/snapshot"
	"github.com/muster-mc/muster/internal/visited"
)

// Ledger keeps the books of a search whose levels are made elsewhere: it adds up what
// the parts of each level yield, finds out where the search ends, and has the result.
//
// A ledger is at home or abroad. At home it makes levels itself, as a search with one
// worker does; it has the set of visited states, the states of the next level, and the
// links of the states found since it came home. Abroad it has counts and findings only,
// and [Pieces] make the levels. The order of all states is the same for all makers of a
// level, so a run may go home and abroad as often as it likes.
type Ledger struct {
	search *Search
	links  func(number uint64) (predecessor.Link, error) // of the states before first
	first  uint64                                        // the number of the first state whose link is in the log
}

// Ledger makes the search one whose levels are made elsewhere. It begins at home, without a
// state. Links finds the link of a state that was found before the ledger came home last.
func (s *Search) Ledger(links func(number uint64) (predecessor.Link, error)) *Ledger {
	s.ledger = &Ledger{search: s, links: links}
	return s.ledger
}

// linkOf is how a state was first reached.
func (s *Search) linkOf(number uint64) (predecessor.Link, error) {
	if l := s.ledger; l != nil {
		if number < l.first {
			return l.links(number)
		}
		number -= l.first
	}
	return s.log.Of(number)
}

// Observe adds an observer.
func (l *Ledger) Observe(o Observer) {
	l.search.config.Observers = append(l.search.config.Observers, o)
}

// Begin makes the initial states, at home.
func (l *Ledger) Begin() { l.search.expandRoot() }

// MakeLevel makes the next level, at home.
func (l *Ledger) MakeLevel() {
	l.search.nextLevel()
	l.search.expandLevel()
}

// Level begins the next level, abroad, and returns the number of its first state.
func (l *Ledger) Level() (first uint64) {
	l.search.nextLevel()
	return l.search.level.first
}

// Waiting is the number of states of the next level.
func (l *Ledger) Waiting() uint64 { return l.search.made() }

// States are the states of the next level, at home.
func (l *Ledger) States() []frontier.Fragment { return l.search.level.next }

// EachState yields the states of one of them. It is valid until yield returns.
func (l *Ledger) EachState(f frontier.Fragment, yield func(state []byte)) error {
	f, err := f.Load()
	if err != nil {
		return err
	}
	data := f.Data
	for range f.States {
		rest := l.search.workers[0].expander.Decode(data)
		yield(data[:len(data)-len(rest)])
		data = rest
	}
	return nil
}

// Making is the level that is being made; 0 is that of the initial states.
func (l *Ledger) Making() int { return l.search.level.making }

// Ended reports whether there is nothing more to do: there are no more states, or there is
// a reason to stop.
func (l *Ledger) Ended() bool {
	s := l.search
	if most := s.config.MaxDepth; s.stop == nil && most > 0 && s.counts.Depth >= most && s.made() > 0 {
		s.stop = &Stop{Reason: reasonDepth(most)}
	}
	return s.stop != nil || s.made() == 0
}

// Stop ends the search for a reason. What has ended already stays as it is.
func (l *Ledger) Stop(reason string) {
	if l.search.stop == nil {
		l.search.stop = &Stop{Reason: reason}
	}
}

// Leave goes abroad: the set, the states and the links are given back.
func (l *Ledger) Leave() {
	s := l.search
	for _, f := range s.level.next {
		f.Release()
	}
	s.level.next = s.level.next[:0]
	s.store.Free()
	s.store = visited.NewStore(s.config.Store, s.system().Codec.Size())
	l.dropLinks(math.MaxUint64)
}

// DropLinks forgets the links since the ledger came home last. They must be kept elsewhere.
func (l *Ledger) DropLinks() { l.dropLinks(l.search.counts.Distinct) }

func (l *Ledger) dropLinks(first uint64) {
	l.search.log.Free()
	l.search.log = predecessor.Log{ChunkBytes: l.search.config.Tuning.LogChunk}
	l.first = first
}

// Return comes home with the states of the next level, as [Part.States] are. Visited yields
// all visited states: their fingerprints, and the states themselves if the set is exact.
func (l *Ledger) Return(states []frontier.Fragment, visitedStates func(yield func(fingerprint.Print, []byte)) error) error {
	s := l.search
	b := newBlock(1, 0, 0, s.system().Codec.Size())
	insert := func() {
		s.store.Insert(b.candidates[0], &b.states, 0, nil, nil)
		b.begin(0, 0)
	}
	err := visitedStates(func(p fingerprint.Print, state []byte) {
		b.candidates[0] = append(b.candidates[0], visited.NewCandidate(p, uint64(len(b.candidates[0]))))
		if s.store.IsExact() {
			b.states.Add(state)
		}
		if len(b.candidates[0]) == loadTogether {
			insert()
		}
	})
	insert()
	w := frontier.NewWriter(&s.slabs, s.config.Tuning.FragmentStates)
	for _, f := range states {
		err = errors.Join(err, l.EachState(f, w.Add))
	}
	s.level.next = w.Take(s.level.next[:0])
	l.dropLinks(s.counts.Distinct)
	return err
}

// Links yields the links of the states since the ledger came home last, and returns the
// number of the first of those states.
func (l *Ledger) Links(yield func(predecessor.Link)) (first uint64, err error) {
	log := &l.search.log
	for i := range log.Len() {
		link, err := log.Of(i)
		if err != nil {
			return 0, err
		}
		yield(link)
	}
	return l.first, nil
}

// Ends reports whether the search ends in a part that has this yield.
func (l *Ledger) Ends(y Yield) bool {
	s := l.search
	if s.config.MaxStates > 0 && s.counts.Distinct+y.Distinct > s.config.MaxStates {
		return true
	}
	for _, f := range y.Findings {
		if s.isPlace(f.Kind) && s.ends(f.Kind) {
			return true
		}
	}
	return false
}

// Add counts a part in which the search does not end. Parts come in order.
func (l *Ledger) Add(y Yield, parents uint64) {
	s := l.search
	f := newFindings(len(s.system().Properties), s.config.Traces)
	f.addList(y.Findings)
	s.found.merge(&f, math.MaxUint64)
	s.found.fresh = s.found.fresh[:0]
	s.add(tally{y.Generated, y.Outside, y.Distinct, y.Bytes, y.Symmetric})
	for i, c := range y.Coverage {
		s.coverage[i].add(Coverage{c[0], c[1], c[2]})
	}
	for i, n := range y.Applied {
		s.applied[i] += n
	}
	for _, g := range y.Guards {
		s.guards.Add(g.Name, g.Refused)
	}
	s.level.committedFirst += parents
	s.workers[0].askWhatIsLeft(&s.found)
}

// Fits reports whether a yield can be one of this search.
func (l *Ledger) Fits(y Yield) bool {
	s := l.search
	if len(y.Coverage) != len(s.coverage) || len(y.Applied) != len(s.applied) {
		return false
	}
	for _, f := range y.Findings {
		if !s.isPlace(f.Kind) {
			return false
		}
	}
	return true
}

// isPlace reports whether there is a kind of finding with this place.
func (s *Search) isPlace(kind int) bool { return kind >= 0 && kind < len(s.found.First) }

// EndIn makes the part in which the search ends, up to there. IsNew is asked of each
// candidate in turn, by the first word of its fingerprint. EndIn reports whether the search
// does end in the part.
func (l *Ledger) EndIn(part Part, isNew func(hash uint64) bool) (ended bool) {
	s := l.search
	w := s.workers[0]
	w.newCache()
	w.askWhatIsLeftAfter(part.Found) // as for the part itself: a property that is not asked cannot panic
	w.undivided = true
	first := part.First
	for at := 0; at < len(part.States) && s.stop == nil; {
		s.blocks = s.blocks[:0]
		b := s.nextBlock()
		b.begin(first, 0)
		at = b.take(part.States, at, s.config.Tuning.BlockStates)
		s.work((*worker).expand, 0, 0)
		b.fresh[0] = b.fresh[0][:0]
		for _, c := range b.candidates[0] {
			if isNew(c.Print().Hash) {
				b.fresh[0] = append(b.fresh[0], c.Index())
			}
		}
		s.work((*worker).collect, 0, 0)
		if s.isAbandoned() {
			return true
		}
		s.commit()
		first = b.end()
	}
	return s.stop != nil
}

// Report tells the observers where the search stands.
func (l *Ledger) Report() { l.search.measure() }

// Standing describes the search for a manifest, and Restore takes a standing over.
func (l *Ledger) Standing() *snapshot.Standing { return l.search.standing() }

// Restore puts a ledger without a state where a standing says: abroad, before the next
// level. The error is of a standing that cannot be this search's.
func (l *Ledger) Restore(n *snapshot.Standing) error {
	if err := l.search.loadStanding(n); err != nil {
		return err
	}
	l.Leave()
	for _, w := range l.search.workers {
		w.askWhatIsLeft(&l.search.found)
	}
	return nil
}

// Seed is the seed of the fingerprints, and Cancel gives up whatever is being expanded.
func (s *Search) Seed() uint64 { return s.config.Seed }
func (s *Search) Cancel()      { s.cancelled.Store(true) }
