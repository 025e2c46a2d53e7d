package liveness

import (
	"math"
	"slices"
	"sync/atomic"

	"github.com/muster-mc/muster/internal/digraph"
	"github.com/muster-mc/muster/internal/steplog"
	"github.com/muster-mc/muster/internal/system"
)

// builder makes the edges of the graph while the search takes the steps: looking up
// where the noted steps lead takes a fraction of the time of taking them again. Giving
// up is harmless: states without edges at the end of the search get them then.
type builder struct {
	graph     *graph
	expanders []*expander
	asked     int           // the number of expanded states at which pays is asked again
	carry     steplog.Steps // the steps of states in the last chunk, which is not complete
	spare     steplog.Steps // the memory of the previous carry, for the next one
}

// newBuilder returns a builder with an expander for each worker. The graph spills
// without a limit of its own: the search ends the notes before edges take too much.
func newBuilder(g *graph) *builder {
	b := &builder{graph: g}
	g.Spill(math.MaxUint64, g.openEdges)
	for range g.search.Workers() {
		b.expanders = append(b.expanders, newExpander(g))
	}
	g.expanders = b.expanders
	return b
}

// Steps makes the edges of a round. The first round finds the initial states and has
// no steps.
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
	if !b.build(list) {
		return false, false
	}
	return true, b.pays()
}

// NewLabeller returns labels for the steps that a worker takes, if fairness tells the
// steps of some action apart by arguments; otherwise the action is label enough.
func (c *Checker) NewLabeller() system.Labeller {
	if !slices.ContainsFunc(c.search.Actions(), isFairByArguments) {
		return nil
	}
	return newCombinations(c.labels, c.search.Actions())
}

// Bytes returns the memory of the edges; the search ends the notes if it grows too
// large.
func (c *Checker) Bytes() uint64 {
	if c.graph == nil {
		return 0
	}
	return c.graph.InMemory()
}

// Done is called when no more steps come before the end of the search. The graph keeps
// its edges, and complete makes the others.
func (c *Checker) Done() {
	if c.graph != nil {
		c.graph.noted, c.builder = nil, nil
	}
}

// Lost drops the graph, because some of its edges may be missing. Decide then makes
// all edges by taking the steps again, and meets whatever went wrong a second time.
func (c *Checker) Lost() { c.graph, c.builder = nil, nil }

const (
	// paysFirst is the number of expanded states before the question is asked: a
	// smaller graph costs little either way.
	paysFirst = 1 << 14 // states
	// Noting pays if at least one state in paysShare has its edges made. The notes are
	// about all states, so with a smaller share most of them are written down for
	// nothing.
	paysShare = 8 // as a fraction: 1/paysShare
)

// pays reports whether enough states are relevant to make noting every step worth
// while. The question is asked again whenever the number of states has doubled, since
// the beginning of a search may differ from the rest.
func (b *builder) pays() bool {
	g := b.graph
	if g.known < max(b.asked, paysFirst) {
		return true
	}
	b.asked = 2 * g.known
	return g.relevant.taken.Len() > g.known/paysShare
}

// build makes the edges of all chunks whose states have all been expanded. A chunk is
// the unit in which edges are stored, so the steps of the last states wait in carry
// for the rest of their chunk.
func (b *builder) build(list []steplog.Steps) (ok bool) {
	g := b.graph
	g.noted = append(append(g.noted[:0], b.carry), list...)
	g.known = int(g.noted[len(g.noted)-1].End())
	ready := g.known / digraph.ChunkNodes
	if !b.buildChunks(ready) {
		return false
	}
	if g.tuning.Pieces && g.known%digraph.ChunkNodes > 0 && !b.buildChunk(0, ready) {
		return false
	}
	b.carryFrom(uint64(ready * digraph.ChunkNodes))
	return true
}

// carryFrom makes carry of the noted steps, from a state on, of which the old carry are
// the first. As long as no chunk is complete, the new steps are added to the old ones:
// a search with small rounds would copy those many times otherwise.
func (b *builder) carryFrom(state uint64) {
	noted := b.graph.noted
	if len(b.carry.Made) > 0 && b.carry.First >= state {
		noted = noted[1:]
	} else {
		b.carry, b.spare = b.spare, b.carry
		b.carry.Reset()
	}
	for i := range noted {
		b.carry.AddFrom(&noted[i], state)
	}
}

// buildChunks makes the edges of all chunks from judged up to ready. Workers take
// chunks from a common cursor; the result does not depend on who makes a chunk.
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
	// One chunk is not worth waking the workers.
	if ready-g.judged <= 1 {
		work(0)
	} else {
		g.search.Pool().Run(work)
	}
	g.judged = max(g.judged, ready)
	return !failed.Load()
}

// buildChunk has one of the expanders make the edges of a chunk.
func (b *builder) buildChunk(worker, chunk int) (ok bool) {
	return b.expanders[worker].working(chunk, (*expander).makeAll)
}

// makeAll makes the edges of a chunk. The states are judged first: only then is it known
// which of them are relevant.
func (x *expander) makeAll(chunk int) (ok bool) { return x.judgeAll(chunk) && x.expandAll(chunk) }

// finish makes the edges of the last chunks from the carried steps, when the search
// has ended. If the steps of some state are missing, judged stays where it is, and
// complete takes the steps again. It reports false if there is a problem.
func (b *builder) finish() bool {
	g := b.graph
	g.noted = append(g.noted[:0], b.carry)
	var missing atomic.Bool
	ok := g.scan(b.expanders, g.judged, func(x *expander, chunk int) bool {
		made := x.makeAll(chunk)
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
