package pages

import (
	"math/rand/v2"
	"testing"
)

// Pieces of a stock are zero, do not overlap and have no room to grow into each
// other; and what was given back comes again as if it were new.
func TestStock(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 1))
	var stock Stock
	for range 3 {
		var all [][]byte
		for i := range 60 {
			n := r.IntN(300_000)
			if i%20 == 19 {
				n = Huge + r.IntN(3) - 1 // about where a piece has memory of its own
			}
			piece := stock.Cut(n)
			if len(piece) != n || cap(piece) != n {
				t.Fatalf("%d bytes asked for, got %d with room for %d", n, len(piece), cap(piece))
			}
			for at := range piece {
				if piece[at] != 0 {
					t.Fatalf("byte %d of %d is %d at first", at, n, piece[at])
				}
				piece[at] = byte(i) + 1
			}
			all = append(all, piece)
		}
		for i, piece := range all {
			for at := range piece {
				if piece[at] != byte(i)+1 {
					t.Fatalf("byte %d of %d became %d", at, len(piece), piece[at])
				}
			}
		}
		stock.Free()
	}
}

// A small run takes nothing from the system.
func TestStockBeginsSmall(t *testing.T) {
	var stock Stock
	defer stock.Free()
	if stock.Cut(cutPlainly); stock.blocks != nil {
		t.Error("a stock of which little is used has mapped memory")
	}
	if stock.Cut(1); len(stock.blocks) == 0 && mappable() {
		t.Error("a stock of which more is used has no mapped memory")
	}
}

func mappable() bool {
	_, m, ok := Bytes(Huge)
	m.Release()
	return ok
}
