package search

import (
	"github.com/muster-mc/muster/internal/predecessor"
	"github.com/muster-mc/muster/internal/system"
)

// choice is the successors that a worker is to make again, and no others, in the order of
// the search. They were candidates before, so no cache is asked about them, no constraint,
// and no property of steps.
type choice struct {
	links []predecessor.Link
	ahead int // the first one whose parent was not passed yet
	made  int // those that were made
}

// wants reports whether a successor of the parent with this number is wanted. Parents are
// asked about in order.
func (c *choice) wants(parent uint64) bool {
	for c.ahead < len(c.links) && c.links[c.ahead].Parent < parent {
		c.ahead++
	}
	return c.ahead < len(c.links) && c.links[c.ahead].Parent == parent
}

// isNext reports whether a successor is the next one that is wanted, and goes on to the one
// after it.
func (c *choice) isNext(l predecessor.Link) bool {
	if c.made == len(c.links) || c.links[c.made] != l {
		return false
	}
	c.made++
	return true
}

// isMade reports whether all of them were made.
func (c *choice) isMade() bool { return c.made == len(c.links) }

// pass goes over a parent without a successor that is wanted. Where encodings differ in
// size, only a decoder knows where the next one begins.
func (w *worker) pass(data []byte) {
	w.parents.state++
	w.parents.at += len(data) - len(w.expander.Decode(data))
}

// meetChosen makes the work copy equal to the parent.
func (w *worker) meetChosen(encoded []byte) {
	if w.search.system().Codec.Flat() {
		copy(w.Pending.View(), encoded)
	} else {
		w.expander.Restore()
	}
}

// processChosen makes candidates of those pending successors that are wanted.
func (w *worker) processChosen() {
	p := &w.Pending
	for i := range int(p.Count) {
		o := p.Origins[i%system.PendingMax]
		if !w.choice.isNext(predecessor.Link{Parent: w.block.first + o.Parent(), Ordinal: o.Ordinal()}) {
			continue
		}
		if state := p.Encoded[i]; w.reducer == nil {
			w.block.add(w.hasher.Of(state), o, state, &w.owners)
		} else if state = w.representative(i, o); state != nil {
			w.addOrbit(o, state)
		}
	}
}
