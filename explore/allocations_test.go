//go:build !race && !purego

// The race detector allocates, and so does reflection.

package explore_test

import (
	"context"
	"runtime"
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/models/lease"
	"github.com/muster-mc/muster/models/twophase"
)

// explored is what a run cost.
type explored struct{ generated, allocations uint64 }

func costOf[S any](t *testing.T, m *model.Model[S], mode explore.SymmetryMode) explored {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	r, err := explore.Check(context.Background(), m, explore.Options{Store: explore.StoreCompact, Workers: 1, Symmetry: mode, SafetyOnly: mode == explore.SymmetryOn})
	runtime.ReadMemStats(&after)
	if err != nil || r.Verdict != explore.Holds {
		t.Fatalf("got %v, %v", r, err)
	}
	return explored{r.Counts.Generated, after.Mallocs - before.Mallocs}
}

// marginal is the allocations for each successor that the larger run has more.
func marginal(small, large explored) float64 {
	return (float64(large.allocations) - float64(small.allocations)) / float64(large.generated-small.generated)
}

// parcels is a state that refers to memory.
type parcels struct {
	Stock []uint8
	Sent  model.Bag[parcel]
	Done  [3]uint8
}

type parcel struct{ To, What uint8 }

// newParcels returns a model of so many kinds of goods that are sent to three
// places.
func newParcels(kinds int) *model.Model[parcels] {
	return &model.Model[parcels]{
		Name: "parcels", AllowDeadlock: true,
		Init: func(s *parcels, _ *model.Choice) bool {
			for k := range kinds {
				s.Stock = append(s.Stock, uint8(k))
			}
			return true
		},
		Actions: []model.Action[parcels]{
			{Name: "Send", Do: func(s *parcels, c *model.Choice) bool {
				if len(s.Stock) == 0 {
					return false
				}
				to, i := c.Int("to", 3), c.Int("stock", len(s.Stock))
				s.Sent.Add(parcel{uint8(to), s.Stock[i]})
				s.Stock = append(s.Stock[:i], s.Stock[i+1:]...)
				return true
			}},
			{Name: "Deliver", Do: func(s *parcels, c *model.Choice) bool {
				p := model.Pick(c, "parcel", s.Sent.Items())
				s.Sent.Remove(p)
				s.Done[p.To] |= 1 << p.What
				return true
			}},
		},
		Properties: []model.Property[parcels]{
			model.Always("InOnePlace", func(s *parcels) bool {
				return s.Done[0]&s.Done[1]|s.Done[1]&s.Done[2]|s.Done[2]&s.Done[0] == 0
			}),
			model.AlwaysStep("NothingIsTakenBack", func(before, after *parcels) bool {
				return before.Done[0]&^after.Done[0] == 0
			}),
		},
	}
}

// Next to nothing is allocated for a successor, whether its state is plain memory
// or has slices and bags in it.
func TestAllocations(t *testing.T) {
	t.Run("flat", func(t *testing.T) {
		seven := costOf(t, twophase.New(twophase.Config{RMs: 7}), explore.SymmetryOff)
		if got := marginal(explored{}, seven); got > 0.02 {
			t.Errorf("%g allocations a successor, want at most 0.02", got)
		}
		t.Log(seven)
		five := costOf(t, twophase.New(twophase.Config{RMs: 5}), explore.SymmetryOff)
		if got := marginal(five, seven); got > 0.001 {
			t.Errorf("%g allocations for each further successor, want none", got)
		}
	})
	// The check of a sample of the states, one in 64, allocates a little.
	t.Run("orbits", func(t *testing.T) {
		small := costOf(t, lease.New(lease.Config{Nodes: 3}), explore.SymmetryOn)
		large := costOf(t, lease.New(lease.Config{Nodes: 3, MaxClock: 5}), explore.SymmetryOn)
		t.Log(small, large, marginal(small, large))
		if got := marginal(small, large); got > 0.001 {
			t.Errorf("%g allocations for each further successor, want none", got)
		}
	})
	t.Run("with slices and bags", func(t *testing.T) {
		small, large := costOf(t, newParcels(4), explore.SymmetryOff), costOf(t, newParcels(6), explore.SymmetryOff)
		t.Log(small, large, marginal(small, large))
		if large.generated < 500_000 {
			t.Fatalf("only %d successors, which shows nothing", large.generated)
		}
		// What is left is buffers that double as levels get larger.
		if got := marginal(small, large); got > 0.005 {
			t.Errorf("%g allocations for each further successor, want none", got)
		}
	})
}

// A small model costs little, however many processors there are.
func TestSmallModelsTakeLittle(t *testing.T) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	r, err := explore.Check(context.Background(), twophase.New(twophase.Config{RMs: 3}), explore.Options{Workers: 2})
	runtime.ReadMemStats(&after)
	if err != nil {
		t.Fatal(err)
	}
	t.Log(after.TotalAlloc - before.TotalAlloc)
	if got := after.TotalAlloc - before.TotalAlloc; got > 8<<20 {
		t.Errorf("%d states took %d bytes, want at most 8 MiB", r.Counts.Distinct, got)
	}
}
