package explore

import (
	"testing"

	"github.com/muster-mc/muster/internal/digraph"
	"github.com/muster-mc/muster/model"
)

// Edges are made of what a claim is about, however its runs go through the
// numbers: here, from each chunk to the one before, so that each time the states
// are gone through one more of them is found.
func TestRunsAgainstTheOrderOfNumbers(t *testing.T) {
	for _, chunks := range []int{2, 6, 7, 12} {
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
