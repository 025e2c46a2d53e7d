package explore_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// ring is a counter that comes round, with a shortcut and a dead end.
type ring struct{ At uint8 }

func rings() *model.Model[ring] {
	return &model.Model[ring]{
		Name: "ring",
		Init: func(s *ring, c *model.Choice) bool { s.At = uint8(c.Int("at", 2)); return true },
		Actions: []model.Action[ring]{
			{Name: "On", Do: func(s *ring, c *model.Choice) bool {
				if !c.Guard("no dead end", s.At != 9) {
					return false
				}
				s.At = (s.At + 1) % 8
				return true
			}},
			{Name: "Jump", Do: func(s *ring, c *model.Choice) bool {
				to := c.Range("to", 8, 9)
				if s.At != 3 {
					return false
				}
				s.At = uint8(to)
				return true
			}, Fault: "jump"},
		},
		Properties: []model.Property[ring]{
			model.Always("NotNine", func(s *ring) bool { return s.At != 9 }),
			model.Recurs("Zero", func(s *ring) bool { return s.At == 0 }),
		},
		Constraint: func(s *ring) bool { return s.At != 8 },
	}
}

func startOf[S any](t *testing.T, m *model.Model[S]) *explore.Place {
	t.Helper()
	p, err := explore.Of(m).Start()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// take takes the moves of these places.
func take(t *testing.T, p *explore.Place, places ...int) *explore.Place {
	t.Helper()
	for _, i := range places {
		moves, err := p.Moves(t.Context())
		if err != nil || i >= len(moves) {
			t.Fatalf("after %d states: %d moves, %v", p.Number(), len(moves), err)
		}
		p = moves[i].Place()
	}
	return p
}

func TestPlacesBranch(t *testing.T) {
	start := startOf(t, rings())
	three := take(t, start, 1, 0, 0)
	left, right := take(t, three, 0), take(t, three, 2)
	if fmt.Sprint(three.State(), left.State(), right.State()) != "{At:3} {At:4} {At:9}" || right.Step().Label() != "Jump(to=9)" || right.Step().Fault != "jump" {
		t.Errorf("%v leads to %v and %v", three.State(), left.State(), right.State())
	}
	labels := ""
	for _, s := range right.Trace().Steps {
		labels += s.Label() + fmt.Sprint(s.Changes) + " "
	}
	if labels != "Init(at=1)[At: + 1] On[At: 1 -> 2] On[At: 2 -> 3] Jump(to=9)[At: 3 -> 9] " {
		t.Errorf("the run is %s", labels)
	}
	if right.From() != three || start.From() != nil || three.Number() != 3 || start.Number() != 0 {
		t.Error("places do not know where they come from")
	}
}

func TestLookAtADeadEnd(t *testing.T) {
	nine := take(t, startOf(t, rings()), 1, 0, 0, 2)
	v, err := nine.Look(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprint(v.Deadlock, v.Outside, len(v.Moves), v.Actions, v.Properties)
	want := "true false 0 [{On  1 0 [{no dead end 1}] [] 0 0 } {Jump jump 2 0 [] [] 2 0 }] [{NotNine always false  []} {Zero recurs of runs  [{ to recur false}]}]"
	if got != want {
		t.Errorf("got\n%s; want\n%s", got, want)
	}
	three, err := nine.From().Look(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if m := three.Moves; len(m) != 3 || !m[1].Outside || fmt.Sprint(m[2].Violates, m[0].Violates) != "[NotNine] []" {
		t.Errorf("the moves are %+v", m)
	}
}

// The nearest state is found, as a search by hand would: by the fewest steps.
func TestFindIsShortest(t *testing.T) {
	start := startOf(t, rings())
	for at, length := range map[uint8]int{0: 1, 1: 1, 3: 3, 7: 7, 9: 4, 8: 4} {
		found, err := start.Find(t.Context(), 1000, func(v trace.Value) bool { return v.String() == fmt.Sprintf("{At:%d}", at) })
		if err != nil || found.Place == nil || found.Place.Number() != length {
			t.Errorf("%d: got %+v, %v; want %d states", at, found, err, length)
		}
	}
	never := func(trace.Value) bool { return false }
	if found, err := start.Find(t.Context(), 1000, never); err != nil || found.Place != nil || !found.Whole {
		t.Errorf("got %+v, %v", found, err)
	}
	if found, err := start.Find(t.Context(), 4, never); err != nil || found.Whole || found.States != 4 {
		t.Errorf("got %+v, %v", found, err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := start.Find(ended, 1000, never); err == nil {
		t.Error("a search goes on after its context")
	}
}

func TestAroundHasAllSteps(t *testing.T) {
	n, err := take(t, startOf(t, rings()), 0).Around(t.Context(), 100)
	if err != nil || len(n.Nodes) != 10 || !n.Whole {
		t.Fatalf("got %+v, %v", n, err)
	}
	ends, outside, steps := 0, 0, 0
	for _, x := range n.Nodes {
		if x.End {
			ends++
		}
		if x.Outside {
			outside++
		}
	}
	for _, e := range n.Edges {
		steps += len(e.Labels)
	}
	if ends != 2 || outside != 1 || steps != 10 {
		t.Errorf("there are %d ends, %d outside, %d steps", ends, outside, steps)
	}
}

func TestLassoIsJudged(t *testing.T) {
	p := take(t, startOf(t, rings()), 0, 0, 0, 0, 0, 0, 0, 0, 0)
	run, violated, err := p.Lasso(t.Context(), 1)
	if err != nil || run.Loop != 1 || len(violated) != 0 {
		t.Errorf("got %v, %v, %v", run, violated, err)
	}
	if _, _, err := p.From().Lasso(t.Context(), 1); err == nil {
		t.Error("a run that does not come back is a loop")
	}
	dead := take(t, startOf(t, rings()), 1, 0, 0, 2)
	if run, violated, err = dead.Lasso(t.Context(), 4); err != nil || len(violated) != 1 || violated[0].Name != "Zero" {
		t.Errorf("got %v, %v, %v", run, violated, err)
	}
}

func TestRunOnIsTheSameForOneSeed(t *testing.T) {
	start := startOf(t, rings())
	nine := func(v trace.Value) bool { return v.String() == "{At:9}" }
	a, met, err := start.RunOn(t.Context(), 3, 1000, nine)
	b, again, _ := start.RunOn(t.Context(), 3, 1000, nine)
	if err != nil || met != again || a.Number() != b.Number() || met != nine(a.State()) {
		t.Errorf("got %d, %v and %d, %v; %v", a.Number(), met, b.Number(), again, err)
	}
}
