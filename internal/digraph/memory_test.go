package digraph

import "testing"

// A chunk that takes another's place gives no memory back as long as that is a piece
// of what others are in too, and all of it after that.
func TestReplacedPiecesAreCounted(t *testing.T) {
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
