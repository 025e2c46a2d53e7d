package explore_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// far is a counter that a constraint keeps below three, and that asks whom and what.
type far struct{ At, Who uint8 }

func fars() *model.Model[far] {
	return &model.Model[far]{
		Name: "far",
		Actions: []model.Action[far]{
			{Name: "On", Do: func(s *far, c *model.Choice) bool {
				who := model.Pick(c, "who", []shy{0, 1, 2})
				if s.At == 6 {
					return false
				}
				s.At, s.Who = s.At+1, uint8(who)
				return true
			}},
			{Name: "Back", Do: func(s *far, c *model.Choice) bool {
				by := uint8(c.Range("by", 1, 2))
				if s.At < by {
					return false
				}
				s.At -= by
				return true
			}},
		},
		Constraint: func(s *far) bool { return s.At < 3 },
	}
}

// shy has one text for two of its values.
type shy uint8

func (s shy) String() string { return [...]string{"Ann", "Bob", "Bob"}[s] }

// A trace that goes beyond the constraint is replayed beyond it, and no other is.
func TestReplayBeyondTheConstraint(t *testing.T) {
	run := &trace.Trace{Beyond: true}
	w, err := explore.Replay(t.Context(), fars(), run)
	if err != nil {
		t.Fatal(err)
	}
	w.Take(0)
	for range 6 {
		w.Take(1)
	}
	if w.Trace().Length != 7 || w.Outside() || len(w.Next()) != 2 {
		t.Fatalf("there are %d states, outside is %v, and %d steps lead on", w.Trace().Length, w.Outside(), len(w.Next()))
	}
	run = w.Trace()
	if !run.Beyond {
		t.Error("the run does not say that it goes beyond")
	}
	if again, err := explore.Replay(t.Context(), fars(), run); err != nil || again.Trace().String() != run.String() {
		t.Errorf("it does not replay: %v", err)
	}
	run.Beyond = false
	if _, err := explore.Replay(t.Context(), fars(), run); err == nil || err.Error() != "step 5: On(who=Bob(1)) is not possible here" {
		t.Errorf("within the constraint the error is %v", err)
	}
}

// A place beyond the constraint leads on, and is still said to be outside. A deadlock there is
// one.
func TestPlacesBeyondTheConstraint(t *testing.T) {
	start, err := explore.Of(fars()).Beyond().Start()
	if err != nil {
		t.Fatal(err)
	}
	v, err := take(t, start, 0, 0, 0, 0).Look(t.Context())
	if err != nil || !v.Outside || v.Bound || len(v.Moves) != 5 {
		t.Errorf("outside %v, bound %v, %d moves (%v)", v.Outside, v.Bound, len(v.Moves), err)
	}
	within, err := explore.Of(fars()).Start()
	if err != nil {
		t.Fatal(err)
	}
	if v, err = take(t, within, 0, 0, 0, 0).Look(t.Context()); err != nil || !v.Outside || !v.Bound || len(v.Moves) != 0 || v.Deadlock {
		t.Errorf("within: outside %v, bound %v, %d moves, deadlock %v (%v)", v.Outside, v.Bound, len(v.Moves), v.Deadlock, err)
	}
}

// The steps of one action are those of all steps that are meant, with their places, wherever a
// walk is.
func TestStepsOfOneActionAreAmongAll(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		w, err := explore.Replay(t.Context(), fars(), &trace.Trace{Beyond: true})
		if err != nil {
			t.Fatal(err)
		}
		for range 8 {
			all := w.Next()
			for _, action := range []string{"Init", "On", "Back"} {
				var want []string
				for i, s := range all {
					if s.Action == action {
						want = append(want, fmt.Sprint(i, s.Label(), s.State))
					}
				}
				list, places := w.NextOf(action, func(trace.Step) bool { return true })
				var got []string
				for i, s := range list {
					got = append(got, fmt.Sprint(places[i], s.Label(), s.State))
				}
				if !slices.Equal(got, want) {
					t.Fatalf("after %d states, of %s there are %q; want %q", w.Trace().Length, action, got, want)
				}
			}
			bobs, _ := w.NextOf("On", func(s trace.Step) bool { return s.Arguments.Exposed() == "who=Bob(2)" })
			for _, s := range bobs {
				if s.Label() != "On(who=Bob(2))" {
					t.Errorf("it is %s", s.Label())
				}
			}
			w.Take(random.IntN(len(all)))
		}
	}
}

// Along takes the steps that the engine has, and says which is not possible.
func TestAlong(t *testing.T) {
	start, err := explore.Of(fars()).Start()
	if err != nil {
		t.Fatal(err)
	}
	end := take(t, start, 0, 0, 1, 2)
	var run []*explore.Place
	for p := end; p.From() != nil; p = p.From() {
		run = append(run, p)
	}
	slices.Reverse(run)
	again, err := start.Along(t.Context(), end.Ways())
	if err != nil || len(again) != len(run) {
		t.Fatalf("%d places, %v", len(again), err)
	}
	for i, p := range again {
		if p.Step().Label() != run[i].Step().Label() || !p.IsSame(run[i]) || fmt.Sprint(p.Step().Changes) != fmt.Sprint(run[i].Step().Changes) {
			t.Errorf("state %d is %v after %v", i+1, p.State(), p.Step().Label())
		}
	}
	ways := end.Ways()
	ways[2].Answers = []int{7}
	var replay *explore.ReplayError
	if got, err := start.Along(t.Context(), ways); !errors.As(err, &replay) || replay.Step != 3 || len(got) != 2 {
		t.Errorf("%d places, %v", len(got), err)
	}
}
