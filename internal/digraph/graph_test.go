package digraph

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// A graph has exactly the edges that were added to it, in their order.
func TestGraphKeepsEdges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		labelsMax := rapid.SampledFrom([]int{5, 300}).Draw(t, "labels")
		s := drawGraph(t, 8, labelsMax)
		g := s.graph(all)
		again := rapid.Bool().Draw(t, "relabel")
		if again {
			by := make([]uint32, labelsMax)
			for i := range by {
				by[i] = uint32(labelsMax - 1 - i)
			}
			g.Relabel(by)
		}
		for n := range uint32(s.size()) {
			var to, labels []uint32
			for _, e := range s.edges {
				if e.from == n && again {
					e.label = uint32(labelsMax-1) - e.label
				}
				if e.from == n {
					to, labels = append(to, e.to), append(labels, e.label)
				}
			}
			gotTo, gotLabels := g.Edges(n)
			if !slices.Equal(gotTo, to) || !slices.Equal(listed(gotLabels), labels) || !slices.Equal(g.Targets(n), to) {
				t.Fatalf("node %d: got edges to %v by %v, and targets %v; want %v by %v", n, gotTo, gotLabels, g.Targets(n), to, labels)
			}
		}
		edges, bytes := g.Size()
		most := uint64(8*len(s.edges) + 4*(s.size()+g.Chunks()))
		want := most - 3*uint64(len(s.edges)) // a chunk has bytes for labels, if they will do
		if labelsMax > 256 {
			want = min(max(want, bytes), most)
		}
		if edges != uint64(len(s.edges)) || bytes != want || g.Nodes() != s.size() {
			t.Fatalf("got %d nodes and %d edges in %d bytes; want %d, %d and %d", g.Nodes(), edges, bytes, s.size(), len(s.edges), want)
		}
	})
}

// The nodes of a chunk may be set in any order and at different times, and Again
// removes the edges of an interrupted node.
func TestChunkInSteps(t *testing.T) {
	var c Chunk
	g := New(4)
	check := func(want ...[]uint32) {
		t.Helper()
		for n, w := range want {
			if to, labels := g.Edges(uint32(n)); !slices.Equal(to, w) || !slices.Equal(g.Targets(uint32(n)), w) || labels.Len() != len(w) {
				t.Errorf("node %d: got %v by %v, want %v", n, to, labels, w)
			}
		}
	}
	check(nil, nil, nil, nil)
	c.Begin(2)
	c.Add(0, 0)
	c.Begin(1)
	c.Add(2, 0)
	c.Again()
	c.Add(3, 0)
	c.Add(2, 0)
	_ = g.Set(0, &c) // it is in memory
	check(nil, []uint32{3, 2}, []uint32{0}, nil)
	c.Reset()
	c.Begin(0)
	c.Add(1, 0)
	c.Begin(2)
	_ = g.Set(0, &c) // it is in memory
	check([]uint32{1}, []uint32{3, 2}, nil, nil)
}

// Whatever the order of the nodes, and with or without edges, each keeps its own.
func TestChunkInAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const nodes = 5
		g, want := New(nodes), map[uint32][]Edge{}
		var c Chunk
		for range rapid.IntRange(1, 3).Draw(t, "sets") {
			c.Reset()
			for _, node := range rapid.SliceOfNDistinct(rapid.Uint32Range(0, nodes-1), 0, nodes, rapid.ID).Draw(t, "order") {
				list := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Edge {
					return Edge{rapid.Uint32Range(0, nodes-1).Draw(t, "to"), rapid.SampledFrom([]uint32{0, 3, 300}).Draw(t, "label")}
				}), 0, 3).Draw(t, "edges")
				c.Begin(node)
				if rapid.Bool().Draw(t, "again") {
					c.Add(0, 0)
					c.Again()
				}
				for _, e := range list {
					c.Add(e.To, e.Label)
				}
				want[node] = list
			}
			if err := g.Set(0, &c); err != nil {
				t.Fatal(err)
			}
		}
		for node := range uint32(nodes) {
			var got []Edge
			to, labels := g.Edges(node)
			for i := range to {
				got = append(got, Edge{to[i], labels.At(i)})
			}
			if !slices.Equal(got, want[node]) {
				t.Fatalf("node %d: got edges %v, want %v", node, got, want[node])
			}
		}
	})
}

// Bits and maps agree.
func TestBits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 200).Draw(t, "n")
		draw := func(name string) (Bits, map[uint32]bool) {
			b, m := NewBits(n), map[uint32]bool{}
			for _, i := range rapid.SliceOf(rapid.Uint32Range(0, uint32(n-1))).Draw(t, name) {
				b.Add(i)
				m[i] = true
			}
			for _, i := range rapid.SliceOfN(rapid.Uint32Range(0, uint32(n-1)), 0, 3).Draw(t, "not "+name) {
				b.Remove(i)
				delete(m, i)
			}
			return b, m
		}
		a, inA := draw("a")
		b, inB := draw("b")
		both, others := a.And(b), a.Not(n)
		var list []uint32
		for i := range uint32(n) {
			if a.Has(i) != inA[i] || both.Has(i) != (inA[i] && inB[i]) || others.Has(i) == inA[i] {
				t.Fatalf("node %d: %v in a, %v in both, %v in the others", i, a.Has(i), both.Has(i), others.Has(i))
			}
			if inA[i] {
				list = append(list, i)
			}
		}
		if got := slices.Collect(a.All); !slices.Equal(got, list) || a.Len() != len(list) || others.Len() != n-len(list) {
			t.Fatalf("got %v, and %d others; want %v", got, others.Len(), list)
		}
		at := rapid.Uint32Range(0, uint32(n+70)).Draw(t, "from")
		i := slices.IndexFunc(list, func(i uint32) bool { return i >= at })
		if got, any := a.From(at); any != (i >= 0) || any && got != list[i] {
			t.Fatalf("from %d: got %d, %v in %v", at, got, any, list)
		}
	})
}

// Of is right about every inserted key, or InsertAll has reported ambiguous keys.
func TestNumbers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		mask := rapid.SampledFrom([]uint64{^uint64(0), 0xF << 60, tagMask, 0xFF, 0xFF<<56 | 3}).Draw(t, "mask")
		keys := rapid.SliceOfN(rapid.Map(rapid.Uint64(), func(k uint64) uint64 { return k & mask }), 1, 300).Draw(t, "keys")
		table, number, twice := NewNumbers(len(keys)), map[uint64]uint32{}, false
		sure := true
		for first := 0; first < len(keys); first += 7 {
			batch := keys[first:min(first+7, len(keys))]
			sure = sure && table.InsertAll(batch, uint32(first))
		}
		for i, k := range keys {
			_, known := number[k]
			twice = twice || known
			number[k] = uint32(i)
		}
		if sure && twice {
			t.Fatal("a key was inserted twice, and nobody noticed")
		}
		for k, want := range number {
			if got, ok := table.Of(k); sure && (!ok || got != want) {
				t.Fatalf("key %x: got %d, %v; want %d", k, got, ok, want)
			}
		}
	})
}

// The table distinguishes random keys with high probability.
func TestNumbersDistinguishKeys(t *testing.T) {
	const n = 5_000
	table, key := NewNumbers(n), uint64(1)
	var keys []uint64
	for range n {
		key = key*6364136223846793005 + 1442695040888963407
		keys = append(keys, key)
	}
	if !table.InsertAll(keys, 0) {
		t.Fatal("keys without anything in common cannot be told apart")
	}
	for i, k := range keys {
		if got, ok := table.Of(k); !ok || got != uint32(i) {
			t.Fatalf("key %d: got %d, %v", i, got, ok)
		}
	}
	if _, ok := table.Of(0); ok {
		t.Error("a key that was not inserted has a number")
	}
}

// A graph can grow by nodes of a chunk that has edges already.
func TestGraphGrows(t *testing.T) {
	g := New(2)
	var c Chunk
	set := func(node, to uint32) {
		c.Reset()
		c.Begin(node)
		c.Add(to, node)
		if err := g.Set(0, &c); err != nil {
			t.Fatal(err)
		}
	}
	set(1, 0)
	g.Grow(ChunkNodes + 5)
	set(3, 1)
	g.Grow(7) // it has more already
	for node, want := range map[uint32][]uint32{0: nil, 1: {0}, 2: nil, 3: {1}, ChunkNodes + 4: nil} {
		if to, labels := g.Edges(node); !slices.Equal(to, want) || !slices.Equal(g.Targets(node), want) || labels.Len() != len(want) {
			t.Errorf("node %d: got edges to %v, want %v", node, to, want)
		}
	}
	if g.Nodes() != ChunkNodes+5 || g.Chunks() != 2 {
		t.Errorf("got %d nodes in %d chunks", g.Nodes(), g.Chunks())
	}
}
