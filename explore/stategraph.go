package explore

import (
	"iter"
	"slices"
	"sync/atomic"

	"github.com/muster-mc/muster/internal/digraph"
	"github.com/muster-mc/muster/internal/fingerprint"
	"github.com/muster-mc/muster/internal/spill"
	"github.com/muster-mc/muster/internal/system"
)

// stateGraph is the reachable states as numbers, in the order in which they were
// found, and the steps between them, as far as somebody wants to know. Its nodes
// are all there is: every state was found before it is made.
type stateGraph struct {
	*digraph.Graph
	engine  *engine
	numbers *digraph.Numbers
	linked  bool   // the numbers are those of the keys that the search notes
	mixing  uint64 // otherwise, which of the ways to make keys was free of ambiguity
	labels  *labelling
	noted   []noted // the steps of a round, as long as the search goes on
	byName  bool    // fairness tells an action's steps apart by the names of arguments
	known   int     // how many states have been expanded
	judged  int     // how many chunks have their states judged

	questions []question
	fairness  digraph.Fairness
	ends      []uint64 // the number of states up to and including each level
	atoms     []atom
	truth     []digraph.Bits // where each atom is true
	region    *region
	room      uint64       // bytes that a search may take, if edges are in a file; 0 for any
	still     digraph.Bits // where fairness lets a run stay for ever
}

// atom is a formula about a single state, of a property of this name.
type atom struct {
	property string
	formula  *system.Formula
}

// newStateGraph prepares for making the graph. It has no nodes yet.
func newStateGraph(e *engine) *stateGraph {
	g := &stateGraph{Graph: digraph.New(0), engine: e, labels: newLabels(len(e.actions)), region: &region{}}
	g.questions = g.ask()
	g.byName = slices.ContainsFunc(e.actions, func(a system.Action) bool { return a.FairBy != nil })
	g.truth = make([]digraph.Bits, len(g.atoms))
	return g
}

// grow makes room for so many states.
func (g *stateGraph) grow(states int) {
	g.Grow(states)
	r := g.region
	for _, set := range []*digraph.Bits{&g.still, &r.inside, &r.wanted, &r.taken} {
		set.Grow(states)
	}
	for i := range g.truth {
		g.truth[i].Grow(states)
	}
}

// build makes the graph, or what is missing of it, by taking steps once more. It
// reports false if something went wrong, which the engine then knows.
func (g *stateGraph) build() bool {
	g.grow(int(g.engine.counts.Distinct))
	g.known = g.Nodes()
	g.setLevels()
	g.makeRoom()
	if l := g.engine.linker; l != nil && !l.finish() {
		return false
	}
	if (g.judged < g.Chunks() || g.region.isLeft()) && !g.takeOnceMore() {
		return false
	}
	if len(g.labels.list) > g.labels.plain {
		g.Relabel(g.labels.sort())
	}
	g.fairness = fairness(g.labels, g.engine.actions)
	return true
}

// takeOnceMore makes the edges that are missing.
func (g *stateGraph) takeOnceMore() bool {
	if !g.linked && !g.number() {
		if g.engine.failed == nil {
			g.engine.undecided = "two states have one fingerprint, so that their steps could not be told apart: try another seed"
		}
		return false
	}
	tracers := make([]*tracer, len(g.engine.workers))
	for i := range tracers {
		tracers[i] = newTracer(g)
		tracers[i].prepare(g.Nodes())
	}
	if !g.scan(tracers, g.judged, (*tracer).judgeAll) {
		return false
	}
	g.region.grown.Store(true)
	for scans := 0; g.region.grown.Swap(false); scans++ {
		if scans == scansMax {
			g.region.wanted = g.region.inside.Clone() // it is written to by those who trace
		}
		if !g.scan(tracers, 0, (*tracer).trace) {
			return false
		}
	}
	return true
}

// free gives back what is not the garbage collector's. There may be no graph.
func (g *stateGraph) free() {
	if g != nil {
		g.numbers.Free()
	}
}

// setLevels notes where each level ends.
func (g *stateGraph) setLevels() {
	sum := uint64(0)
	for _, states := range g.engine.counts.Levels {
		sum += states
		g.ends = append(g.ends, sum)
	}
}

// makeRoom shares what memory is left among the edges and the search in them. The
// half is for garbage, and for whoever limits Go's heap to a part of the memory.
func (g *stateGraph) makeRoom() {
	e := g.engine
	all, taken := e.shares.free/2, e.pool.Bytes()+e.log.InMemory()+e.countingBytes()
	room := (all - min(all, taken)) / 2
	if !e.tuning.tiny {
		g.room = max(1, room)
	}
	g.Spill(room, e.openEdges)
}

func (e *engine) openEdges() (*spill.File, error) { return e.files.File("edges") }

// scan has every chunk from one on worked on by one of the tracers. It reports
// false if something went wrong.
func (g *stateGraph) scan(tracers []*tracer, from int, work func(*tracer, int) bool) bool {
	var cursor atomic.Int64
	cursor.Store(int64(from))
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

// of are the nodes of a chunk, as far as they have been expanded.
func (g *stateGraph) of(chunk int) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		first := chunk * digraph.ChunkNodes
		for n := first; n < min(first+digraph.ChunkNodes, g.known) && yield(uint32(n)); n++ {
		}
	}
}

// key stands for a state in the table of numbers. It is made of no more of the
// fingerprint than the visited set compared, so that a state which the set took
// for another is taken for the same one here.
func (g *stateGraph) key(p fingerprint.Print) uint64 {
	if g.linked {
		return noteKey(p)
	}
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
func (g *stateGraph) number() bool {
	for g.mixing = 0; g.mixing < mixingsMax; g.mixing++ {
		if done, clear := g.numberAll(); done {
			return clear
		}
	}
	return false
}

// numberAll tries to, with one way to make keys. It is done if that was free of
// ambiguity, or a state could not be read.
func (g *stateGraph) numberAll() (done, clear bool) {
	g.numbers.Free()
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
