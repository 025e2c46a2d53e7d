package search

import (
	"iter"

	"github.com/muster-mc/muster/internal/checkpoint"
	"github.com/muster-mc/muster/internal/fingerprint"
	"github.com/muster-mc/muster/internal/search/snapshot"
	"github.com/muster-mc/muster/internal/visited"
)

// UseCheckpointer has the search write checkpoints.
func (s *Search) UseCheckpointer(c *snapshot.Checkpointer) { s.config.Checkpointer = c }

// saveIfDue writes a checkpoint if the last one is old. It is called between rounds, with
// no block delayed. A run that cannot keep its results ends, rather than lose more and
// more.
func (s *Search) saveIfDue() {
	if !s.config.Checkpointer.IsDue() {
		return
	}
	if err := s.save(); err != nil {
		s.stop = &Stop{Reason: unwritten(err)}
	}
}

// saveLast writes a checkpoint when a run was ended from outside. The part of a round
// that the run has made by then counts for nothing, in the checkpoint as in the
// report.
func (s *Search) saveLast() {
	if !s.config.Checkpointer.Works() || !s.canGoOn() {
		return
	}
	if err := s.save(); err != nil {
		s.stop.Reason += ", and " + unwritten(err)
	}
}

// SaveWhole writes a checkpoint of a search that has found every state, if checkpoints
// are written: there is more to do before there is a verdict. A run that is resumed from
// it has nothing left to expand, and goes on with the rest.
func (s *Search) SaveWhole() {
	if !s.config.Checkpointer.Works() || s.counts.Distinct == 0 {
		return
	}
	if err := s.save(); err != nil {
		s.stop = &Stop{Reason: unwritten(err)}
	}
}

// canGoOn reports whether the run stands between two rounds and has something left to
// do. A run without a reason has ended with a violation, and one that ended Anywhere has
// counted a part of a block. A parent that is expanded in parts has no place in a
// checkpoint: the log has some of its successors, and the next run would expand it anew.
func (s *Search) canGoOn() bool {
	return s.stop != nil && s.stop.Reason != "" && !s.stop.Anywhere && s.counts.Distinct > 0 && !s.partial
}

// unwritten is why a run ends whose checkpoint failed.
func unwritten(err error) string { return "the checkpoint could not be written: " + err.Error() }

// save writes the sections that grow with the number of states. Each is written from where
// it is kept, so that a checkpoint takes no memory for a second copy. The level begins at
// the committed place: states after it were expanded at most by a round that counts for
// nothing.
func (s *Search) save() error {
	return s.config.Checkpointer.Save(s.standing(), func(w *checkpoint.Writer) error {
		if err := w.Section(snapshot.SectionLog, s.log.Bytes(), s.log.Save); err != nil {
			return err
		}
		if err := snapshot.WriteFragments(w, snapshot.SectionLevel, s.level.states[s.level.committedAt:]); err != nil {
			return err
		}
		if err := snapshot.WriteFragments(w, snapshot.SectionNext, s.level.next); err != nil {
			return err
		}
		return s.saveVisited(w)
	})
}

// standing describes the committed part of the search. Lists that may be empty are not
// nil, so that they become empty lists in JSON and not null.
func (s *Search) standing() *snapshot.Standing {
	n := &snapshot.Standing{
		Making: s.level.making, First: s.level.committedFirst, Counts: s.counts, Visited: s.form(), Stores: s.store.Kinds(),
		Coverage: [][3]uint64{},
		Applied:  s.applied, Guards: []snapshot.Guard{},
	}
	for name, refused := range s.allGuards().All() {
		n.Guards = append(n.Guards, snapshot.Guard{Name: name, Refused: refused})
	}
	for _, c := range s.coverage {
		n.Coverage = append(n.Coverage, [3]uint64{c.Attempts, c.Enabled, c.Discovered})
	}
	n.Findings = s.found.list()
	return n
}

// form is the form in which the set can be written. Only an exact set has whole states.
func (s *Search) form() string {
	if s.store.IsExact() {
		return snapshot.FormStates
	}
	return snapshot.FormPrints
}

// saveVisited writes the set without the states that it has too early: a run that goes on
// would find those states again, and would drop them as visited. They are the new states
// of one round, so there is memory for a map of them. Of a fingerprint only the known bits
// count, because the set has no others.
func (s *Search) saveVisited(w *checkpoint.Writer) error {
	if s.store.IsExact() {
		return snapshot.WriteVisitedStates(w, s.committedStates())
	}
	early := map[fingerprint.Print]bool{}
	hasher := fingerprint.New(s.config.Seed)
	s.eachInserted(func(state []byte) { early[visited.Known(hasher.Of(state))] = true })
	return snapshot.WriteVisitedPrints(w, s.counts.Distinct, func(yield func(fingerprint.Print) bool) error {
		return s.store.Prints(func(p fingerprint.Print) bool { return early[p] || yield(p) })
	})
}

// committedStates are the states of an exact set without those that it has too early.
func (s *Search) committedStates() iter.Seq[[]byte] {
	early := map[string]bool{}
	s.eachInserted(func(state []byte) { early[string(state)] = true })
	return func(yield func([]byte) bool) {
		for state := range s.store.States() {
			if !early[string(state)] && !yield(state) {
				return
			}
		}
	}
}

// eachInserted yields the states that only the set has: those that were new in a round
// that was left after it had inserted them. The blocks still have them, since no later
// round has used the blocks.
func (s *Search) eachInserted(yield func(state []byte)) {
	if !s.inserted {
		return
	}
	for i := range s.blocks {
		b := &s.blocks[i]
		for _, fresh := range b.fresh {
			for _, c := range fresh {
				yield(b.states.At(c))
			}
		}
	}
}
