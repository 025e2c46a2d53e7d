package liveness

import (
	"math"
	"slices"
	"sync/atomic"

	"github.com/muster-mc/muster/internal/digraph"
	"github.com/muster-mc/muster/internal/steplog"
	"github.com/muster-mc/muster/internal/system"
)

// builder makes the edges of the graph while the search takes the steps: to look up
// where they lead takes a fraction of taking each once more. There is no harm in
// giving up: states that have no edges by the end of the search get them then.
type builder struct {
	graph     *graph
	expanders []*expander
	sized     int           // the number of states that the expanders are prepared for
	asked     int           // the number of expanded states at which it is asked again whether this pays
	carry     steplog.Steps // of states in a chunk that is not complete
	spare     steplog.Steps
}

func newBuilder(g *graph) *builder {
	b := &builder{graph: g}
	g.Spill(math.MaxUint64, g.openEdges)
	for range g.search.Workers() {
		b.expanders = append(b.expanders, newExpander(g))
	}
	return b
}

// Steps makes the edges of a round.
func (c *Checker) Steps(list []steplog.Steps, states int, initial bool) (ok, more bool) {
	if c.graph == nil {
		c.graph = newGraph(c.search, c.tuning, c.labels)
		c.builder = newBuilder(c.graph)
	}
	b := c.builder
	c.graph.grow(states)
	if initial {
		return true, true
	}
	if !b.build(list, states) {
		return false, false
	}
	return true, b.pays()
}

// NewLabeller returns labels for the steps that a worker takes, if fairness tells the
// steps of some action apart.
func (c *Checker) NewLabeller() system.Labeller {
	if !slices.ContainsFunc(c.search.Actions(), isFairByArguments) {
		return nil
	}
	return newCombinations(c.labels, c.search.Actions())
}

// Bytes is the memory of the graph while it is made.
func (c *Checker) Bytes() uint64 {
	if c.graph == nil {
		return 0
	}
	return c.graph.InMemory()
}

// Done is called when no more steps come.
func (c *Checker) Done() {
	if c.graph != nil {
		c.graph.noted, c.builder = nil, nil
	}
}

// Lost drops the graph: it is made of steps that are taken once more.
func (c *Checker) Lost() { c.graph, c.builder = nil, nil }

const (
	paysFirst = 1 << 14 // states are expanded before it is asked whether this pays
	paysShare = 8       // it does when one state of this many has its edges made
)

// pays reports whether the claims are about enough states that it is worth noting
// every step. It is asked again when there are twice as many states.
func (b *builder) pays() bool {
	g := b.graph
	if g.known < max(b.asked, paysFirst) {
		return true
	}
	b.asked = 2 * g.known
	return g.relevant.taken.Len() > g.known/paysShare
}

// build makes the edges of all chunks whose states have been expanded.
func (b *builder) build(list []steplog.Steps, states int) (ok bool) {
	g := b.graph
	if states > 8*b.sized {
		b.sized = states
		for _, x := range b.expanders {
			x.prepare(b.sized)
		}
	}
	g.noted = append(append(g.noted[:0], b.carry), list...)
	g.known = int(g.noted[len(g.noted)-1].End())
	ready := g.known / digraph.ChunkNodes
	if !b.buildChunks(ready) {
		return false
	}
	if g.tuning.Pieces && g.known%digraph.ChunkNodes > 0 && !b.buildChunk(0, ready) {
		return false
	}
	b.spare.Reset()
	for i := range g.noted {
		b.spare.AddFrom(&g.noted[i], uint64(ready*digraph.ChunkNodes))
	}
	b.carry, b.spare = b.spare, b.carry
	return true
}

// buildChunks makes the edges of all chunks up to this one.
func (b *builder) buildChunks(ready int) (ok bool) {
	var cursor atomic.Int64
	var failed atomic.Bool
	g := b.graph
	cursor.Store(int64(g.judged))
	work := func(i int) {
		for chunk := int(cursor.Add(1)) - 1; chunk < ready && !failed.Load(); chunk = int(cursor.Add(1)) - 1 {
			if !b.buildChunk(i, chunk) {
				failed.Store(true)
			}
		}
	}
	if ready-g.judged <= 1 {
		work(0)
	} else {
		g.search.Pool().Run(work)
	}
	g.judged = max(g.judged, ready)
	return !failed.Load()
}

// buildChunk has one of the expanders make the edges of a chunk.
func (b *builder) buildChunk(expander, chunk int) (ok bool) {
	x := b.expanders[expander]
	return x.judgeAll(chunk) && x.expandAll(chunk)
}

// finish makes the edges of the states that are left when the search has ended. It
// reports false if there is a problem.
func (b *builder) finish() bool {
	g := b.graph
	g.noted = append(g.noted[:0], b.carry)
	var missing atomic.Bool
	ok := g.scan(b.expanders, g.judged, func(x *expander, chunk int) bool {
		made := x.judgeAll(chunk) && x.expandAll(chunk)
		if !made {
			missing.Store(true)
		}
		return made
	})
	if g.noted = nil; !missing.Load() {
		g.judged = g.Chunks()
	}
	return ok
}
