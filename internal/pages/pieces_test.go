package pages

import (
	"math/rand/v2"
	"sync"
	"testing"
)

// Pieces that several goroutines cut at the same time are zero, do not overlap and
// have no room to grow into each other, whatever their size.
func TestPiecesAreApart(t *testing.T) {
	var pieces Pieces[uint32]
	var all sync.WaitGroup
	for member := range uint32(4) {
		all.Go(func() {
			r := rand.New(rand.NewPCG(1, uint64(member)))
			var mine [][]uint32
			for range 300 {
				n := r.IntN(30_000)
				if r.IntN(20) == 0 {
					n = Huge/4 + r.IntN(3) - 1 // about where a piece has memory of its own
				}
				piece := pieces.Cut(n)
				if len(piece) != n || cap(piece) != n {
					t.Errorf("%d elements asked for, got %d with room for %d", n, len(piece), cap(piece))
				}
				for i, got := range piece {
					if got != 0 {
						t.Errorf("element %d of %d is %d at first", i, n, got)
						return
					}
					piece[i] = member + 1
				}
				mine = append(mine, piece)
			}
			for _, piece := range mine {
				for i, got := range piece {
					if got != member+1 {
						t.Errorf("element %d of %d became %d", i, len(piece), got)
						return
					}
				}
			}
		})
	}
	all.Wait()
}

// A first piece takes little: most models are small.
func TestFirstBlockIsSmall(t *testing.T) {
	var pieces Pieces[byte]
	pieces.Cut(1)
	if got := len(pieces.rest) + 1; got != blockFirst {
		t.Errorf("the first block has %d bytes, want %d", got, blockFirst)
	}
}
