package mctest

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
)

// recorder is a test that remembers what it was told.
type recorder struct {
	testing.TB
	name   string
	logs   []string
	failed string
	fatal  bool
}

func (r *recorder) Helper()                   {}
func (r *recorder) Name() string              { return r.name }
func (r *recorder) Context() context.Context  { return context.Background() }
func (r *recorder) Logf(f string, a ...any)   { r.logs = append(r.logs, fmt.Sprintf(f, a...)) }
func (r *recorder) Error(a ...any)            { r.failed += fmt.Sprint(a...) }
func (r *recorder) Fatalf(f string, a ...any) { r.Fatal(fmt.Sprintf(f, a...)) }
func (r *recorder) Fatal(a ...any) {
	r.failed, r.fatal = r.failed+fmt.Sprint(a...), true
	runtime.Goexit()
}

// record runs a test of its own, which may fail.
func record(test func(t testing.TB)) *recorder {
	return recordAs("TestCounter/of it's (own)", test)
}

func recordAs(name string, test func(t testing.TB)) *recorder {
	r := &recorder{name: name}
	done := make(chan struct{})
	go func() {
		defer close(done)
		test(r)
	}()
	<-done
	return r
}

// Counter counts to four.
type Counter struct{ N uint8 }

func counter(properties ...model.Property[Counter]) *model.Model[Counter] {
	return &model.Model[Counter]{
		Name: "counter",
		Actions: []model.Action[Counter]{
			{Name: "Add", Do: func(s *Counter, c *model.Choice) bool {
				n := s.N + 1 + uint8(c.Int("more", 2))
				if n > 4 {
					return false
				}
				s.N = n
				return true
			}},
			{Name: "Rest", Do: func(*Counter, *model.Choice) bool { return false }},
		},
		Properties: properties,
		Terminal:   func(s *Counter) bool { return s.N == 4 },
	}
}

func atMost(n uint8) model.Property[Counter] {
	return model.Always(fmt.Sprint("AtMost", n), func(s *Counter) bool { return s.N <= n })
}

func reaches(n uint8) model.Property[Counter] {
	return model.Reachable(fmt.Sprint("Reaches", n), func(s *Counter) bool { return s.N == n })
}

// contains reports, as errors, what the text lacks.
func contains(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if !strings.Contains(text, p) {
			t.Errorf("no %q in:\n%s", p, text)
		}
	}
}

const repeat = `again: go test -run '^TestCounter$/^of it'\''s \(own\)$' github.com/muster-mc/muster/explore/mctest`

func TestHolds(t *testing.T) {
	got := record(func(t testing.TB) {
		r := Holds(t, counter(atMost(4), reaches(4)), explore.Options{})
		Counts(t, r, explore.Counts{Initial: 1, Distinct: 5, Depth: 3, Levels: []uint64{1, 2, 2}})
	})
	if got.failed != "" {
		t.Errorf("it failed: %s", got.failed)
	}
	if len(got.logs) != 1 || got.logs[0] != "warning: counter: the action Rest was never enabled" {
		t.Errorf("got the warnings %q, want one of Rest", got.logs)
	}
}

// A search that a violation has ended does not know what is never enabled.
func TestHoldsWarnsOfWholeSpacesOnly(t *testing.T) {
	got := record(func(t testing.TB) { Holds(t, counter(atMost(2)), explore.Options{}) })
	if got.failed == "" || len(got.logs) > 0 {
		t.Errorf("failed by %q, with the warnings %q; want a failure without any", got.failed, got.logs)
	}
}

func TestHoldsFails(t *testing.T) {
	deadlocked := counter(atMost(4))
	deadlocked.Terminal = nil
	panicking := counter(atMost(4))
	panicking.Actions[1].Do = func(s *Counter, _ *model.Choice) bool { return []bool{true, true}[s.N] }
	for _, c := range []struct {
		name    string
		model   *model.Model[Counter]
		options explore.Options
		want    []string
	}{
		{
			"invariant", counter(atMost(2)), explore.Options{},
			[]string{"counter is violated", "AtMost2 is violated, in 3 states:\n  1  Init "},
		},
		{
			"explained", counter(atMost(2).Explained(func(s *Counter) string { return fmt.Sprint("it is ", s.N) })), explore.Options{},
			[]string{"AtMost2 is violated, in 3 states: it is 3\n  1  Init "},
		},
		{
			"both", counter(atMost(1), atMost(2)), explore.Options{KeepGoing: true},
			[]string{"AtMost1 is violated, in 2 states:", "AtMost2 is violated, in 3 states:"},
		},
		{
			"unreached", counter(reaches(5)), explore.Options{},
			[]string{"counter is violated (5 states, depth 3)\n\nReaches5 is violated: no state reaches it\n\n"},
		},
		{
			"deadlock", deadlocked, explore.Options{},
			[]string{"Deadlock, in 3 states:\n  1  Init "},
		},
		{
			"panic", panicking, explore.Options{},
			[]string{"Panic, in 2 states: Rest panicked: runtime error: index out of range [2]", "\n  1  Init "},
		},
		{
			"incomplete", counter(atMost(4)), explore.Options{MaxStates: 2},
			[]string{"counter is incomplete, with nothing found so far (2 states, depth 2): the limit of 2 states"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := record(func(t testing.TB) { Holds(t, c.model, c.options) })
			contains(t, got.failed, c.want...)
			if !got.fatal || !strings.HasSuffix(got.failed, repeat) {
				t.Errorf("it ends with:\n%s\nwant:\n%s", got.failed, repeat)
			}
		})
	}
}

// Of a model that breaks the rules neither can be said: that it holds, or how it
// breaks.
func TestUncheckable(t *testing.T) {
	careless := counter(atMost(4))
	careless.Actions[1].Do = func(s *Counter, _ *model.Choice) bool { s.N = 0; return false }
	without := counter(atMost(4))
	without.Actions = nil
	for _, c := range []struct {
		name  string
		model *model.Model[Counter]
		want  []string
	}{
		{"no actions", without, []string{"counter cannot be checked: it has no Actions"}},
		{"breach of contract", careless, []string{"counter: action Rest changed the state and then returned false", "\n  1  Init "}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, got := range []*recorder{
				record(func(t testing.TB) { Holds(t, c.model, explore.Options{}) }),
				record(func(t testing.TB) { Breaks(t, c.model, explore.Options{}, "AtMost4", 0) }),
			} {
				contains(t, got.failed, append(c.want, repeat)...)
			}
		})
	}
}

// A model that claims nothing holds, for it can only be counted: that is no test.
func TestNothingToHold(t *testing.T) {
	m := counter()
	m.AllowDeadlock = true
	got := record(func(t testing.TB) { Holds(t, m, explore.Options{}) })
	contains(t, got.failed, "counter has no properties: nothing could be wrong")
}

func TestBreaks(t *testing.T) {
	for _, c := range []struct {
		name     string
		model    *model.Model[Counter]
		property string
		length   int
		want     []string // nothing: it passes
	}{
		{"invariant", counter(atMost(2)), "AtMost2", 3, nil},
		{"of any length", counter(atMost(2)), "AtMost2", 0, nil},
		{"unreached", counter(reaches(5)), "Reaches5", 0, nil},
		{
			"other length", counter(atMost(2)), "AtMost2", 4,
			[]string{"want AtMost2 violated, in 4 states; but counter is violated (", "AtMost2 is violated, in 3 states:\n  1  Init "},
		},
		{
			"other property", counter(atMost(2), atMost(1)), "AtMost2", 0,
			[]string{"want AtMost2 violated; but counter is violated (", "AtMost1 is violated, in 2 states:\n  1  Init "},
		},
		{
			"holds", counter(atMost(4)), "AtMost4", 2,
			[]string{"want AtMost4 violated, in 2 states; but counter holds (5 states, depth 3)\n", "never enabled: Rest\n"},
		},
		{
			"no such", counter(atMost(4), reaches(1)), "AtMost5", 2,
			[]string{"want AtMost5 violated, in 2 states; but counter has no such property; there are AtMost4, Reaches1"},
		},
		{"no deadlock", counter(atMost(4)), "Deadlock", 2, []string{"want Deadlock violated, in 2 states; but counter holds"}},
		{"a length of what has none", counter(reaches(5)), "Reaches5", 3, []string{"want Reaches5 violated, in 3 states; but"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := record(func(t testing.TB) { Breaks(t, c.model, explore.Options{}, c.property, c.length) })
			if failed := got.failed != ""; failed != (c.want != nil) {
				t.Fatalf("got %q", got.failed)
			}
			if c.want != nil {
				contains(t, got.failed, append(c.want, repeat)...)
			}
		})
	}
}

func TestCounts(t *testing.T) {
	r := &explore.Report{Model: "counter", Counts: explore.Counts{
		Initial: 1, Distinct: 5, Generated: 9, Depth: 3, Levels: []uint64{1, 2, 2},
	}}
	for _, c := range []struct {
		want    explore.Counts
		failure string
	}{
		{r.Counts, ""},
		{explore.Counts{}, ""},
		{explore.Counts{Distinct: 5}, ""},
		{explore.Counts{Distinct: 6, Depth: 3}, "distinct 5, want 6"},
		{
			explore.Counts{Initial: 2, Generated: 8, Depth: 4, Levels: []uint64{1}},
			"initial 1, want 2; generated 9, want 8; depth 3, want 4; levels [1 2 2], want [1]",
		},
	} {
		want := c.failure
		if want != "" {
			want = "counter counts otherwise: " + want
		}
		if got := record(func(t testing.TB) { Counts(t, r, c.want) }); got.failed != want {
			t.Errorf("%+v: got %q, want %q", c.want, got.failed, want)
		}
	}
}

// limited is a test with a time limit.
type limited struct {
	testing.TB
	end time.Time
	set bool
}

func (l limited) Deadline() (time.Time, bool) { return l.end, l.set }

func TestInTime(t *testing.T) {
	hour := time.Now().Add(time.Hour)
	for _, c := range []struct {
		name       string
		test       testing.TB
		timeout    time.Duration
		least, max time.Duration
	}{
		{"no limit", limited{}, 0, 0, 0},
		{"no limit but its own", limited{}, time.Minute, time.Minute, time.Minute},
		{"a benchmark", &recorder{}, time.Minute, time.Minute, time.Minute},
		{"a limit", limited{end: hour, set: true}, 0, 50 * time.Minute, 54 * time.Minute},
		{"a wider limit", limited{end: hour, set: true}, time.Minute, time.Minute, time.Minute},
		{"a narrower limit", limited{end: hour, set: true}, 2 * time.Hour, 50 * time.Minute, 54 * time.Minute},
		{"a limit passed", limited{end: time.Now(), set: true}, 0, time.Millisecond, time.Millisecond},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := inTime(c.test, explore.Options{Timeout: c.timeout}).Timeout
			if got < c.least || c.max < got {
				t.Errorf("got %v, want %v to %v", got, c.least, c.max)
			}
		})
	}
}
