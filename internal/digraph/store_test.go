package digraph

import (
	"errors"
	"os"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/muster-mc/muster/internal/spill"
)

// inFiles returns a copy of a graph with at most room bytes of edges in memory.
func (s randomGraph) inFiles(d *spill.Directory, room uint64, wanted func(int) bool) *Graph {
	g := New(s.size())
	g.Spill(room, func() (*spill.File, error) { return d.File("edges") })
	s.fill(g, wanted)
	return g
}

// A graph with some or all edges in a file has the same edges and gives the same run
// as a graph in memory.
func TestGraphInFiles(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		d := spill.In(dir)
		defer d.Close()
		h := drawSearch(t, 6)
		room := rapid.SampledFrom([]uint64{0, 0, 40, 5_000}).Draw(t, "room")
		g, spilled := h.graph(h.follow), h.inFiles(d, room, h.follow)
		if room == 0 && !spilled.IsSpilled() {
			t.Fatal("no edge is in a file")
		}
		if rapid.Bool().Draw(t, "relabel") {
			g.Relabel([]uint32{3, 2, 1, 0})
			spilled.Relabel([]uint32{3, 2, 1, 0})
		}
		r := spilled.NewReader()
		for n := range uint32(h.size()) {
			to, labels := g.Edges(n)
			if gotTo, gotLabels := r.Edges(n); !slices.Equal(gotTo, to) || !slices.Equal(listed(gotLabels), listed(labels)) || r.err != nil {
				t.Fatalf("node %d: got %v by %v, %v; want %v by %v", n, gotTo, gotLabels, r.err, to, labels)
			}
		}
		here, there := *h.search, *h.search
		here.Model, here.States, there.Model, there.States = nil, nil, nil, nil
		here.Graph, there.Graph = g, spilled
		want, _ := here.Find()
		if got, err := there.Find(); err != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("got %+v, %v; want %+v", got, err, want)
		}
	})
}

// A chunk in a file can get more edges later.
func TestChunkInFileInSteps(t *testing.T) {
	d := spill.In(t.TempDir())
	defer d.Close()
	g := New(3)
	g.Spill(0, func() (*spill.File, error) { return d.File("edges") })
	for n := range uint32(3) {
		var c Chunk
		c.Begin(2 - n)
		c.Add(n, 7)
		if err := g.Set(0, &c); err != nil {
			t.Fatal(err)
		}
	}
	r := g.NewReader()
	for n := range uint32(3) {
		if to, labels := r.Edges(n); !slices.Equal(to, []uint32{2 - n}) || !slices.Equal(listed(labels), []uint32{7}) {
			t.Errorf("node %d: got %v by %v", n, to, labels)
		}
	}
}

// The search fails if the trimmed graph exceeds the memory limit. Nodes that are
// trimmed do not count.
func TestSubgraphLimit(t *testing.T) {
	d := spill.In(t.TempDir())
	defer d.Close()
	for _, c := range []struct {
		edges []randomEdge
		want  error
	}{
		{[]randomEdge{{0, 1, 0}, {1, 2, 0}, {0, 2, 0}}, nil},
		{[]randomEdge{{0, 1, 0}, {1, 2, 0}, {2, 0, 0}}, ErrTooLarge},
	} {
		s := randomGraph{nodes: 3, apart: 1, edges: c.edges}
		every := NewBits(3).Not(3)
		search := &Search{Graph: s.inFiles(d, 0, all), Fairness: Fairness{DemandOf: []int{-1}}, Inside: every, Sources: every,
			Still: NewBits(3), Room: 1}
		if _, err := search.Find(); !errors.Is(err, c.want) {
			t.Errorf("%v: got %v, want %v", c.edges, err, c.want)
		}
	}
}

// A damaged file ends the search with an error.
func TestFindInADamagedFile(t *testing.T) {
	d := spill.In(t.TempDir())
	defer d.Close()
	d.Create = func(path string) (spill.Handle, error) {
		f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
		return damaged{f}, err
	}
	s := randomGraph{nodes: 2, apart: 1, edges: []randomEdge{{0, 1, 0}, {1, 0, 0}}}
	every := NewBits(2).Not(2)
	search := &Search{Graph: s.inFiles(d, 0, all), Fairness: Fairness{DemandOf: []int{-1}}, Inside: every, Sources: every, Still: NewBits(2)}
	var lost *spill.Error
	if l, err := search.Find(); !errors.As(err, &lost) {
		t.Errorf("got %v, %v; want that the file is damaged", l, err)
	}
}

// damaged is a file whose first byte changes between writing and reading.
type damaged struct{ *os.File }

func (f damaged) ReadAt(b []byte, at int64) (int, error) {
	n, err := f.File.ReadAt(b, at)
	if at == 0 && n > 0 {
		b[0] ^= 1
	}
	return n, err
}

// Replacing a chunk frees no memory if the old one is in a shared block, and all of
// its memory otherwise.
func TestReplacedChunksAreCounted(t *testing.T) {
	g := New(1)
	g.Spill(1<<20, nil)
	grown := func(edges int) uint64 {
		before := g.InMemory()
		var c Chunk
		c.Begin(0)
		for range edges {
			c.Add(0, 0)
		}
		if err := g.Set(0, &c); err != nil {
			t.Fatal(err)
		}
		return g.InMemory() - before
	}
	first, second, third := grown(10), grown(10), grown(10)
	if first == 0 || second != first || third != 0 {
		t.Errorf("a chunk set three times takes %d, %d and %d bytes more, want the same twice and then none", first, second, third)
	}
}
