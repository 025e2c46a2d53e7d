package model_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
)

// The state is a door. Nobody ever locks it, so that what is claimed of a locked
// door is true of nothing.
func ExampleImplies() {
	type door struct{ Open, Locked bool }
	m := &model.Model[door]{
		Name: "door",
		Actions: []model.Action[door]{
			{Name: "Open", Do: func(s *door, c *model.Choice) bool {
				if !c.Guard("it is closed", !s.Open) || !c.Guard("it is not locked", !s.Locked) {
					return false
				}
				s.Open = true
				return true
			}},
			{Name: "Close", Do: func(s *door, c *model.Choice) bool {
				if !s.Open {
					return false
				}
				s.Open = false
				return true
			}},
		},
		Properties: []model.Property[door]{
			model.Implies("LockedIsClosed",
				func(s *door) bool { return s.Locked },
				func(s *door) bool { return !s.Open }),
		},
	}
	r, err := explore.Check(context.Background(), m, explore.Options{})
	if err != nil {
		panic(err)
	}
	fmt.Println(r.Verdict)
	fmt.Println("true of nothing:", r.Vacuity.NeverApplied)
	fmt.Println("never the reason:", r.Vacuity.NeverRefused)
	// Output:
	// holds
	// true of nothing: [LockedIsClosed]
	// never the reason: [it is not locked]
}

// The door has no key, so that what is claimed of turning it is true of nothing.
func ExampleImpliesStep() {
	type door struct{ Open, Locked bool }
	m := &model.Model[door]{
		Name: "door",
		Actions: []model.Action[door]{
			{Name: "Push", Do: func(s *door, _ *model.Choice) bool {
				s.Open = !s.Open
				return true
			}},
		},
		Properties: []model.Property[door]{
			model.ImpliesStep("TurnedWhenClosed",
				func(before, after *door) bool { return before.Locked != after.Locked },
				func(before, _ *door) bool { return !before.Open }),
			model.ImpliesStep("PushedShut",
				func(before, _ *door) bool { return before.Open },
				func(_, after *door) bool { return !after.Open }),
		},
	}
	r, err := explore.Check(context.Background(), m, explore.Options{})
	if err != nil {
		panic(err)
	}
	for _, p := range r.Properties[:2] {
		fmt.Println(p.Name, p.Kind, p.Verdict, "of", p.Applied)
	}
	fmt.Println("true of nothing:", r.Vacuity.NeverApplied)
	// Output:
	// TurnedWhenClosed always-step holds of 0
	// PushedShut always-step holds of 1
	// true of nothing: [TurnedWhenClosed]
}

func TestGuardsAreNotedWhereSomebodyWatches(t *testing.T) {
	var o model.Odometer
	var g model.Guards
	run := func(holds bool) {
		for more := true; more; more = o.Next() {
			if o.Choice().Guard("b", true) && !o.Choice().Guard("a", holds) {
				continue
			}
			o.Choice().Int("nothing", 0)
			o.Choice().Guard("after a choice from nothing", false)
		}
	}
	o.Reset()
	run(false)
	o.Watch(&g)
	for _, holds := range []bool{true, false, true} {
		o.Reset()
		run(holds)
	}
	var got []string
	for name, refused := range g.All() {
		got = append(got, fmt.Sprint(name, " ", refused))
	}
	if want := []string{"a true", "after a choice from nothing false", "b false"}; !slices.Equal(got, want) {
		t.Errorf("got %q; want %q", got, want)
	}
}
