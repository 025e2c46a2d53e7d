package mctest

import (
	"strings"
	"testing"

	"github.com/muster-mc/muster/model"
)

func TestAvoids(t *testing.T) {
	run := []string{"Init", "Add(more=1)", "Add(more=1)"}
	deadlocked, panicking := counter(atMost(4)), counter(atMost(4))
	deadlocked.Terminal = nil
	panicking.Actions[1].Do = func(s *Counter, _ *model.Choice) bool { return []bool{false, false, false}[s.N] }
	for _, c := range []struct {
		name      string
		m         *model.Model[Counter]
		property  string
		steps     []string
		fails     string
		logs      string
		remaining string
	}{
		{"it holds", counter(atMost(4)), "AtMost4", run, "", "", ""},
		{"violated at the end", counter(atMost(3)), "AtMost3", run, "AtMost3 is violated, in 3 states", "", "  3  Add(more=1)    N: 2 -> 4\n"},
		{"violated on the way", counter(atMost(1)), "AtMost1", run, "AtMost1 is violated, in 2 states", "", ""},
		{"another is violated", counter(atMost(1), atMost(4)), "AtMost4", run, "", "", ""},
		{"what is reached is not violated", counter(reaches(4)), "Reaches4", run, "", "", ""},
		{"a deadlock", deadlocked, "Deadlock", run, "Deadlock, in 3 states", "", ""},
		{"a panic", panicking, "Panic", run, "Rest panicked", "", ""},
		{"not possible", counter(atMost(1)), "AtMost4x", append(run, "Add(more=0)"), "counter has no property AtMost4x; there are AtMost1, Deadlock, Panic", "", ""},
		{"not possible any more", counter(atMost(4)), "AtMost4", append(run, "Add(more=0)"), "", "the run is not possible: step 4, Add(more=0)", ""},
		{"a model that is none", &model.Model[Counter]{Name: "counter"}, "Deadlock", run, "counter cannot be checked: it has no Actions", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := record(func(t testing.TB) { Avoids(t, c.m, c.property, c.steps...) })
			if (got.failed != "") != (c.fails != "") || strings.Join(got.logs, "; ") != c.logs {
				t.Fatalf("failed %q, logged %q", got.failed, got.logs)
			}
			contains(t, got.failed, c.fails, c.remaining)
		})
	}
}

// coin is shown by its worth alone.
type coin struct{ worth *int }

func (coin) String() string { return "coin" }

// A run that is written like the one that was kept must not hide it.
func TestAvoidsAllRunsThatAreWrittenAlike(t *testing.T) {
	one, two := new(int), new(int)
	m := counter(atMost(1))
	m.Actions[0].Do = func(s *Counter, c *model.Choice) bool {
		s.N++
		if model.Pick(c, "with", []coin{{one}, {two}}).worth == two {
			s.N = 2
		}
		return s.N <= 2
	}
	got := record(func(t testing.TB) { Avoids(t, m, "AtMost1", "Init", "Add(with=coin)") })
	contains(t, got.failed, "AtMost1 is violated, in 2 states")
}
