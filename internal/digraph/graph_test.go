package digraph

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// A graph has the edges that were put into it, in their order, and nothing else.
func TestGraphKeepsEdges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawSketch(t, 8, 5)
		g := s.graph(all)
		again := rapid.Bool().Draw(t, "relabel")
		if again {
			g.Relabel([]uint32{4, 3, 2, 1, 0})
		}
		for n := range uint32(s.size()) {
			var to, labels []uint32
			for _, e := range s.edges {
				if e.from == n && again {
					e.label = 4 - e.label
				}
				if e.from == n {
					to, labels = append(to, e.to), append(labels, e.label)
				}
			}
			gotTo, gotLabels := g.Edges(n)
			if !slices.Equal(gotTo, to) || !slices.Equal(gotLabels, labels) || !slices.Equal(g.Targets(n), to) {
				t.Fatalf("node %d: got edges to %v by %v, and targets %v; want %v by %v", n, gotTo, gotLabels, g.Targets(n), to, labels)
			}
		}
		edges, bytes := g.Size()
		if want := uint64(8*len(s.edges) + 4*(s.size()+g.Chunks())); edges != uint64(len(s.edges)) || bytes != want || g.Nodes() != s.size() {
			t.Fatalf("got %d nodes and %d edges in %d bytes; want %d, %d and %d", g.Nodes(), edges, bytes, s.size(), len(s.edges), want)
		}
	})
}

// A chunk's nodes may come in any order and at different times; what a panic
// interrupts is taken back.
func TestChunkInPieces(t *testing.T) {
	var c Chunk
	g := New(4)
	check := func(want ...[]uint32) {
		t.Helper()
		for n, w := range want {
			if to, labels := g.Edges(uint32(n)); !slices.Equal(to, w) || !slices.Equal(g.Targets(uint32(n)), w) || len(labels) != len(w) {
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

// Sets of nodes beside maps.
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

// Numbers are right for every key that was inserted, or the table says that it
// cannot tell.
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

// Keys that differ are told apart, unless chance is against it.
func TestNumbersTellApart(t *testing.T) {
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
