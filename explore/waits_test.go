package explore_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
)

// desk has a clerk who may be stuck, and a clock that turns.
type desk struct {
	Clerk uint8
	Clock uint8
}

// newDesk returns a model in which the clerk is stuck at 2, and the clock too if it stops.
func newDesk(stops bool) *model.Model[desk] {
	return &model.Model[desk]{
		Name: "desk",
		Actions: []model.Action[desk]{
			{Name: "Work", Do: func(s *desk, _ *model.Choice) bool {
				if s.Clerk == 2 {
					return false
				}
				s.Clerk++
				return true
			}, Fair: model.Weak},
			{Name: "Tick", Do: func(s *desk, _ *model.Choice) bool {
				if stops && s.Clock == 1 {
					return false
				}
				s.Clock = 1 - s.Clock
				return true
			}, Fair: model.Weak},
		},
		Properties: []model.Property[desk]{
			model.Eventually("ClerkIsDone", func(s *desk) bool { return s.Clerk == 3 }),
		},
		Waits: func(s *desk) []model.Wait {
			list := []model.Wait{}
			if s.Clerk == 2 {
				list = append(list, model.Wait{Who: "clerk", For: fmt.Sprint("for a reply since ", s.Clock)})
			}
			if s.Clock == 1 {
				list = append(list, model.Wait{Who: "clock", For: "to be wound"})
			}
			return list
		},
	}
}

func waitsIn(list []explore.PropertyReport, property string) []model.Wait {
	for _, p := range list {
		if p.Name == property && p.Trace != nil {
			return p.Trace.Waits
		}
	}
	return nil
}

func TestADeadlockSaysWhoWaits(t *testing.T) {
	m := newDesk(true)
	want := "[clerk waits for a reply since 1 clock waits to be wound]"
	r, err := explore.Check(context.Background(), m, explore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(waitsIn(r.Properties, explore.Deadlock)); got != want {
		t.Errorf("Check: got %s; want %s", got, want)
	}
	s, err := explore.Simulate(context.Background(), m, explore.SimulateOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(waitsIn(s.Properties, explore.Deadlock)); got != want {
		t.Errorf("Simulate: got %s; want %s", got, want)
	}

	run := r.Properties[len(r.Properties)-1].Trace
	w, err := explore.Replay(context.Background(), m, run)
	if err != nil {
		t.Fatal(err)
	}
	w.Findings()
	if got := fmt.Sprint(w.Trace().Waits); got != want {
		t.Errorf("Replay: got %s; want %s", got, want)
	}
}

// The clock waits in some states of the loop, and the clerk in all of them.
func TestALoopSaysWhoWaitsForEver(t *testing.T) {
	m := newDesk(false)
	r, err := explore.Check(context.Background(), m, explore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	run := r.Properties[0].Trace
	if run == nil || run.Loop == 0 || run.Stutters() {
		t.Fatalf("no run with a loop of several states: %v", run)
	}
	last := run.Waits
	if len(last) != 1 || last[0].Who != "clerk" {
		t.Errorf("got %v", last)
	}
	w, err := explore.Replay(context.Background(), m, run)
	if err != nil {
		t.Fatal(err)
	}
	if got := w.Trace().Waits; fmt.Sprint(got) != fmt.Sprint(last) {
		t.Errorf("Replay: got %v; want %v", got, last)
	}
}

// A model that panics while it says who waits has its finding all the same.
func TestAPanicInWaitsHidesNothing(t *testing.T) {
	m := newDesk(true)
	m.Waits = func(*desk) []model.Wait { panic("no idea") }
	r, err := explore.Check(context.Background(), m, explore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	last := r.Properties[len(r.Properties)-1]
	if last.Name != explore.Deadlock || last.Trace == nil || last.Trace.Waits != nil {
		t.Errorf("got %+v", last)
	}
}

// What a model says of who waits changes no verdict and no count.
func TestWaitsChangeNoAnswer(t *testing.T) {
	with := newDesk(false)
	without := newDesk(false)
	without.Waits = nil
	a, err := explore.Check(context.Background(), with, explore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	b, err := explore.Check(context.Background(), without, explore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(a.Counts) != fmt.Sprint(b.Counts) || a.Properties[0].Verdict != b.Properties[0].Verdict || b.Properties[0].Trace.Waits != nil {
		t.Errorf("got %v and %v", a.Counts, b.Counts)
	}
}
