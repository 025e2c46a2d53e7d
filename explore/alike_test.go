package explore

import (
	"context"
	"strings"
	"testing"

	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// coin is shown by its worth alone.
type coin struct{ Worth, Year int }

func (c coin) String() string { return "coin" }

// coins has an action with two steps that nothing in a trace tells apart: of two
// pointers to equal coins it takes one.
func coins(p ...model.Property[place]) *model.Model[place] {
	first, second := &coin{1, 2}, &coin{1, 2}
	return &model.Model[place]{
		Name: "coins", AllowDeadlock: true, Properties: p,
		Actions: []model.Action[place]{{Name: "Take", Do: func(s *place, c *model.Choice) bool {
			if s.N != 0 {
				return false
			}
			s.N = 1
			if model.Pick(c, "coin", []*coin{first, second}) == second {
				s.N = 2
			}
			return true
		}}},
	}
}

// Of steps that look alike, replay takes the one that leads to the recorded state, and
// none if no such step does.
func TestReplayIsAmbiguous(t *testing.T) {
	m := coins(never(2))
	way := counterexample(t, m)
	if got, want := jsonOf(t, replayed(t, m, way)), jsonOf(t, way); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	way.Steps[1].State = trace.ValueOf(place{N: 3})
	_, err := Replay(context.Background(), m, way)
	if want := "is ambiguous: 2 steps look like it, and none leads to the state that it did"; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v; want an error that has %q", err, want)
	}
}

// Fairness takes arguments that are shown alike for one, and the report says so.
func TestFairnessOfArgumentsThatLookAlike(t *testing.T) {
	m := coins(model.Eventually("Taken", func(s *place) bool { return s.N > 0 }))
	m.Actions[0].Fair = model.WeakEach
	fair := func(years ...int) []string {
		var list []coin
		for _, year := range years {
			list = append(list, coin{1, year})
		}
		m.Actions[0].Do = func(s *place, c *model.Choice) bool {
			if s.N != 0 {
				return false
			}
			s.N = 1 + model.Pick(c, "coin", list).Year
			return true
		}
		for workers := 1; workers <= 3; workers += 2 {
			r := check(t, m, Options{Workers: workers})
			if len(r.Bounds) > 0 {
				return r.Bounds
			}
		}
		return nil
	}
	if got := fair(1); len(got) != 0 {
		t.Errorf("one coin: got the bounds %q", got)
	}
	want := "the fairness of Take, which takes arguments with one text for one: several are coin=coin"
	if got := fair(1, 2); len(got) != 1 || got[0] != want {
		t.Errorf("two coins: got the bounds %q; want %q", got, want)
	}
}

// Of two questions of one name, the second is called name#2, also by fairness: the run
// that gives the second answer 0 for ever is unfair by it, and fair by the first.
func TestFairnessByTheSecondOfOneName(t *testing.T) {
	m := &model.Model[place]{
		Name: "pairs",
		Actions: []model.Action[place]{{Name: "Ask", Fair: model.StrongEach, Do: func(s *place, c *model.Choice) bool {
			first, second := c.Int("n", 2), c.Int("n", 2)
			s.N = 2*first + second + 4*(1-s.N/4)
			return true
		}}},
		Properties: []model.Property[place]{model.Eventually("Odd", func(s *place) bool { return s.N%2 == 1 })},
	}
	for name, want := range map[string]Verdict{"n": Violated, "n#2": Holds} {
		m.Actions[0].FairBy = []string{name}
		if got := check(t, m, Options{}).Properties[0].Verdict; got != want {
			t.Errorf("by %s: got %s; want %s", name, got, want)
		}
	}
}
