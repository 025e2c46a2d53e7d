// Package liveness decides properties about whole runs: on the graph of the steps
// that matter to them it looks for a fair cycle that breaks a claim, or a state where
// a run may stay for ever. explore/LIVENESS.md says exactly what a run is,
// what it owes to fair actions, and how the graph is searched.
//
// A [Checker] makes most of the graph while the search goes on, as an observer of its
// steps, and the rest when every state was found. A counterexample is run again and
// judged by code that shares nothing with the graph before it is shown: see [Verify].
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

// graph is the reachable states as numbers, in the order in which they were found,
// and the steps between them, as far as a claim is about them.
type graph struct {
	*digraph.Graph
	search *search.Search
	tuning Tuning
	own    *digraph.Numbers // of all states by key, if the search has no such table
	mixing uint64           // which of the ways to make its keys was free of ambiguity
	labels *labelling
	noted  []steplog.Steps // the steps of a round, as long as the search goes on
	byName bool            // fairness tells an action's steps apart by the names of arguments
	whole  bool            // while the search goes on, the edges of all states are made
	known  int             // the number of states that have been expanded
	judged int             // the number of chunks whose states have been judged
	found  found           // the first problem

	questions []question
	fairness  digraph.Fairness
	ends      []uint64 // the number of states up to and including each level
	atoms     []atom
	truth     []digraph.Bits // where each atom is true
	relevant  *relevant
	room      uint64       // bytes that a search may take, if edges are in a file; 0 for any
	still     digraph.Bits // where fairness lets a run stay for ever
}

// atom is a formula about a single state, of a property of this name.
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
	g.truth = make([]digraph.Bits, len(g.atoms))
	return g
}

// grow makes room for this many states.
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

// numbers is a table of the numbers of all states, or nil if there is none.
func (g *graph) numbers() *digraph.Numbers {
	if g.own != nil {
		return g.own
	}
	return g.search.Numbers()
}

// complete makes the edges that are missing when every state was found, by taking steps
// once more. It reports false if there is a problem, which is in found then.
func (g *graph) complete(b *builder) bool {
	g.grow(int(g.search.Counts().Distinct))
	g.known = g.Nodes()
	g.setLevels()
	g.makeRoom()
	g.whole = g.whole && b != nil
	if b != nil && !b.finish() {
		return false
	}
	g.whole = false
	if (g.judged < g.Chunks() || g.relevant.isLeft()) && !g.takeOnceMore() {
		return false
	}
	if len(g.labels.list) > g.labels.plain {
		g.Relabel(g.labels.sort())
	}
	g.fairness = fairness(g.labels, g.search.Actions())
	return true
}

// takeOnceMore makes the edges that are missing.
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
		expanders[i].prepare(g.Nodes())
	}
	if !g.scan(expanders, g.judged, (*expander).judgeAll) {
		return false
	}
	g.relevant.grown.Store(true)
	for scans := 0; g.relevant.grown.Swap(false); scans++ {
		if scans == scansMax {
			g.relevant.wanted = g.relevant.inside.Clone() // the expanders write to it
		}
		if !g.scan(expanders, 0, (*expander).expandAll) {
			return false
		}
	}
	return true
}

// free gives back the memory that is not the garbage collector's.
func (g *graph) free() {
	if g != nil {
		g.own.Free()
	}
}

// setLevels notes where each level ends.
func (g *graph) setLevels() {
	sum := uint64(0)
	for _, states := range g.search.Counts().Levels {
		sum += states
		g.ends = append(g.ends, sum)
	}
}

// makeRoom shares the rest of the memory among the edges and the search in them. Half
// of the memory is left for garbage, and for a caller who limits Go's heap to a part.
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

// scan has every chunk from one on worked on by one of the expanders. It reports
// false if there is a problem.
func (g *graph) scan(expanders []*expander, from int, work func(*expander, int) bool) bool {
	var cursor atomic.Int64
	cursor.Store(int64(from))
	g.search.Pool().Run(func(i int) {
		for chunk := int(cursor.Add(1)) - 1; chunk < g.Chunks(); chunk = int(cursor.Add(1)) - 1 {
			if !work(expanders[i], chunk) {
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

// of are the nodes of a chunk, as far as they have been expanded.
func (g *graph) of(chunk int) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		first := chunk * digraph.ChunkNodes
		for n := first; n < min(first+digraph.ChunkNodes, g.known) && yield(uint32(n)); n++ {
		}
	}
}

// key stands for a state in the table of numbers. It is made of no more of the
// fingerprint than the visited set compared, so that a state which the set took for
// another is taken for the same one here.
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

const mixingsMax = 8 // ways to make keys that are tried

// number makes the table of numbers, and reports whether it can tell all states apart.
func (g *graph) number() bool {
	for g.mixing = 0; g.mixing < mixingsMax; g.mixing++ {
		if done, clear := g.numberAll(); done {
			return clear
		}
	}
	return false
}

// numberAll tries to, with one way to make keys. It is done if that was free of
// ambiguity, or a state could not be read.
func (g *graph) numberAll() (done, clear bool) {
	g.own.Free()
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

// level is the level on which a state was found.
func (g *graph) level(node uint32) int {
	i, _ := slices.BinarySearchFunc(g.ends, uint64(node), func(end, node uint64) int {
		if end <= node {
			return -1
		}
		return 1
	})
	return i
}

// initial are the initial states.
func (g *graph) initial() digraph.Bits {
	b := digraph.NewBits(g.Nodes())
	for n := range g.search.Counts().Initial {
		b.Add(uint32(n))
	}
	return b
}

// initialIn are the initial states among 64.
func (g *graph) initialIn(word int) uint64 {
	initial, first := g.search.Counts().Initial, uint64(word)*64
	if initial >= first+64 {
		return ^uint64(0)
	}
	return 1<<(max(initial, first)-first) - 1
}

// prepare prepares the questions of all properties about whole runs that are checked.
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

// question is a property about whole runs, and the claims that it makes.
type question struct {
	property int
	claims   []query
}

// isFairByArguments reports whether fairness tells the steps of an action apart.
func isFairByArguments(a system.Action) bool { return a.Fair.IsEach() }
