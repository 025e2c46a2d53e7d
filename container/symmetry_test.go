package container_test

import (
	"testing"

	"github.com/muster-mc/muster/container"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
)

type guest uint8

type bar struct {
	Line  container.Queue[guest, [3]guest]
	Bills container.Log[guest, [3]guest]
	Last  container.Ring[guest, [2]guest]
}

// The zeros behind the content name no guest: a state has as many others like it as there are
// ways to rename the guests in the content, and guest 0 is like the others.
func TestSymmetryOfContents(t *testing.T) {
	m := &model.Model[bar]{
		Name: "bar", Symmetry: []model.Symmetry{model.Scalars[guest](3)},
		Actions: []model.Action[bar]{
			{Name: "Come", Do: func(s *bar, c *model.Choice) bool {
				g := guest(c.Int("guest", 3))
				if s.Line.Has(g) {
					return false
				}
				s.Line.Push(g)
				return true
			}},
			{Name: "Serve", Do: func(s *bar, _ *model.Choice) bool {
				if s.Line.Len() == 0 || s.Bills.Full() {
					return false
				}
				g, _ := s.Line.Pop()
				s.Bills.Append(g)
				s.Last.Push(g)
				return true
			}},
			{Name: "Pay", Do: func(s *bar, _ *model.Choice) bool {
				if s.Bills.Len() == 0 {
					return false
				}
				s.Bills.Truncate(s.Bills.Len() - 1)
				return true
			}},
		},
	}
	reduced, err := explore.Check(t.Context(), m, explore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	m.Symmetry = nil
	all, err := explore.Check(t.Context(), m, explore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if r := reduced.Symmetry; r == nil || r.States != all.Counts.Distinct || r.Orbits != reduced.Counts.Distinct {
		t.Fatalf("%d states; %+v", all.Counts.Distinct, r)
	}
	if all.Counts.Distinct != 3_280 || reduced.Counts.Distinct != 554 {
		t.Errorf("%d states, reduced to %d", all.Counts.Distinct, reduced.Counts.Distinct)
	}
}
