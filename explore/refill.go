package explore

import (
	"github.com/muster-mc/muster/internal/frontier"
	"github.com/muster-mc/muster/internal/predecessor"
	"github.com/muster-mc/muster/internal/system"
)

// refill makes the states of all levels once more, along the log, for a run that
// was resumed and has only those that came after. Each parent's children are made
// in the order in which they were found.
func (e *engine) refill() error {
	e.archive = archive{}
	r := &refiller{player: newPlayer(e.model, e.actions), engine: e,
		writer: frontier.NewWriter(&e.pool, e.tuning.fragmentStates)}
	r.takeRoot()
	reader := newArchiveReader(&e.archive, e.codec)
	for r.next < e.counts.Distinct && !e.cancelled.Load() {
		parent := r.link(r.next).Parent
		if r.err != nil {
			return r.err
		}
		if parent >= e.archive.states {
			r.shelve()
		}
		if parent >= e.archive.states {
			return e.unrepeatable()
		}
		if reader.read(parent) == nil {
			return reader.err
		}
		r.player.past.Copy(r.player.state, reader.state)
		if !r.children(parent) && r.err == nil {
			return e.unrepeatable()
		}
	}
	r.shelve()
	return r.err
}

// refiller makes states in order.
type refiller struct {
	*player
	engine  *engine
	writer  *frontier.Writer
	next    uint64 // the number of the state to make
	encoded []byte
	err     error // that kept it from reading the log
}

// link is what the log says of a state.
func (r *refiller) link(number uint64) predecessor.Link {
	l, err := r.engine.log.Of(number)
	if err != nil && r.err == nil {
		r.err = workDirError(err, "")
	}
	return l
}

// takeRoot makes the initial states: before the first step a player leads to
// those.
func (r *refiller) takeRoot() {
	i := uint64(0)
	space := r.codec.New()
	r.successors(func(_ system.Action, _ []int, s system.State) bool {
		if r.next < r.engine.counts.Initial && r.link(r.next).Ordinal == i {
			r.write(space, s)
		}
		i++
		return r.next < r.engine.counts.Initial
	})
	r.run.Length = 1
	r.shelve()
}

// children makes the states that were first reached from the one where the player
// stands, and reports whether there is one.
func (r *refiller) children(parent uint64) bool {
	i, first := uint64(0), r.next
	space := r.codec.New()
	wanted := func() bool {
		return r.next < r.engine.counts.Distinct && r.link(r.next).Parent == parent
	}
	r.successors(func(_ system.Action, _ []int, s system.State) bool {
		if wanted() && r.link(r.next).Ordinal == i {
			r.write(space, s)
		}
		i++
		return wanted()
	})
	return r.next > first && !wanted()
}

func (r *refiller) write(space system.Space, s system.State) {
	r.encoded = space.Append(r.encoded[:0], s)
	r.writer.Add(r.encoded)
	r.next++
}

// shelve puts what was written where it can be read.
func (r *refiller) shelve() {
	list := r.writer.Take(nil)
	r.engine.makeWay()
	r.engine.park(list)
	r.engine.archive.add(list)
}
