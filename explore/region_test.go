package explore

import (
	"fmt"
	"testing"

	"github.com/muster-mc/muster/internal/digraph"
	"github.com/muster-mc/muster/model"
)

// Edges are made of what a claim is about, however its runs go through the
// numbers: here, from each chunk to the one before, so that each time the states
// are gone through one more of them is found.
func TestRunsAgainstTheOrderOfNumbers(t *testing.T) {
	for _, chunks := range []int{2, scansMax, scansMax + 1, 2 * scansMax} {
		last := chunks * digraph.ChunkNodes
		m := &model.Model[place]{
			Name: "stairs", AllowDeadlock: true,
			Init: func(s *place, c *model.Choice) bool { s.N = c.Int("at", last+1); return true },
			Actions: []model.Action[place]{{Name: "Down", Fair: model.Weak, Do: func(s *place, _ *model.Choice) bool {
				if s.N == 0 || s.N%digraph.ChunkNodes != 0 {
					return false
				}
				s.N -= digraph.ChunkNodes
				return true
			}}},
			Properties: []model.Property[place]{
				model.LeadsTo("Nowhere", func(s *place) bool { return s.N == last }, func(s *place) bool { return s.N < 0 }),
				model.LeadsTo("Down", func(s *place) bool { return s.N == last }, func(s *place) bool { return s.N == 0 }),
			},
		}
		for _, workers := range []int{1, 3} {
			r := check(t, m, Options{Workers: workers})
			if got, want := r.Properties[0].Trace, chunks+1; got == nil || got.Length != want || !got.Stutters() {
				t.Errorf("%d chunks: got %v; want a run of %d states", chunks, got, want)
			}
			if got := r.Properties[1].Verdict; got != Holds {
				t.Errorf("%d chunks: Down is %s", chunks, got)
			}
		}
	}
}

// What a claim is not about has no edges; what it is about has all.
func TestRegionIsWhatIsAskedFor(t *testing.T) {
	m := graph(edges{0: {1, 2}, 1: {3}, 2: {3, 4}, 3: {1}, 4: {}},
		model.LeadsTo("P", func(s *place) bool { return s.N == 1 }, func(s *place) bool { return s.N == 4 }))
	for _, c := range []struct {
		property model.Property[place]
		want     string // the targets of each state
	}{
		{m.Properties[0], "[[] [3] [] [1] []]"},
		{model.Eventually("P", func(s *place) bool { return s.N == 2 }), "[[1 2] [3] [] [1] []]"},
		{model.Settles("P", func(s *place) bool { return s.N == 2 }), "[[1 2] [3] [3 4] [1] []]"},
		{model.Temporal("P", model.Finally(model.Happens[place]("Go"))), "[[1 2] [3] [3 4] [1] []]"},
	} {
		m.Properties[0] = c.property
		e, closed := engineOf(t, m, Options{Workers: 1})
		e.run(t.Context())
		closed()
		g := newStateGraph(e)
		if !g.build() {
			t.Fatal(e.undecided, e.failed)
		}
		var targets [][]uint32
		for n := range uint32(g.Nodes()) {
			targets = append(targets, g.Targets(n))
		}
		if got := fmt.Sprint(targets); got != c.want {
			t.Errorf("%s: got %s, want %s", c.property.Kind, got, c.want)
		}
	}
}
