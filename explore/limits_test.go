package explore

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/muster-mc/muster/internal/number"
	"github.com/muster-mc/muster/model"
)

// grid is a model of width x width places, walked from one corner to the other.
// Its levels are its diagonals.
func grid(width int, properties ...model.Property[[2]int]) *model.Model[[2]int] {
	return &model.Model[[2]int]{
		Name: "grid",
		Actions: []model.Action[[2]int]{{Name: "Step", Do: func(s *[2]int, c *model.Choice) bool {
			axis := c.Int("axis", 2)
			if s[axis] == width-1 {
				return false
			}
			s[axis]++
			return true
		}}},
		Properties: properties,
		Terminal:   func(s *[2]int) bool { return *s == [2]int{width - 1, width - 1} },
	}
}

// avoid claims that a place of a grid is not reached.
func avoid(x, y int) model.Property[[2]int] {
	return model.Always(fmt.Sprintf("Avoid%d,%d", x, y), func(s *[2]int) bool { return *s != [2]int{x, y} })
}

// tree is a model without end: every state has four successors of its own. Each
// attempt takes so long.
func tree(attempt time.Duration, properties ...model.Property[uint64]) *model.Model[uint64] {
	return &model.Model[uint64]{
		Name: "tree",
		Actions: []model.Action[uint64]{{Name: "Grow", Do: func(s *uint64, c *model.Choice) bool {
			time.Sleep(attempt)
			*s = 4**s + 1 + uint64(c.Int("branch", 4))
			return true
		}}},
		Properties: append(properties, model.Always("Fine", func(*uint64) bool { return true })),
	}
}

// consistent fails the test unless the counts agree with each other.
func consistent(t *testing.T, c Counts) {
	t.Helper()
	sum := uint64(0)
	for _, n := range c.Levels {
		sum += n
	}
	if sum != c.Distinct || len(c.Levels) != c.Depth || c.Distinct > c.Generated || c.Depth > 0 && c.Initial != c.Levels[0] {
		t.Errorf("the counts contradict each other: %+v", c)
	}
}

// The limit of states is exact, and what was generated on the way there depends on
// nothing else.
func TestMaxStates(t *testing.T) {
	const all = 5 * 5
	for limit := uint64(1); limit < all+3; limit++ {
		m := grid(5, avoid(5, 5))
		r := checkAll(t, m, Options{MaxStates: limit})
		want := Report{Verdict: Incomplete, Reason: fmt.Sprintf("the limit of %s was reached", number.Count(limit, "state"))}
		if limit >= all {
			want = Report{Verdict: Holds}
		}
		if r.Verdict != want.Verdict || r.Reason != want.Reason {
			t.Errorf("the run %s (%q), want %s (%q)", r.Verdict, r.Reason, want.Verdict, want.Reason)
		}
		if got := r.Counts.Distinct; got != min(limit, all) {
			t.Errorf("%d states, want %d", got, min(limit, all))
		}
		consistent(t, r.Counts)
		if got, want := strip(r), strip(checkTwin(m, Options{MaxStates: limit})); got != want {
			t.Errorf("it differs from its twin: %s", firstDifference(got, want))
		}
	}
}

// States at the limit of depth are checked, and not expanded: nothing is known of
// their steps, or of whether there are any.
func TestMaxDepth(t *testing.T) {
	const reason = "the limit of 3 levels was reached"
	for _, c := range []struct {
		name   string
		model  *model.Model[place]
		run    Verdict
		reason string
		want   string
	}{
		{
			"a state at the limit", graph(edges{0: {1}, 1: {2}, 2: {3}}, never(2), reaches(2)),
			Violated, "", "Never2 violated by Init Go(to=1) Go(to=2), Reaches2 reached by Init Go(to=1) Go(to=2)",
		},
		{
			"a state beyond", graph(edges{0: {1}, 1: {2}, 2: {3}}, never(3), reaches(3)),
			Incomplete, reason, "Never3 unknown, Reaches3 unknown",
		},
		{
			"a step to the limit", graph(edges{0: {1}, 1: {2}}, notAlong(1, 2)),
			Violated, "", "Not1To2 violated by Init Go(to=1) Go(to=2)",
		},
		{
			"a step from there", graph(edges{0: {1}, 1: {2}, 2: {2}}, notAlong(2, 2)),
			Incomplete, reason, "Not2To2 unknown",
		},
		{
			"nothing is left, but nobody has looked", graph(edges{0: {1}, 1: {2}}, never(9)),
			Incomplete, reason, "Never9 unknown",
		},
		{
			"nothing is left", graph(edges{0: {1}, 1: {0}}, never(9), reaches(9)),
			Violated, "", "Never9 holds, Reaches9 unreached",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := checkAll(t, c.model, Options{MaxDepth: 3})
			if got := verdictsOf(r); got != c.want || r.Verdict != c.run || r.Reason != c.reason {
				t.Errorf("the run %s (%q): %s\nwant %s (%q): %s", r.Verdict, r.Reason, got, c.run, c.reason, c.want)
			}
			if r.Counts.Depth > 3 {
				t.Errorf("it went to depth %d", r.Counts.Depth)
			}
		})
	}
	m := graph(edges{0: {1, 2}}, never(9))
	m.AllowDeadlock = false
	if got, want := verdictsOf(checkAll(t, m, Options{MaxDepth: 2})), "Never9 unknown, Deadlock unknown"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// What was found before a limit stands, and the reason says that it may not be
// all.
func TestViolatedBeforeALimit(t *testing.T) {
	for _, c := range []struct {
		options Options
		reason  string
	}{
		{Options{MaxStates: 30}, "the limit of 30 states was reached"},
		{Options{MaxDepth: 8}, "the limit of 8 levels was reached"},
	} {
		c.options.KeepGoing = true
		r := checkAll(t, grid(9, avoid(8, 8), avoid(1, 2)), c.options)
		want := "Avoid8,8 unknown, Avoid1,2 violated by Init Step(axis=0) Step(axis=1) Step(axis=1), Deadlock unknown"
		if got := verdictsOf(r); got != want || r.Verdict != Violated || r.Reason != c.reason {
			t.Errorf("the run %s (%q): %s\nwant violated (%q): %s", r.Verdict, r.Reason, got, c.reason, want)
		}
	}
}

// A time limit ends a run that would never end, soon after, with the counts so
// far. The clock in this and the next test is a pretended one.
func TestTimeout(t *testing.T) {
	for _, workers := range []int{1, 2, 5} {
		synctest.Test(t, func(t *testing.T) {
			started := time.Now()
			r := check(t, tree(time.Millisecond), Options{Workers: workers, Timeout: 3 * time.Second})
			if r.Verdict != Incomplete || r.Reason != "the time limit of 3s was reached" {
				t.Errorf("%d workers: the run %s (%q)", workers, r.Verdict, r.Reason)
			}
			if late := time.Since(started) - 3*time.Second; late < 0 || late > 200*time.Millisecond {
				t.Errorf("%d workers: it took %v longer than permitted", workers, late)
			}
			if r.Counts.Distinct < 100 {
				t.Errorf("%d workers: only %d states", workers, r.Counts.Distinct)
			}
			consistent(t, r.Counts)
		})
	}
}

// Of two time limits, the report names the one that was reached.
func TestTheEarlierTimeLimit(t *testing.T) {
	for _, c := range []struct {
		context, options time.Duration
		want             string
	}{
		{time.Hour, 2 * time.Second, "the time limit of 2s was reached"},
		{2 * time.Second, time.Hour, "the time limit was reached"},
	} {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), c.context)
			defer cancel()
			r, err := Check(ctx, tree(time.Millisecond), Options{Workers: 1, Timeout: c.options})
			if err != nil || r.Reason != c.want {
				t.Errorf("got %q, %v; want %q", r.Reason, err, c.want)
			}
		})
	}
}

// A run is interrupted soon, whatever of the model's code is slow.
func TestInterruption(t *testing.T) {
	slow := func() bool { time.Sleep(time.Millisecond); return true }
	var many []model.Action[uint64]
	for i := range uint64(10_000) {
		many = append(many, model.Action[uint64]{Name: fmt.Sprint("To", i), Do: func(s *uint64, _ *model.Choice) bool {
			*s = i
			return slow()
		}})
	}
	for name, m := range map[string]*model.Model[uint64]{
		"an action":             tree(time.Millisecond),
		"an invariant":          tree(0, model.Always("Slow", func(*uint64) bool { return slow() })),
		"a property of steps":   tree(0, model.AlwaysStep("Slow", func(_, _ *uint64) bool { return slow() })),
		"a claim to be reached": tree(0, model.Reachable("Slow", func(*uint64) bool { return !slow() })),
		"many ways to take one step": {
			Name: "fan", AllowDeadlock: true,
			Actions: []model.Action[uint64]{{Name: "Open", Do: func(s *uint64, c *model.Choice) bool {
				*s = uint64(c.Int("way", 100_000))
				return slow()
			}}},
			Properties: []model.Property[uint64]{model.Always("True", func(*uint64) bool { return true })},
		},
		"many actions": {Name: "many", AllowDeadlock: true, Actions: many, Properties: []model.Property[uint64]{
			model.Always("True", func(*uint64) bool { return true }),
		}},
		"many ways to begin": {
			Name: "beginnings", AllowDeadlock: true,
			Init: func(s *uint64, c *model.Choice) bool {
				*s = uint64(c.Int("way", 100_000))
				return slow()
			},
			Actions:    []model.Action[uint64]{{Name: "Stay", Do: func(*uint64, *model.Choice) bool { return true }}},
			Properties: []model.Property[uint64]{model.Always("True", func(*uint64) bool { return true })},
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				time.AfterFunc(2*time.Second, cancel)
				started := time.Now()
				r, err := Check(ctx, m, Options{Workers: 2})
				if err != nil || r.Verdict != Incomplete || r.Reason != "it was interrupted" {
					t.Fatalf("got %+v, %v", r, err)
				}
				if late := time.Since(started) - 2*time.Second; late < 0 || late > 200*time.Millisecond {
					t.Errorf("it ended %v after it was interrupted", late)
				}
				consistent(t, r.Counts)
			})
		})
	}
}

// At full speed, and in the midst of rounds of a hundred thousand states, workers
// that have heard of an interrupt end what they are doing with one state, and no more.
func TestInterruptionAtFullSpeed(t *testing.T) {
	for _, workers := range []int{1, 2, 5} {
		o := Options{Workers: workers}
		g, ctx := newTrigger(300_000, &o)
		g.isFar = true
		var after atomic.Int64
		g.then = func() { after.Store(g.left.Load()) }
		r, err := Check(ctx, armed(tree(0), g), o)
		if err != nil || r.Verdict != Incomplete || r.Reason != interrupted {
			t.Fatalf("%d workers: got %+v, %v", workers, r, err)
		}
		consistent(t, r.Counts)
		if more := after.Load() - g.left.Load(); more > int64(10*workers) {
			t.Errorf("%d workers: the model was asked %d times more after all were told to end", workers, more)
		}
	}
}

// A context that is over from the beginning permits nothing, not even a small
// model.
func TestExpiredContext(t *testing.T) {
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	expired, cancel := context.WithDeadline(context.Background(), time.Now().Add(-time.Second))
	defer cancel()
	for _, c := range []struct {
		ctx    context.Context
		reason string
	}{
		{cancelled, "it was interrupted"},
		{expired, "the time limit was reached"},
	} {
		for range 20 {
			r, err := Check(c.ctx, grid(3, avoid(0, 0)), Options{Workers: 2})
			if err != nil || r.Verdict != Incomplete || r.Reason != c.reason {
				t.Fatalf("got %+v, %v; want it incomplete: %s", r, err, c.reason)
			}
		}
	}
}

// Limits that are not reached change nothing.
func TestLimitsOutOfReach(t *testing.T) {
	m := grid(9, avoid(9, 9))
	want := textOf(checkAll(t, m, Options{}))
	if got := textOf(checkAll(t, m, Options{MaxStates: 81, MaxDepth: 18, Timeout: time.Hour})); got != want {
		t.Error(firstDifference(got, want))
	}
}
