package digraph

import (
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// searchCase is a search in a small random graph, with the input as lists and sets
// for a brute-force search.
type searchCase struct {
	randomGraph
	search *Search
	follow func(edge int) bool // which edges of the model a run may take
	levels []int               // by node of the randomGraph: how far it is from the beginning
}

// drawSearch draws a search. An automaton may exclude steps of the model, which
// nevertheless count as enabled for fairness.
func drawSearch(t *rapid.T, nodesMax int) searchCase {
	h := searchCase{randomGraph: drawGraph(t, nodesMax, 4), follow: all}
	s := &Search{Graph: h.graph(all), Fairness: drawFairness(t, 4),
		Inside: h.set(t, "inside", 3), Sources: h.set(t, "source", 2),
		Still: h.set(t, "still", rapid.IntRange(0, 1).Draw(t, "stays"))}
	for range rapid.IntRange(0, 2).Draw(t, "sets") {
		s.Accept = append(s.Accept, h.set(t, "accept", 3))
	}
	if rapid.Bool().Draw(t, "automaton") {
		forbidden := rapid.SliceOfN(rapid.Bool(), len(h.edges), len(h.edges)).Draw(t, "forbidden")
		h.follow = func(i int) bool { return !forbidden[i] }
		s.Model, s.Graph = s.Graph, h.graph(h.follow)
		for n := range uint32(h.size()) {
			s.States = append(s.States, n)
		}
	}
	if rapid.Bool().Draw(t, "levels") {
		level := 0
		for range h.nodes {
			h.levels = append(h.levels, level)
			level += rapid.IntRange(0, 1).Draw(t, "deeper") // nodes are in the order of levels
		}
		s.Level = h.level
	}
	h.search = s
	return h
}

func drawFairness(t *rapid.T, labels int) Fairness {
	f := Fairness{}
	for range rapid.IntRange(0, 3).Draw(t, "demands") {
		f.Strong = append(f.Strong, rapid.Bool().Draw(t, "strong"))
	}
	for range labels {
		f.DemandOf = append(f.DemandOf, rapid.IntRange(-1, len(f.Strong)-1).Draw(t, "demand"))
	}
	return f
}

// isFair reports whether a run is fair and accepting if it visits exactly these nodes
// and takes exactly these edges infinitely often.
func (h searchCase) isFair(at map[uint32]bool, taken []int) bool {
	f := h.search.Fairness
	for d, strong := range f.Strong {
		enabled := map[uint32]bool{}
		for _, e := range h.edges {
			if at[e.from] && f.DemandOf[e.label] == d {
				enabled[e.from] = true
			}
		}
		takes := false
		for _, i := range taken {
			takes = takes || f.DemandOf[h.edges[i].label] == d
		}
		if !takes && (strong && len(enabled) > 0 || len(enabled) == len(at)) {
			return false
		}
	}
	for _, set := range h.search.Accept {
		met := false
		for n := range at {
			met = met || set.Has(n)
		}
		if !met {
			return false
		}
	}
	return true
}

// goals returns the nodes at which a stem may end: the nodes of Still, and the nodes
// of every strongly connected set in which the run that repeats all edges is fair.
func (h searchCase) goals() map[uint32]bool {
	goals := map[uint32]bool{}
	for n := range h.search.Still.And(h.search.Inside).All {
		goals[n] = true
	}
	for set := 1; set < 1<<h.nodes; set++ {
		at := map[uint32]bool{}
		for i := range h.nodes {
			if set&(1<<i) != 0 && h.search.Inside.Has(h.at(i)) {
				at[h.at(i)] = true
			}
		}
		var taken []int
		for i, e := range h.edges {
			if at[e.from] && at[e.to] && h.follow(i) {
				taken = append(taken, i)
			}
		}
		reach := h.reach(func(n uint32) bool { return at[n] }, h.follow)
		isRound := len(at) > 1
		for n := range at {
			isRound = isRound && len(reach[n]) == len(at)
		}
		if isRound && h.isFair(at, taken) {
			for n := range at {
				goals[n] = true
			}
		}
	}
	return goals
}

// distance returns the length of a shortest path from an initial state through a
// source to a goal, or a negative number if there is none.
func (h searchCase) distance(goals map[uint32]bool) int {
	best := -1
	for source := range h.search.Sources.And(h.search.Inside).All {
		far := h.level(source)
		layer, met := map[uint32]bool{source: true}, map[uint32]bool{}
		for ; len(layer) > 0; far++ {
			next := map[uint32]bool{}
			for n := range layer {
				met[n] = true
				if goals[n] && (best < 0 || far < best) {
					best = far
				}
				for i, e := range h.edges {
					if e.from == n && e.to != Nowhere && h.follow(i) && h.search.Inside.Has(e.to) && !met[e.to] {
						next[e.to] = true
					}
				}
			}
			layer = next
		}
	}
	return best
}

func (h searchCase) level(n uint32) int {
	if h.levels == nil {
		return 0
	}
	return h.levels[int(n)/h.apart]
}

// walk follows hops along allowed edges, and returns the nodes and edges that it
// visited.
func (h searchCase) walk(t *rapid.T, from uint32, hops []Hop) (end uint32, at map[uint32]bool, taken []int) {
	at = map[uint32]bool{from: true}
	for _, hop := range hops {
		edge := -1
		for i, e := range h.edges {
			if e.from == from && e.to == hop.To && e.label == hop.Label && h.follow(i) {
				edge = i
			}
		}
		if edge < 0 || !h.search.Inside.Has(hop.To) {
			t.Fatalf("there is no step from %d to %d by %d inside", from, hop.To, hop.Label)
		}
		from = hop.To
		at[from] = true
		taken = append(taken, edge)
	}
	return from, at, taken
}

// Find returns a run if and only if there is one. The steps of the run exist, its
// loop is a fair cycle, and no goal is closer to the initial states.
func TestFind(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := drawSearch(t, 6)
		want := h.distance(h.goals())
		l, err := h.search.Find()
		if err != nil {
			t.Fatal(err)
		}
		if (l == nil) != (want < 0) {
			t.Fatalf("got %+v; the nearest goal is %d away", l, want)
		}
		if l == nil {
			return
		}
		if !h.search.Sources.Has(l.Source) || !h.search.Inside.Has(l.Source) {
			t.Fatalf("it begins at %d", l.Source)
		}
		end, _, _ := h.walk(t, l.Source, l.Stem)
		if got := h.level(l.Source) + len(l.Stem); got != want {
			t.Fatalf("its stem ends %d from the beginning; want %d", got, want)
		}
		if len(l.Loop) == 0 {
			if !h.search.Still.Has(end) {
				t.Fatalf("it stays at %d", end)
			}
			return
		}
		back, at, taken := h.walk(t, end, l.Loop)
		if back != end {
			t.Fatalf("its loop begins at %d and ends at %d", end, back)
		}
		if !h.isFair(at, taken) {
			t.Fatalf("its loop %v is not fair, or does not meet what it must", l.Loop)
		}
	})
}

// Find is deterministic.
func TestFindRepeats(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := drawSearch(t, 6)
		first, _ := h.search.Find()
		second, _ := h.search.Find()
		if !reflect.DeepEqual(first, second) {
			t.Fatalf("got %+v and then %+v", first, second)
		}
	})
}

// On a cycle with a chord, strong fairness requires the chord and weak fairness does
// not; both require an action that is enabled everywhere.
func TestFairnessOnACircle(t *testing.T) {
	for _, c := range []struct {
		name    string
		strong  bool
		edges   []randomEdge
		loop    int // how long, 0 if there is no run
		because string
	}{
		{"weak, off at times", false, []randomEdge{{0, 1, 0}, {1, 0, 0}, {0, Nowhere, 1}}, 2, "node 1 does not enable it"},
		{"strong, and leads out", true, []randomEdge{{0, 1, 0}, {1, 0, 0}, {0, Nowhere, 1}}, 0, "it is enabled again and again"},
		{"strong, and leads on", true, []randomEdge{{0, 1, 0}, {1, 0, 0}, {0, 2, 1}, {2, 0, 0}}, 2, "the way by 2 takes it"},
		{"strong, and can be avoided", true, []randomEdge{{0, 1, 0}, {1, 2, 0}, {2, 1, 0}, {1, 0, 0}, {0, Nowhere, 1}}, 2, "1 and 2 are enough"},
		{"weak, everywhere", false, []randomEdge{{0, 1, 0}, {1, 0, 0}, {0, Nowhere, 1}, {1, Nowhere, 1}}, 0, "it is never taken"},
		{"weak, everywhere, and leads on", false, []randomEdge{{0, 1, 0}, {1, 0, 1}, {0, 1, 1}}, 2, "it is taken"},
	} {
		s := randomGraph{nodes: 3, apart: 1, edges: c.edges}
		every := NewBits(3).Not(3)
		source := NewBits(3)
		source.Add(0)
		l, _ := (&Search{Graph: s.graph(all), Fairness: Fairness{DemandOf: []int{-1, 0}, Strong: []bool{c.strong}},
			Inside: every, Sources: source, Still: NewBits(3)}).Find()
		if got := l != nil; got != (c.loop > 0) || got && len(l.Loop) != c.loop {
			t.Errorf("%s: got %+v; want a loop of %d, since %s", c.name, l, c.loop, c.because)
		}
	}
}
