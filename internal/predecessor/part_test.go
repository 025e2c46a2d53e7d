package predecessor

import (
	"math/rand/v2"
	"sync"
	"testing"
)

// Parts that workers encode at the same time make one log, in the order in which
// they are appended.
func TestPartsOfSeveralWorkers(t *testing.T) {
	const workers, links = 4, 5_000
	var parts [workers]Part
	var all sync.WaitGroup
	for i := range parts {
		all.Go(func() {
			for n := range uint64(links) {
				parts[i].Add(Link{Parent: uint64(i*links)/2 + n/3, Ordinal: n % 7})
			}
		})
	}
	all.Wait()
	var g Log
	for i := range parts {
		g.Append(&parts[i])
	}
	for i := range uint64(workers) {
		for n := range uint64(links) {
			want := Link{i*links/2 + n/3, n % 7}
			if got := linkOf(t, &g, i*links+n); got != want {
				t.Fatalf("link %d of worker %d: got %v, want %v", n, i, got, want)
			}
		}
	}
}

// Room is made in order, and filled in any order, by several at the same time: the
// log is the one that parts were appended to, in small chunks and in the first one.
func TestRoomIsFilledLater(t *testing.T) {
	for _, chunk := range []int{40, 1000, 0} {
		later, atOnce := Log{ChunkBytes: chunk}, Log{ChunkBytes: chunk}
		var parts [200]Part
		parent := uint64(0)
		for i := range parts {
			for n := range uint64(i % 7 * 30) {
				parent += n % 3
				parts[i].Add(Link{Parent: parent, Ordinal: n * n})
			}
			atOnce.Append(&parts[i])
		}
		for i := range parts {
			later.Reserve(&parts[i])
		}
		var all sync.WaitGroup
		for from := range 4 {
			all.Go(func() {
				for i := len(parts) - 1 - from; i >= 0; i -= 4 {
					parts[i].Fill()
				}
			})
		}
		all.Wait()
		if later.Bytes() != atOnce.Bytes() || later.count != atOnce.count {
			t.Fatalf("chunks of %d: %d bytes, %d links; want %d, %d", chunk, later.Bytes(), later.count, atOnce.Bytes(), atOnce.count)
		}
		for n := range later.count {
			if got, want := linkOf(t, &later, n), linkOf(t, &atOnce, n); got != want {
				t.Fatalf("chunks of %d, link %d: got %v, want %v", chunk, n, got, want)
			}
		}
	}
}

// Parents can be far apart, and ordinals as large as can be.
func TestLargeLinks(t *testing.T) {
	links := []Link{{0, 1<<64 - 1}, {0, 0}, {1 << 40, 1 << 39}, {1<<64 - 1, 1<<64 - 1}, {1<<64 - 1, 3}}
	var whole Log
	var part Part
	for _, l := range links {
		part.Add(l)
	}
	whole.Append(&part)
	var single Log
	for _, l := range links {
		part.Reset()
		part.Add(l)
		single.Append(&part)
	}
	for i, want := range links {
		if got := linkOf(t, &whole, uint64(i)); got != want {
			t.Errorf("in one part, link %d: got %v, want %v", i, got, want)
		}
		if got := linkOf(t, &single, uint64(i)); got != want {
			t.Errorf("in a part of its own, link %d: got %v, want %v", i, got, want)
		}
	}
}

// An empty part, and one that was emptied, add nothing.
func TestEmptyParts(t *testing.T) {
	var g Log
	var part Part
	g.Append(&part)
	part.Add(Link{3, 4})
	part.Reset()
	g.Append(&part)
	if got := g.Bytes(); got != 0 {
		t.Errorf("a log of nothing has %d bytes", got)
	}
	part.Add(Link{5, 6})
	g.Append(&part)
	if got := linkOf(t, &g, 0); got != (Link{5, 6}) {
		t.Errorf("got %v, want {5 6}", got)
	}
}

// One part may be larger than a chunk, and looked up in any order.
func TestLargeParts(t *testing.T) {
	const links = 3 * chunkBytes
	var g Log
	var part Part
	for _, size := range []int{1, links, 10} {
		part.Reset()
		for range size {
			part.Add(Link{g.count, 1})
		}
		g.Append(&part)
	}
	r := rand.New(rand.NewPCG(1, 1))
	parentOf := func(i uint64) uint64 {
		switch {
		case i == 0:
			return 0
		case i <= links:
			return 1
		}
		return links + 1
	}
	for range 300 {
		i := r.Uint64N(links + 11)
		if got, want := linkOf(t, &g, i), (Link{parentOf(i), 1}); got != want {
			t.Fatalf("link %d: got %v, want %v", i, got, want)
		}
	}
}

// The log can be read while it grows: what was looked up last may be in the chunk
// that is still written to.
func TestReadingBetweenWriting(t *testing.T) {
	var g Log
	var part Part
	for i := range uint64(500) {
		part.Reset()
		part.Add(Link{i, 2 * i})
		part.Add(Link{i, 2*i + 1})
		g.Append(&part)
		for _, number := range []uint64{2 * i, 2*i + 1, i} {
			if got, want := linkOf(t, &g, number), (Link{number / 2, number}); got != want {
				t.Fatalf("after %d parts, link %d: got %v, want %v", i+1, number, got, want)
			}
		}
	}
}
