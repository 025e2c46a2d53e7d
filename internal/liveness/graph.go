package liveness

import (
	"iter"
	"slices"
	"sync/atomic"

	"github.com/muster-mc/muster/internal/digraph"
	"github.com/muster-mc/muster/internal/fingerprint"
	"github.com/muster-mc/muster/internal/search"
	"github.com/muster-mc/muster/internal/spill"
	"github.com/muster-mc/muster/internal/steplog"
	"github.com/muster-mc/muster/internal/system"
)

// graph has the reachable states as numbers, in the order in which they were found,
// and the steps between them, as far as a claim is about them. The order is
// breadth-first, and sweeps in digraph and relevant.go rely on that for speed.
type graph struct {
	*digraph.Graph
	search *search.Search
	tuning Tuning
	own    *digraph.Numbers // the numbers of all states by key, if the search has no such table; nil otherwise
	mixing uint64           // the way of making keys under which all keys of own differ
	labels *labelling
	noted  []steplog.Steps // the steps of a round, as long as the search goes on
	byName bool            // fairness tells some action's steps apart by arguments that the model names
	whole  bool            // the edges of all states are made, as long as the search goes on
	known  int             // the number of states that have been expanded
	judged int             // the number of chunks whose states have been judged
	found  found           // the first problem

	expanders []*expander // those that work on the graph, one for each worker

	questions []question
	fairness  digraph.Fairness
	ends      []uint64 // the number of states up to and including each level
	atoms     []atom
	truth     []digraph.Bits // by atom: the states that make it true
	relevant  *relevant
	room      uint64       // bytes that a search may take if edges are in a file; 0 for no limit
	still     digraph.Bits // states with edges in which fairness lets a run stay for ever
}

// atom is a formula about a single state, and the name of its property, for the report
// of a panic. Each atom is evaluated once for each state; searches see only its truth.
type atom struct {
	property string
	formula  *system.Formula
}

// newGraph prepares for making the graph. It has no nodes yet.
func newGraph(s *search.Search, t Tuning, l *labelling) *graph {
	g := &graph{Graph: digraph.New(0), search: s, tuning: t, labels: l, relevant: &relevant{}}
	g.questions = g.prepare()
	g.byName = slices.ContainsFunc(s.Actions(), func(a system.Action) bool { return a.FairBy != nil })
	g.whole = g.mayOweTheImpossible()
	// prepare has collected the atoms of all claims, so their number is final.
	g.truth = make([]digraph.Bits, len(g.atoms))
	return g
}

// grow makes room for this many states. All sets grow together, since the searches
// combine them word by word.
func (g *graph) grow(states int) {
	g.Grow(states)
	r := g.relevant
	for _, set := range []*digraph.Bits{&g.still, &r.inside, &r.wanted, &r.taken} {
		set.Grow(states)
	}
	for i := range g.truth {
		g.truth[i].Grow(states)
	}
}

// numbers returns a table of the numbers of all states, or nil if there is none. The
// search's own table serves as long as the search keeps it.
func (g *graph) numbers() *digraph.Numbers {
	if g.own != nil {
		return g.own
	}
	return g.search.Numbers()
}

// complete makes the edges that are missing when every state is known. It reports
// false if there is a problem, which is then in found or in the search's findings.
func (g *graph) complete(b *builder) bool {
	g.grow(int(g.search.Counts().Distinct))
	g.known = g.Nodes()
	g.setLevels()
	g.makeRoom()
	// If all edges were made so far, making the last ones too is cheap. Without a
	// builder, all edges would be made by taking every step again; noteNoRun does that
	// only if the verdicts leave it open whether there is a fair run.
	g.whole = g.whole && b != nil
	if b != nil && !b.finish() {
		return false
	}
	g.whole = false
	if (g.judged < g.Chunks() || g.relevant.isLeft()) && !g.takeOnceMore() {
		return false
	}
	// Labels with arguments were numbered as workers met them. Demands of fairness are
	// numbered like labels and loops pay them in that order, so the order must not
	// depend on timing.
	if len(g.labels.list) > g.labels.plain {
		g.Relabel(g.labels.sort())
	}
	g.fairness = fairness(g.labels, g.search.Actions())
	return true
}

// takeOnceMore makes the missing edges by taking the steps of their states again.
// Atoms come first, for all states: an edge may lead to any state, and whether a state
// is relevant depends on its atoms. Each scan of the states may find more relevant
// ones at lower numbers, so scans are repeated until one finds none.
func (g *graph) takeOnceMore() bool {
	if g.numbers() == nil && !g.number() {
		if g.found.err == nil && !g.search.IsCancelled() {
			g.found.undecided = "two states have one fingerprint, so that their steps could not be told apart: try another seed"
		}
		return false
	}
	expanders := make([]*expander, g.search.Workers())
	for i := range expanders {
		expanders[i] = newExpander(g)
	}
	g.expanders = expanders
	if !g.scan(expanders, g.judged, (*expander).judgeAll) {
		return false
	}
	// grown also reports that another scan is needed; the first scan always is.
	g.relevant.grown.Store(true)
	for scans := 0; g.relevant.grown.Swap(false); scans++ {
		// From here on every state inside is wanted. Some of the additional edges belong
		// to states that no run of a claim reaches from its sources: no search comes
		// to them, so they change no answer.
		if scans == scansMax {
			g.relevant.wanted = g.relevant.inside.Clone() // the expanders write to it
		}
		if !g.scan(expanders, 0, (*expander).expandAll) {
			return false
		}
	}
	return true
}

// free releases the memory that the garbage collector does not manage. The graph may
// be nil.
func (g *graph) free() {
	if g != nil {
		g.own.Free()
	}
}

// setLevels records where each level ends, so that level can find a state's level by
// its number.
func (g *graph) setLevels() {
	sum := uint64(0)
	for _, states := range g.search.Counts().Levels {
		sum += states
		g.ends = append(g.ends, sum)
	}
}

// makeRoom divides the remaining memory between the edges and the search in them, in
// equal parts. Half of all memory is left for garbage, and for a caller who limits
// Go's heap to a part. Under the Tiny tuning limits do not count, and the search has
// none.
func (g *graph) makeRoom() {
	s := g.search
	all, taken := s.Free()/2, s.StatesHeld()+countingBytes(s)
	room := (all - min(all, taken)) / 2
	if !s.Tiny() {
		g.room = max(1, room)
	}
	g.Spill(room, g.openEdges)
}

func (g *graph) openEdges() (*spill.File, error) { return g.search.File("edges") }

// scan has every chunk from one on worked on by one of the expanders. It reports false
// if there is a problem. A chunk has one expander at a time, so words of sets that
// belong to the chunk need no atomic access; only wanted is written across chunks.
func (g *graph) scan(expanders []*expander, from int, work func(*expander, int) bool) bool {
	var cursor atomic.Int64
	cursor.Store(int64(from))
	g.search.Pool().Run(func(i int) {
		for chunk := int(cursor.Add(1)) - 1; chunk < g.Chunks(); chunk = int(cursor.Add(1)) - 1 {
			if !expanders[i].working(chunk, work) {
				// The other expanders take no further chunk.
				cursor.Store(int64(g.Chunks()))
			}
		}
	})
	for _, x := range expanders {
		if x.found.Exists {
			g.search.Found().Add(x.kind, x.found)
		}
		if g.found.err == nil {
			g.found.err = x.problem
		}
	}
	return !g.search.IsCancelled() && g.found.err == nil && !g.search.Found().Any()
}

// of returns the nodes of a chunk, as far as they have been expanded: the steps of the
// others are not known yet.
func (g *graph) of(chunk int) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		first := chunk * digraph.ChunkNodes
		for n := first; n < min(first+digraph.ChunkNodes, g.known) && yield(uint32(n)); n++ {
		}
	}
}

// key returns a state's key in the table of numbers. It is made of no more of the
// fingerprint than the visited set compared: if the set merged two states, one of them
// has no number, and a step to it must lead to the other one. Multiplying by an odd
// number loses no bits of extra, and each mixing has another odd number, so two keys
// that collide under one mixing probably differ under the next.
func (g *graph) key(p fingerprint.Print) uint64 {
	if g.own == nil {
		return search.Key(p)
	}
	extra := p.Extra
	if !g.search.IsExact() {
		extra >>= 56
	}
	return search.Mixed(p.Hash^extra*(2*g.mixing+search.OddMultiplier), g.mixing)
}

// mixingsMax is the number of ways of making keys that are tried. A way fails if the
// table cannot tell two keys apart; if all fail, the fingerprints themselves are
// equal, or the graph is so large that trying further is of little use.
const mixingsMax = 8 // ways to make keys that are tried

// number makes the table of numbers, and reports whether the table tells all states
// apart. Only then is a look-up exact; the graph adds no odds of its own to the
// verdict.
func (g *graph) number() bool {
	for g.mixing = 0; g.mixing < mixingsMax; g.mixing++ {
		if done, clear := g.numberAll(); done {
			return clear
		}
	}
	return false
}

// numberAll makes the table with one mixing. It is done if the table is clear of
// ambiguity, or if another mixing would be of no use: the run is cancelled, or a state
// could not be read.
func (g *graph) numberAll() (done, clear bool) {
	g.own.Free()
	// Made anew for each mixing: a table with an ambiguous key is unusable.
	g.own = digraph.NewNumbers(g.Nodes())
	r, hasher := g.newReader(), g.search.NewHasher()
	var keys [64]uint64
	for first := 0; first < g.Nodes(); first += len(keys) {
		if g.search.IsCancelled() {
			return true, false
		}
		batch := keys[:min(len(keys), g.Nodes()-first)]
		for i := range batch {
			state := r.Read(uint64(first + i))
			if state == nil {
				g.found.err = r.Err()
				return true, false
			}
			batch[i] = g.key(hasher.Of(state))
		}
		if !g.own.InsertAll(batch, uint32(first)) {
			return false, false
		}
	}
	return true, true
}

func (g *graph) newReader() *search.ArchiveReader {
	return g.search.Archive().NewReader(g.search.System().Codec)
}

// level returns the level at which a state was found: the length of a shortest path
// from an initial state.
func (g *graph) level(node uint32) int {
	i, _ := slices.BinarySearchFunc(g.ends, uint64(node), func(end, node uint64) int {
		if end <= node {
			return -1
		}
		return 1
	})
	return i
}

// initial returns the initial states, which have the lowest numbers.
func (g *graph) initial() digraph.Bits {
	b := digraph.NewBits(g.Nodes())
	for n := range g.search.Counts().Initial {
		b.Add(uint32(n))
	}
	return b
}

// initialIn returns the initial states among the 64 states of a word.
func (g *graph) initialIn(word int) uint64 {
	initial, first := g.search.Counts().Initial, uint64(word)*64
	if initial >= first+64 {
		return ^uint64(0)
	}
	return 1<<(max(initial, first)-first) - 1
}

// prepare prepares the questions of all temporal properties that are checked. It runs
// before the first state is judged, because it collects the atoms.
func (g *graph) prepare() []question {
	var list []question
	for _, i := range g.search.Properties() {
		p := &g.search.System().Properties[i]
		if !p.IsTemporal() {
			continue
		}
		q := question{property: i}
		for _, c := range claimsOf(p.Formula) {
			q.claims = append(q.claims, g.query(p.Name, c))
		}
		list = append(list, q)
	}
	return list
}

// question is a temporal property, with its claims. The property holds if all claims
// do.
type question struct {
	property int // its place among the system's properties
	claims   []query
}

// isFairByArguments reports whether fairness tells the steps of an action apart.
func isFairByArguments(a system.Action) bool { return a.Fair.IsEach() }
