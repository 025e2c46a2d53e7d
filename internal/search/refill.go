package search

import (
	"github.com/muster-mc/muster/internal/frontier"
	"github.com/muster-mc/muster/internal/predecessor"
	"github.com/muster-mc/muster/internal/system"
)

// Refill makes the states of all levels once more, along the log, for a run that was
// resumed and has only those that came after. Each parent's children are made in the
// order in which they were found. The error is that of files, or a [*BreachError].
func (s *Search) Refill() error {
	if s.archive.states == s.counts.Distinct {
		return nil
	}
	s.archive = Archive{}
	r := &refiller{Stepper: system.NewStepper(s.system(), s.plan.actions), search: s,
		writer: frontier.NewWriter(&s.slabs, s.config.Tuning.FragmentStates)}
	r.makeInitial()
	reader := s.archive.NewReader(s.system().Codec)
	for r.next < s.counts.Distinct && !s.cancelled.Load() {
		parent := r.link(r.next).Parent
		if r.err != nil {
			return r.err
		}
		if parent >= s.archive.states {
			r.shelve()
		}
		if parent >= s.archive.states {
			return Unrepeatable()
		}
		encoded := reader.Read(parent)
		if encoded == nil {
			return reader.Err()
		}
		r.Enter(encoded)
		if !r.makeChildren(parent) && r.err == nil {
			return Unrepeatable()
		}
	}
	r.shelve()
	return r.err
}

// refiller makes states in order.
type refiller struct {
	*system.Stepper
	search  *Search
	writer  *frontier.Writer
	next    uint64 // the number of the state to make
	space   system.Space
	encoded []byte
	err     error // of the log
}

// link returns the log's entry of a state.
func (r *refiller) link(number uint64) predecessor.Link {
	l, err := r.search.log.Of(number)
	if err != nil && r.err == nil {
		r.err = err
	}
	return l
}

func (r *refiller) makeInitial() {
	r.space = r.System.Codec.New()
	i := uint64(0)
	r.Successors(func(_ int, _ []int, s system.State) bool {
		if r.next < r.search.counts.Initial && r.link(r.next).Ordinal == i {
			r.write(s)
		}
		i++
		return r.next < r.search.counts.Initial
	})
	r.shelve()
}

// makeChildren makes the states that were first reached from the one where the stepper
// stands, and reports whether there is one.
func (r *refiller) makeChildren(parent uint64) bool {
	i, first := uint64(0), r.next
	wanted := func() bool {
		return r.next < r.search.counts.Distinct && r.link(r.next).Parent == parent
	}
	r.Successors(func(_ int, _ []int, s system.State) bool {
		if wanted() && r.link(r.next).Ordinal == i {
			r.write(s)
		}
		i++
		return wanted()
	})
	return r.next > first && !wanted()
}

func (r *refiller) write(s system.State) {
	r.encoded = r.space.Append(r.encoded[:0], s)
	r.writer.Add(r.encoded)
	r.next++
}

// shelve puts the written states where they can be read.
func (r *refiller) shelve() {
	list := r.writer.Take(nil)
	r.search.decideToSpill()
	r.search.spillStates(list)
	r.search.archive.add(list)
}
