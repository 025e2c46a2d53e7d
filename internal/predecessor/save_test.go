package predecessor

import (
	"bytes"
	"math/rand/v2"
	"testing"
)

// tree is links such as a search makes: a few roots, then parents that grow.
func tree(count, roots uint64) (*Log, []Link) {
	r := rand.New(rand.NewPCG(4, count))
	var g Log
	var part Part
	var links []Link
	parent := uint64(0)
	for i := range count {
		if i >= roots && r.IntN(3) == 0 {
			parent += r.Uint64N(i - parent)
		}
		l := Link{parent, r.Uint64N(1 << r.UintN(30))}
		part.Add(l)
		links = append(links, l)
		if r.IntN(500) == 0 {
			g.Append(&part)
			part.Reset()
		}
	}
	g.Append(&part)
	return &g, links
}

func saved(t *testing.T, g *Log) []byte {
	var b bytes.Buffer
	if err := g.Save(&b); err != nil {
		t.Fatal(err)
	}
	if uint64(b.Len()) != g.Bytes() {
		t.Errorf("%d bytes were saved; Bytes says %d", b.Len(), g.Bytes())
	}
	return b.Bytes()
}

func TestLogIsTheSameAfterSavingAndLoading(t *testing.T) {
	for _, count := range []uint64{0, 1, 4095, 4096, 4097, 200_000} {
		roots := min(3, count)
		g, links := tree(count, roots)
		data := saved(t, g)
		var again Log
		if err := again.Load(bytes.NewReader(data), count, roots, nothing); err != nil {
			t.Fatalf("%d links: %v", count, err)
		}
		for i, want := range links {
			if got := linkOf(t, &again, uint64(i)); got != want {
				t.Fatalf("link %d of %d: got %v, want %v", i, count, got, want)
			}
		}
		if !bytes.Equal(saved(t, &again), data) {
			t.Errorf("%d links: saved again, the log has other bytes", count)
		}
	}
}

// A log goes on after it was loaded as if nothing had happened.
func TestLoadedLogGoesOn(t *testing.T) {
	g, links := tree(10_000, 1)
	var again Log
	if err := again.Load(bytes.NewReader(saved(t, g)), 10_000, 1, nothing); err != nil {
		t.Fatal(err)
	}
	var part Part
	part.Add(Link{links[9_999].Parent + 7, 3})
	g.Append(&part)
	again.Append(&part)
	if one, two := linkOf(t, g, 10_000), linkOf(t, &again, 10_000); one != two {
		t.Errorf("got %v; want %v", two, one)
	}
}

func TestLoadRefusesWhatMakesNoSense(t *testing.T) {
	for name, c := range map[string]struct {
		data         []byte
		count, roots uint64
	}{
		"too few":               {[]byte{0, 0}, 2, 2},
		"half a link":           {[]byte{0}, 1, 1},
		"no end of a number":    {bytes.Repeat([]byte{0xff}, 20), 1, 1},
		"a parent of its own":   {[]byte{0, 0, 1, 0}, 2, 1},
		"a root with a parent":  {[]byte{1, 0}, 1, 1},
		"a parent that wrapped": {[]byte{0, 0, 0, 0, 1, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 0}, 4, 1},
	} {
		var g Log
		if err := g.Load(bytes.NewReader(c.data), c.count, c.roots, nothing); err == nil {
			t.Errorf("%s: it was loaded", name)
		}
	}
}

func nothing() error { return nil }
