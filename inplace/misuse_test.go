package inplace_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/inplace"
	"github.com/muster-mc/muster/model"
)

// counter is a library's type with room for every misbehaviour.
type counter struct {
	n       int
	jitter  int64
	scratch any
	inner   struct{ calls int }
	mu      sync.Mutex
	notify  func()
	next    *counter
}

// single is a state with one counter.
type single struct{ C inplace.Ref[counter] }

// counting is a model in which a counter is given steps until it has counted to 3.
func counting(step func(*counter), rules inplace.Rules) *model.Model[single] {
	return countingBy(inplace.Machine[counter, int, uint8, int]{
		New:   func(int) *counter { return &counter{} },
		Step:  func(c *counter, _ uint8) int { step(c); return c.n },
		View:  func(c *counter) int { return c.n },
		Rules: rules,
	})
}

func countingBy(m inplace.Machine[counter, int, uint8, int]) *model.Model[single] {
	counters := inplace.Of(m)
	return &model.Model[single]{
		Name: "counting",
		Init: func(s *single, _ *model.Choice) bool { s.C = counters.Start(1); return true },
		Actions: []model.Action[single]{{Name: "Count", Do: func(s *single, c *model.Choice) bool {
			if *counters.View(s.C) >= 3 {
				return false
			}
			counters.Step(&s.C, uint8(c.Int("by", 2)))
			return true
		}}},
		Properties:    []model.Property[single]{model.Always("Small", func(s *single) bool { return *counters.View(s.C) < 10 })},
		AllowDeadlock: true,
		Code:          []model.Code{counters},
	}
}

// What a search cannot see of a library is an error that says where it is and what to do.
func TestRefusals(t *testing.T) {
	stop := make(chan struct{})
	t.Cleanup(func() { close(stop) })
	var everywhere int
	for _, test := range []struct {
		name  string
		step  func(*counter)
		rules inplace.Rules
		want  []string
	}{
		{name: "random field", step: func(c *counter) { c.n++; c.jitter = rand.Int64() },
			want: []string{"the same step gives different results on equal objects", "jitter is ", `list it in Rules.Ignore as "counter.jitter"`, "time, a random number"}},
		{name: "global variable", step: func(c *counter) { everywhere++; c.n++; c.inner.calls = everywhere },
			want: []string{"inner.calls is ", "a global variable"}},
		{name: "time", step: func(c *counter) { c.n++; c.scratch = time.Now() },
			want: []string{"scratch.", "time"}},
		{name: "channel", step: func(c *counter) { c.n++; c.scratch = stop },
			want: []string{"scratch is a channel", `"counter.scratch"`}},
		{name: "goroutine", step: func(c *counter) { c.n++; go func() { <-stop }() },
			want: []string{"leaves a goroutine behind", "TestRefusals"}},
		{name: "lock", step: func(c *counter) { c.n++; c.mu.Lock() },
			want: []string{"mu is a mutex that is locked"}},
		{name: "closure", step: func(c *counter) { c.n++; n := c.n; c.notify = func() { everywhere = n } },
			want: []string{"notify is the function", "what it has captured cannot be seen", `"counter.notify"`}},
		{name: "timer", step: func(c *counter) { c.n++; c.scratch = time.NewTimer(time.Hour) },
			want: []string{"scratch is a timer", "an input"}},
		{name: "ignored and used", rules: inplace.Rules{Ignore: []string{"counter.jitter"}},
			step: func(c *counter) {
				if c.jitter++; c.jitter > 1 {
					c.n++
				}
			},
			want: []string{"two objects count as equal", "which therefore must not be ignored: jitter is "}},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := explore.Check(context.Background(), counting(test.step, test.rules), explore.Options{})
			var breach *explore.ContractError
			if !errors.As(err, &breach) {
				t.Fatalf("got %v, want a ContractError", err)
			}
			for _, want := range test.want {
				if !strings.Contains(breach.Problem, want) {
					t.Errorf("%q is not in:\n%s", want, breach.Problem)
				}
			}
			t.Log(breach.Problem)
		})
	}
}

// What the rules ignore makes no difference, and what is bound to the object needs a rule.
func TestRulesAllow(t *testing.T) {
	for _, test := range []struct {
		name  string
		step  func(*counter)
		rules inplace.Rules
	}{
		{"random field", func(c *counter) { c.n++; c.jitter = rand.Int64() }, inplace.Rules{Ignore: []string{"inplace_test.counter.jitter"}}},
		{"bound method", func(c *counter) { c.n++; c.notify = c.mu.Unlock }, inplace.Rules{Functions: []string{"counter.notify"}}},
		{"cycle", func(c *counter) { c.n++; c.next = c }, inplace.Rules{}},
		{"form", func(c *counter) { c.n++; c.scratch = make([]int, rand.IntN(9)) }, inplace.Rules{Forms: []inplace.Form{
			inplace.FormOf(func(c *counter) any { return c.n }),
		}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			r, err := explore.Check(context.Background(), counting(test.step, test.rules), explore.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if r.Verdict != explore.Holds || r.Counts.Distinct != 4 || r.Counts.Generated != 7 {
				t.Errorf("%s, %d / %d, want holds, 4 / 7", r.Verdict, r.Counts.Distinct, r.Counts.Generated)
			}
			if c := r.Code.Parts[0]; c.States != 4 || c.Steps != 6 {
				t.Errorf("%d local states and %d steps, want 4 and 6", c.States, c.Steps)
			}
		})
	}
}

// A panic of the library is a finding, with the place in the library.
func TestPanicOfTheLibrary(t *testing.T) {
	r, err := explore.Check(context.Background(), counting(func(c *counter) {
		if c.n++; c.n == 3 {
			fail()
		}
	}, inplace.Rules{}), explore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	p := r.Properties[len(r.Properties)-1]
	if p.Name != explore.Panic || p.Trace.Length != 3 {
		t.Fatalf("%s after %d states, want Panic after 3", p.Name, p.Trace.Length)
	}
	if want := "Count(by=0) panicked: three is too much, in inplace_test.fail at fail_test.go:4"; !strings.HasPrefix(p.Detail, want) {
		t.Errorf("got %q, want %q", p.Detail, want)
	}
}

// A model whose state has references says to what.
func TestModelProblems(t *testing.T) {
	step := func(c *counter) { c.n++ }
	forgotten := counting(step, inplace.Rules{})
	forgotten.Code = nil
	missing := countingBy(inplace.Machine[counter, int, uint8, int]{New: func(int) *counter { return nil }})
	type pointing struct{ P *int }
	pointers := inplace.Of(inplace.Machine[counter, int, pointing, int]{
		New: func(int) *counter { return &counter{} }, Step: func(c *counter, _ pointing) int { return 0 },
	})
	other := counting(step, inplace.Rules{})
	other.Code = append(other.Code, pointers)
	for _, test := range []struct {
		m    *model.Model[single]
		o    explore.Options
		want string
	}{
		{m: forgotten, want: "its Code does not list the machines or values that they refer to"},
		{m: missing, want: "it needs New, which makes an object, and Step"},
		{m: other, want: "its input.P is of type *int"},
		{m: counting(step, inplace.Rules{}), o: explore.Options{Checkpoint: t.TempDir()}, want: "keeps no checkpoints"},
	} {
		_, err := explore.Check(context.Background(), test.m, test.o)
		var problem *explore.ModelError
		if !errors.As(err, &problem) || !strings.Contains(problem.Problem, test.want) {
			t.Errorf("got %v, want %q", err, test.want)
		}
	}
}
