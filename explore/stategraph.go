package explore

import (
	"iter"
	"sync/atomic"

	"github.com/muster-mc/muster/internal/digraph"
	"github.com/muster-mc/muster/internal/fingerprint"
	"github.com/muster-mc/muster/internal/spill"
	"github.com/muster-mc/muster/model"
)

// stateGraph is the reachable states as numbers, in the order in which they were
// found, and the steps between them, as far as somebody wants to know. Its nodes
// are all there is: every state was found before it is made.
type stateGraph[S any] struct {
	*digraph.Graph
	engine  *engine[S]
	numbers *digraph.Numbers
	mixing  uint64 // which of the ways to make keys was free of ambiguity
	labels  *labelling

	fairness digraph.Fairness
	ends     []uint64 // the number of states up to and including each level
	atoms    []atom[S]
	truth    []digraph.Bits // where each atom is true
	region   *region
	room     uint64       // bytes that a search may take, if edges are in a file; 0 for any
	still    digraph.Bits // where fairness lets a run stay for ever
}

// atom is a formula about a single state, of a property of this name.
type atom[S any] struct {
	property string
	formula  *model.Formula[S]
}

// newStateGraph prepares for making the graph.
func newStateGraph[S any](e *engine[S]) *stateGraph[S] {
	n := int(e.archive.states)
	g := &stateGraph[S]{Graph: digraph.New(n), engine: e, labels: newLabels(len(e.actions)), still: digraph.NewBits(n)}
	sum := uint64(0)
	for _, states := range e.counts.Levels {
		sum += states
		g.ends = append(g.ends, sum)
	}
	return g
}

// build makes the graph, by taking steps once more. It reports false if something
// went wrong, which the engine then knows.
func (g *stateGraph[S]) build(questions []question[S]) bool {
	for range g.atoms {
		g.truth = append(g.truth, digraph.NewBits(g.Nodes()))
	}
	if !g.number() {
		if g.engine.failed == nil {
			g.engine.undecided = "two states have one fingerprint, so that their steps could not be told apart: try another seed"
		}
		return false
	}
	g.makeRoom()
	tracers := make([]*tracer[S], len(g.engine.workers))
	for i := range tracers {
		tracers[i] = newTracer(g)
	}
	if !g.scan(tracers, (*tracer[S]).judgeAll) {
		return false
	}
	g.region = g.regionOf(questions)
	g.region.grown.Store(true)
	for scans := 0; g.region.grown.Swap(false); scans++ {
		if scans == scansMax {
			g.region.wanted = g.region.inside
		}
		if !g.scan(tracers, (*tracer[S]).trace) {
			return false
		}
	}
	if len(g.labels.list) > g.labels.plain {
		g.Relabel(g.labels.sort())
	}
	g.fairness = fairness(g.labels, g.engine.actions)
	return true
}

// makeRoom shares what memory is left among the edges and the search in them. The
// half is for garbage, and for whoever limits Go's heap to a part of the memory.
func (g *stateGraph[S]) makeRoom() {
	e := g.engine
	all, taken := e.shares.free/2, e.pool.Bytes()+e.log.InMemory()+e.countingBytes()
	room := (all - min(all, taken)) / 2
	if !e.tuning.tiny {
		g.room = max(1, room)
	}
	g.Spill(room, func() (*spill.File, error) { return e.files.File("edges") })
}

// scan has every chunk worked on by one of the tracers. It reports false if
// something went wrong.
func (g *stateGraph[S]) scan(tracers []*tracer[S], work func(*tracer[S], int) bool) bool {
	var cursor atomic.Int64
	g.engine.team.run(func(i int) {
		for chunk := int(cursor.Add(1)) - 1; chunk < g.Chunks(); chunk = int(cursor.Add(1)) - 1 {
			if !work(tracers[i], chunk) {
				cursor.Store(int64(g.Chunks()))
			}
		}
	})
	for _, t := range tracers {
		g.engine.take(t.kind, t.found, t.problem)
	}
	return !g.engine.cancelled.Load() && g.engine.failed == nil && len(g.engine.found.fresh) == 0
}

// of are the nodes of a chunk.
func (g *stateGraph[S]) of(chunk int) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		first := chunk * digraph.ChunkNodes
		for n := first; n < min(first+digraph.ChunkNodes, g.Nodes()) && yield(uint32(n)); n++ {
		}
	}
}

// key stands for a state in the table of numbers. It is made of no more of the
// fingerprint than the visited set compared, so that a state which the set took
// for another is taken for the same one here.
func (g *stateGraph[S]) key(p fingerprint.Print) uint64 {
	extra := p.Extra
	if g.engine.store.kind() != StoreExact {
		extra >>= 56
	}
	return mixed(p.Hash^extra*(2*g.mixing+oddMultiplier), g.mixing)
}

const (
	oddMultiplier = 0x9E3779B97F4A7C15
	mixingsMax    = 8 // ways to make keys that are tried
)

// mixed spreads a word over all bits, and leaves different words different (the
// finalizer of MurmurHash3, by A. Appleby).
func mixed(x, way uint64) uint64 {
	x ^= way * 0xD6E8FEB86659FD93
	x ^= x >> 33
	x *= 0xFF51AFD7ED558CCD
	x ^= x >> 33
	x *= 0xC4CEB9FE1A85EC53
	return x ^ x>>33
}

// number makes the table of numbers, and reports whether it can tell all states
// apart.
func (g *stateGraph[S]) number() bool {
	for g.mixing = 0; g.mixing < mixingsMax; g.mixing++ {
		if done, clear := g.numberAll(); done {
			return clear
		}
	}
	return false
}

// numberAll tries to, with one way to make keys. It is done if that was free of
// ambiguity, or a state could not be read.
func (g *stateGraph[S]) numberAll() (done, clear bool) {
	g.numbers = digraph.NewNumbers(g.Nodes())
	r, hasher := newArchiveReader(&g.engine.archive, g.engine.codec), g.engine.newHasher()
	var keys [64]uint64
	for first := 0; first < g.Nodes(); first += len(keys) {
		batch := keys[:min(len(keys), g.Nodes()-first)]
		for i := range batch {
			state := r.read(uint64(first + i))
			if state == nil {
				g.engine.failed = r.err
				return true, false
			}
			batch[i] = g.key(hasher.Of(state))
		}
		if !g.numbers.InsertAll(batch, uint32(first)) {
			return false, false
		}
	}
	return true, true
}
