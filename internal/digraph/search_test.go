package digraph

import (
	"reflect"
	"slices"
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
		s.Conditions = append(s.Conditions, h.condition(t))
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

// condition draws a condition: a set to meet, one to leave, or a pair of events.
func (h searchCase) condition(t *rapid.T) Condition {
	kind := rapid.SampledFrom([]string{"meets", "meets", "leaves", "pair", "pair"}).Draw(t, "condition")
	c := Condition{If: h.event(t), Then: h.event(t)}
	switch kind {
	case "meets":
		return Meets(c.Then.At)
	case "leaves":
		c.Then = nil
	}
	return c
}

func (h searchCase) event(t *rapid.T) *Event {
	e := &Event{At: h.set(t, "at", 2)}
	if rapid.Bool().Draw(t, "by label") {
		e.By = make([]Bits, 4)
		e.By[rapid.IntRange(0, 3).Draw(t, "label")] = h.set(t, "by", 2)
	}
	return e
}

// isFair reports whether a run is fair and meets the conditions that is at these nodes again and again and takes these edges again and again.
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
	happens := func(e *Event) bool {
		return e != nil && slices.ContainsFunc(taken, func(i int) bool { return e.has(h.edges[i].from, h.edges[i].label) })
	}
	for _, c := range h.search.Conditions {
		if (c.If == nil || happens(c.If)) && !happens(c.Then) {
			return false
		}
	}
	return true
}

// goals are the nodes at which a run may end up: where it may stay, and those of
// every set of nodes around which it can go for ever. There it takes every edge between
// them, for that is the fairest it can do, but for those by which it would meet what
// some of the conditions are about.
func (h searchCase) goals() map[uint32]bool {
	goals := map[uint32]bool{}
	for n := range h.search.Still.And(h.search.Inside).All {
		goals[n] = true
	}
	for avoided := range 1 << len(h.search.Conditions) {
		follow := func(i int) bool {
			for k, c := range h.search.Conditions {
				if avoided&(1<<k) != 0 && (c.If == nil || c.If.has(h.edges[i].from, h.edges[i].label)) {
					return false
				}
			}
			return h.follow(i)
		}
		for set := 1; set < 1<<h.nodes; set++ {
			h.addRounds(goals, set, follow)
		}
	}
	return goals
}

// addRounds adds the nodes of a set if a run can go round all of them for ever.
func (h searchCase) addRounds(goals map[uint32]bool, set int, follow func(int) bool) {
	at := map[uint32]bool{}
	for i := range h.nodes {
		if set&(1<<i) != 0 && h.search.Inside.Has(h.at(i)) {
			at[h.at(i)] = true
		}
	}
	var taken []int
	for i, e := range h.edges {
		if at[e.from] && at[e.to] && follow(i) {
			taken = append(taken, i)
		}
	}
	reach := h.reach(func(n uint32) bool { return at[n] }, follow)
	isRound := len(at) > 1 || len(taken) > 0
	for n := range at {
		isRound = isRound && len(reach[n]) == len(at)
	}
	if isRound && h.isFair(at, taken) {
		for n := range at {
			goals[n] = true
		}
	}
}

// distance is how far it is from the beginning to the nearest goal, by way of a
// source; less than zero if there is no way.
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
		if shorter := h.shorterLoop(want, len(l.Loop)); shorter != nil && l.Exact {
			t.Fatalf("its loop is %v, but %v would do", l.Loop, shorter)
		}
		if !l.Exact {
			t.Fatalf("it is not known that the loop %v is shortest", l.Loop)
		}
	})
}

// shorterLoop is a loop of less than this many edges, of which the first node is so far
// from the beginning; nil if there is none.
func (h searchCase) shorterLoop(far, length int) []int {
	for i := range h.nodes {
		n := h.at(i)
		if h.distance(map[uint32]bool{n: true}) != far {
			continue
		}
		if loop := h.loopOf(n, n, length-1, nil); loop != nil {
			return loop
		}
	}
	return nil
}

// loopOf is a fair loop of so many more edges, at most, that goes on from a node and
// ends in another.
func (h searchCase) loopOf(from, end uint32, length int, taken []int) []int {
	if len(taken) > 0 && from == end {
		at := map[uint32]bool{}
		for _, i := range taken {
			at[h.edges[i].from] = true
		}
		if h.isFair(at, taken) {
			return taken
		}
	}
	for i, e := range h.edges {
		if length == 0 || e.from != from || e.to == Nowhere || !h.search.Inside.Has(e.to) || !h.follow(i) {
			continue
		}
		if loop := h.loopOf(e.to, end, length-1, append(slices.Clone(taken), i)); loop != nil {
			return loop
		}
	}
	return nil
}

// A search that has no time to look for the shortest loop still finds one.
func TestGreedyLoops(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := drawSearch(t, 6)
		f := &finder{Search: h.search}
		f.findComponents()
		if f.fair == nil {
			return
		}
		for entry := range f.fair.All {
			loop := f.greedy(entry)
			end, at, taken := h.walk(t, entry, loop)
			if end != entry || !h.isFair(at, taken) {
				t.Fatalf("the loop %v from %d ends in %d, or is not fair", loop, entry, end)
			}
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
