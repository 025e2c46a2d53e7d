package pages

import (
	"math/rand/v2"
	"sync"
	"testing"
)

// The slices of an arena are zero, do not overlap and have no spare capacity, also
// when the arena is used again after Free.
func TestArena(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 1))
	var arena Arena
	for range 3 {
		var all [][]byte
		for i := range 60 {
			n := r.IntN(300_000)
			if i%20 == 19 {
				n = Huge + r.IntN(3) - 1 // around the size from which a slice has memory of its own
			}
			data := arena.Alloc(n)
			if len(data) != n || cap(data) != n {
				t.Fatalf("%d bytes asked for, got %d with capacity %d", n, len(data), cap(data))
			}
			for at := range data {
				if data[at] != 0 {
					t.Fatalf("byte %d of %d is %d at first", at, n, data[at])
				}
				data[at] = byte(i) + 1
			}
			all = append(all, data)
		}
		for i, data := range all {
			for at := range data {
				if data[at] != byte(i)+1 {
					t.Fatalf("byte %d of %d became %d", at, len(data), data[at])
				}
			}
		}
		arena.Free()
	}
}

// A small search maps no memory.
func TestArenaStartsWithPlainMemory(t *testing.T) {
	var arena Arena
	defer arena.Free()
	if arena.Alloc(plainBytes); arena.blocks != nil {
		t.Errorf("the arena has mapped memory after %d bytes", plainBytes)
	}
	if arena.Alloc(1); len(arena.blocks) == 0 && mappable() {
		t.Errorf("the arena has mapped no memory after %d bytes", plainBytes+1)
	}
}

func mappable() bool {
	_, m, ok := Bytes(Huge)
	m.Release()
	return ok
}

// Slices of any size that several goroutines allocate at the same time are zero, do
// not overlap and have no spare capacity.
func TestChunksDoNotOverlap(t *testing.T) {
	var chunks Chunks[uint32]
	var all sync.WaitGroup
	for member := range uint32(4) {
		all.Go(func() {
			r := rand.New(rand.NewPCG(1, uint64(member)))
			var mine [][]uint32
			for range 300 {
				n := r.IntN(30_000)
				if r.IntN(20) == 0 {
					n = Huge/4 + r.IntN(3) - 1 // around the size from which a slice has memory of its own
				}
				data := chunks.Alloc(n)
				if len(data) != n || cap(data) != n {
					t.Errorf("%d elements asked for, got %d with capacity %d", n, len(data), cap(data))
				}
				for i, got := range data {
					if got != 0 {
						t.Errorf("element %d of %d is %d at first", i, n, got)
						return
					}
					data[i] = member + 1
				}
				mine = append(mine, data)
			}
			for _, data := range mine {
				for i, got := range data {
					if got != member+1 {
						t.Errorf("element %d of %d became %d", i, len(data), got)
						return
					}
				}
			}
		})
	}
	all.Wait()
}

// The first block is small, because most models are.
func TestFirstBlockIsSmall(t *testing.T) {
	var chunks Chunks[byte]
	chunks.Alloc(1)
	if got := len(chunks.rest) + 1; got != blockFirst {
		t.Errorf("the first block has %d bytes, want %d", got, blockFirst)
	}
}
