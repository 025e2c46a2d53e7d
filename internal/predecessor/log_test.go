package predecessor

import (
	"math/rand/v2"
	"testing"

	"github.com/muster-mc/muster/internal/spill"
)

func TestLogGivesBackWhatWasWritten(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	var g Log
	var want []Link
	var part Part
	parent := uint64(0)
	for len(want) < 200_000 {
		part.Reset()
		for range r.IntN(300) {
			if r.IntN(2) == 0 {
				parent += r.Uint64N(1 << r.UintN(20))
			}
			l := Link{parent, r.Uint64N(1 << r.UintN(40))}
			part.Add(l)
			want = append(want, l)
		}
		g.Append(&part)
	}
	for i, l := range want {
		if got := linkOf(t, &g, uint64(i)); got != l {
			t.Fatalf("state %d: got %v, want %v", i, got, l)
		}
	}
	for range 3000 { // anywhere, then some steps on or back from there
		i := r.IntN(len(want))
		for range r.IntN(4) {
			if got := linkOf(t, &g, uint64(i)); got != want[i] {
				t.Fatalf("state %d: got %v, want %v", i, got, want[i])
			}
			i = min(max(0, i+r.IntN(400)-200), len(want)-1)
		}
	}
}

// What is written and moved to a file between two looks changes nothing of what is
// seen.
func TestLogIsReadWhileItGrows(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 1))
	g := Log{ChunkBytes: 700}
	directory := spill.In(t.TempDir())
	t.Cleanup(func() { _ = directory.Close() })
	file, err := directory.File("log")
	if err != nil {
		t.Fatal(err)
	}
	var want []Link
	var part Part
	for len(want) < 20_000 {
		part.Reset()
		for range 1 + r.IntN(50) {
			l := Link{uint64(len(want) / 3), r.Uint64N(300)}
			part.Add(l)
			want = append(want, l)
		}
		g.Append(&part)
		if r.IntN(4) == 0 {
			if err := g.Spill(file); err != nil {
				t.Fatal(err)
			}
		}
		for range r.IntN(4) { // mostly among the last ones
			i := len(want) - 1 - min(int(r.ExpFloat64()*200), len(want)-1)
			if got := linkOf(t, &g, uint64(i)); got != want[i] {
				t.Fatalf("state %d of %d: got %v, want %v", i, len(want), got, want[i])
			}
		}
	}
}

func TestUsualLinksTakeTwoBytes(t *testing.T) {
	var g Log
	var part Part
	for i := range uint64(10_000) {
		part.Add(Link{i / 2, i % 50})
	}
	g.Append(&part)
	if got := g.Bytes(); got > 20_010 {
		t.Errorf("10,000 links take %d bytes", got)
	}
}

// linkOf is a link that must be there.
func linkOf(t *testing.T, g *Log, number uint64) Link {
	t.Helper()
	l, err := g.Of(number)
	if err != nil {
		t.Fatal(err)
	}
	return l
}
