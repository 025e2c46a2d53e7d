package search

import (
	"github.com/muster-mc/muster/internal/predecessor"
	"github.com/muster-mc/muster/internal/system"
)

// rebuilder is a worker that makes some successors again, and no others. They were candidates
// before, so no cache is asked about them, no constraint, and no property of steps, and
// their parents were met and checked.
type rebuilder struct {
	*worker
	links []predecessor.Link // the successors, in the order of the search
	ahead int                // the first one whose parent was not passed yet
	made  int                // those that were made
}

// isMade reports whether all of them were made.
func (c *rebuilder) isMade() bool { return c.made == len(c.links) }

// Next goes to the next parent that has a successor which is wanted. Where encodings differ
// in size, only a decoder knows where the next one begins.
func (c *rebuilder) Next() (data []byte, more bool) {
	for {
		data, more = c.worker.Next()
		if !more || c.wants(c.number()) {
			return data, more
		}
		c.pass(len(data) - len(c.expander.Decode(data)))
	}
}

// wants reports whether a successor of the parent with this number is wanted. Parents are
// asked about in order.
func (c *rebuilder) wants(parent uint64) bool {
	for c.ahead < len(c.links) && c.links[c.ahead].Parent < parent {
		c.ahead++
	}
	return c.ahead < len(c.links) && c.links[c.ahead].Parent == parent
}

// Begin makes the work copy equal to the parent.
func (c *rebuilder) Begin(size int) bool {
	encoded := c.pass(size)
	if c.search.system().Codec.Flat() {
		copy(c.Pending.View(), encoded)
	} else {
		c.expander.Restore()
	}
	return true
}

// Process makes candidates of those pending successors that are wanted.
func (c *rebuilder) Process() {
	p := &c.Pending
	for i := range int(p.Count) {
		o := p.Origins[i%system.PendingMax]
		link := predecessor.Link{Parent: c.block.first + o.Parent(), Ordinal: o.Ordinal()}
		if c.isMade() || c.links[c.made] != link {
			continue
		}
		c.made++
		if state := p.Encoded[i]; c.reducer == nil {
			c.block.add(c.hasher.Of(state), o, state, &c.owners)
		} else if state = c.representative(i, o); state != nil {
			c.addOrbit(o, state)
		}
	}
	p.Clear()
}

// Stuck says nothing: the first time has told which parents lead nowhere.
func (c *rebuilder) Stuck() {}
