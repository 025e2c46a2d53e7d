package drive

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/muster-mc/muster/internal/gotest"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// lock is a lock with a lease: its holder may lose it at any time.
type lock struct {
	Holder uint8 // 0 if the lock is free
	Grants uint8
}

func newLock(first int) *model.Model[lock] {
	return &model.Model[lock]{
		Name: "lock",
		Init: func(s *lock, c *model.Choice) bool {
			s.Holder = uint8(c.Int("holder", first))
			return true
		},
		Actions: []model.Action[lock]{
			{Name: "Acquire", Do: func(s *lock, c *model.Choice) bool {
				who := c.Range("client", 1, 2)
				if s.Holder != 0 || s.Grants == 3 {
					return false
				}
				s.Holder, s.Grants = uint8(who), s.Grants+1
				return true
			}},
			{Name: "Release", Do: func(s *lock, c *model.Choice) bool {
				if s.Holder == 0 {
					return false
				}
				s.Holder = 0
				return true
			}},
			{Name: "Expire", Fault: "time", Do: func(s *lock, c *model.Choice) bool {
				if s.Holder == 0 {
					return false
				}
				s.Holder = 0
				return true
			}},
		},
		AllowDeadlock: true,
	}
}

// real is a lock whose lease ends by the clock. Its behaviour can be changed.
type real struct {
	t       *testing.T
	holder  uint8
	grants  uint8
	until   time.Time
	instead func(r *real, step trace.Step) (any, error, bool)
}

func (r *real) Do(step trace.Step) (any, error) {
	if r.instead != nil {
		if outcome, err, done := r.instead(r, step); done {
			return outcome, err
		}
	}
	switch step.Action {
	case "Init":
		return nil, Skip
	case "Acquire":
		if r.current() != 0 || r.grants == 3 {
			return nil, Refused
		}
		r.holder, r.grants = uint8(step.Arguments.Int("client")), r.grants+1
		r.until = time.Now().Add(time.Hour)
	case "Release":
		r.holder = 0
	case "Expire":
		time.Sleep(time.Until(r.until))
	}
	return nil, nil
}

func (r *real) current() uint8 {
	if !r.until.IsZero() && !time.Now().Before(r.until) {
		return 0
	}
	return r.holder
}

func (r *real) Observe(s *lock) []Difference {
	return append(Compare("Holder", s.Holder, r.current()), Compare("Grants", s.Grants, r.grants)...)
}

// starting returns a start function for locks with a behaviour of their own.
func starting(instead func(r *real, step trace.Step) (any, error, bool)) func(t *testing.T) System[lock] {
	return func(t *testing.T) System[lock] { return &real{t: t, instead: instead} }
}

// A start that skips its test, since a server is not there, skips the whole.
func TestAStartCanSkip(t *testing.T) {
	skipped, starts := false, 0
	t.Run("skips", func(t *testing.T) {
		defer func() { skipped = t.Skipped() }()
		Run(t, newLock(1), func(t *testing.T) System[lock] {
			starts++
			t.Skip("there is no server here")
			return nil
		}, Options{})
	})
	if !skipped || starts != 1 {
		t.Errorf("skipped: %v, after %d starts", skipped, starts)
	}
}

func TestRun(t *testing.T) {
	for name, c := range map[string]struct {
		first   int
		options Options
		instead func(r *real, step trace.Step) (any, error, bool)
		want    string
	}{
		"in a bubble": {1, Options{Within: synctest.Test}, nil,
			"lock: 2 tests, 6 steps; covered 5 of 5 arguments, 4 of 4 pairs"},
		"asked for what is not possible": {1, Options{Within: synctest.Test, Refusals: true, WithoutFaults: []string{"time"}}, skipsRelease,
			"covered 4 of 4 arguments, 2 of 2 pairs"},
		"it begins as it is": {2, Options{Within: synctest.Test, Cover: Arguments}, nil,
			"lock: 1 test, 4 steps; covered 5 of 6 arguments\n  arguments that never happened: Init(holder=1)"},
		"it begins as it is told": {2, Options{Within: synctest.Test, Cover: Arguments}, beginsAsTold,
			"lock: 2 tests, 4 steps; covered 6 of 6 arguments"},
		"a step cannot be forced": {1, Options{Cover: Arguments}, func(_ *real, step trace.Step) (any, error, bool) {
			return nil, Skip, step.Action == "Expire"
		}, "lock: 3 tests, 11 steps; covered 4 of 5 arguments\n  arguments that never happened: Expire"},
		"the system decides": {1, Options{Cover: Arguments | Actions, WithoutFaults: []string{"time"}}, func(r *real, step trace.Step) (any, error, bool) {
			if step.Action != "Acquire" {
				return nil, nil, false
			}
			r.holder, r.grants = 2, r.grants+1
			return Args{"client": 2}, nil, true
		}, "lock: 5 tests, 25 steps; covered 3 of 3 actions, 3 of 4 arguments\n  arguments that never happened: Acquire(client=1)"},
		"something else happens": {1, Options{Cover: Actions}, func(r *real, step trace.Step) (any, error, bool) {
			if step.Action != "Release" {
				return nil, nil, false
			}
			r.holder = 0
			return Instead{Action: "Expire"}, nil, true
		}, "covered 3 of 4 actions\n  actions that never happened: Release"},
		"a view": {1, Options{View: []string{"Holder"}, Within: synctest.Test}, nil, "covered 6 of 6 edges"},
	} {
		t.Run(name, func(t *testing.T) {
			got := Run(t, newLock(c.first), starting(c.instead), c.options)
			if !strings.Contains(got.String(), c.want) {
				t.Errorf("got %s; want %s", got, c.want)
			}
		})
	}
}

func skipsRelease(r *real, step trace.Step) (any, error, bool) {
	return nil, Skip, step.Action == "Release" && r.current() == 0
}

func beginsAsTold(r *real, step trace.Step) (any, error, bool) {
	if step.Action != "Init" {
		return nil, nil, false
	}
	if r.holder = uint8(step.Arguments.Int("holder")); r.holder != 0 {
		r.until = time.Now().Add(time.Hour)
	}
	return nil, nil, true
}

// explained is what a failing run says.
func explained(t *testing.T, first int, o Options, instead func(r *real, step trace.Step) (any, error, bool)) string {
	t.Helper()
	d := open(t, newLock(first), starting(instead), o)
	d.apart = func(t *testing.T, _ string, part func(*testing.T)) bool { part(t); return true }
	f := d.cover(t)
	if f == nil {
		t.Fatalf("it passes: %s", d.report)
	}
	return d.explain(t, f, gotest.Caller())
}

func TestFailures(t *testing.T) {
	on := func(action string, do func(r *real) (any, error)) func(r *real, step trace.Step) (any, error, bool) {
		return func(r *real, step trace.Step) (any, error, bool) {
			if step.Action != action {
				return nil, nil, false
			}
			outcome, err := do(r)
			return outcome, err, true
		}
	}
	for name, c := range map[string]struct {
		o       Options
		instead func(r *real, step trace.Step) (any, error, bool)
		want    string
	}{
		"it shows another state": {Options{}, on("Release", func(r *real) (any, error) { return nil, nil }),
			`the real system differs from the model lock at step 3, Release:
the system shows another state than the model's

     step               model              real
  1  Init(holder=0)     (all zero)         agrees
  2  Acquire(client=1)  Holder: 0 -> 1     agrees
                        Grants: 0 -> 1
  3  Release            Holder: 0          Holder: 1

`},
		"it refuses": {Options{}, on("Release", func(r *real) (any, error) { return nil, Refused }),
			"3  Release            Holder: 1 -> 0  refused\n"},
		"it fails": {Options{}, on("Release", func(r *real) (any, error) { return nil, errors.New("no route to host") }),
			"at step 3, Release:\nno route to host\n"},
		"it panics": {Options{}, on("Release", func(r *real) (any, error) { panic("held by nobody") }),
			"Do(Release) panicked: held by nobody, at drive_test.go:"},
		"it answers what is not possible": {Options{Cover: Actions}, on("Release", func(r *real) (any, error) { return Instead{Action: "Acquire", Args: Args{"client": 1}}, nil }),
			"the system answers Acquire(client=1), which the model does not permit here; of Release it permits Release\n"},
		"it takes what is not possible": {Options{Refusals: true}, on("Release", func(r *real) (any, error) { r.holder = 0; return nil, nil }),
			"the system takes the step, which the model does not permit here\n"},
		"it differs the second time": {Options{Cover: Edges}, on("Release", func(r *real) (any, error) {
			if r.holder = 0; r.grants > 1 {
				r.holder = 1
			}
			return nil, nil
		}), "at step 5, Release:\nthe system shows another state"},
		"an outcome of another type": {Options{}, on("Release", func(r *real) (any, error) { return 7, nil }),
			"drive: Do(Release) returned the outcome 7, a int: want nil, Args or Instead\n"},
		"an argument that there is not": {Options{}, on("Release", func(r *real) (any, error) { return Args{"cleint": 1}, nil }),
			`drive: the outcome names the argument "cleint", which Release does not have; it has none`},
		"an action that there is not": {Options{}, on("Release", func(r *real) (any, error) { return Instead{Action: "Relaese"}, nil }),
			`drive: the outcome names the action "Relaese", which the model never takes; it takes Init, Acquire, Release, Expire`},
	} {
		t.Run(name, func(t *testing.T) {
			c.o.WithoutFaults = nil
			c.o.Within = synctest.Test
			got := explained(t, 1, c.o, c.instead)
			if squeezed(got) != squeezed(c.want) && !strings.Contains(squeezed(got), squeezed(c.want)) {
				t.Errorf("got\n%s\nwant in it\n%s", got, c.want)
			}
		})
	}
}

// squeezed is a text with single spaces.
func squeezed(text string) string { return strings.Join(strings.Fields(text), " ") }

// A step that ends its test by itself, or does not return, is named.
func TestWhatIsDone(t *testing.T) {
	var d *driver[lock]
	var failing, hanging string
	d = open(t, newLock(1), starting(func(r *real, step trace.Step) (any, error, bool) {
		if step.Action == "Release" {
			hanging = d.whatIsDone()
			runtime.Goexit() // as t.FailNow does
		}
		return nil, nil, false
	}), Options{Cover: Actions, WithoutFaults: []string{"time"}})
	d.apart = func(t *testing.T, _ string, part func(*testing.T)) bool {
		done := make(chan struct{})
		go func() { defer close(done); part(t) }()
		<-done
		failing = d.whatIsDone()
		return true
	}
	if f := d.cover(t); f != nil {
		t.Fatal(d.show(f))
	}
	const want = "Do(Release), after Init(holder=0) Acquire(client=1)"
	if !strings.HasPrefix(hanging, want) || failing != hanging {
		t.Errorf("got %s and %s; want %s", hanging, failing, want)
	}
}

// A start that makes no system, or fails, is said to be the mistake. The test runs itself
// in a process of its own, where it fails.
func TestNoSystem(t *testing.T) {
	const variable = "MUSTER_DRIVE_TEST_START"
	starts := map[string]func(t *testing.T) System[lock]{
		"missing": nil,
		"nil":     func(*testing.T) System[lock] { return nil },
		"fatal":   func(t *testing.T) System[lock] { t.Fatal("no server"); return nil },
	}
	if name := os.Getenv(variable); name != "" {
		Run(t, newLock(1), starts[name], Options{})
		return
	}
	for name, want := range map[string][]string{
		"missing": {"drive: start is nil: want a function that makes a system"},
		"nil":     {"drive: start has returned nil, which is no system"},
		"fatal":   {"no server", "has failed test 1 by itself, outside of Do: look at start, at Observe"},
	} {
		c := exec.Command(os.Args[0], "-test.run", "^TestNoSystem$")
		c.Env = append(os.Environ(), variable+"="+name)
		out, err := c.CombinedOutput()
		if err == nil || strings.Contains(string(out), "panic") {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
		for _, w := range want {
			if !strings.Contains(string(out), w) {
				t.Errorf("%s: want %s in\n%s", name, w, out)
			}
		}
	}
}

// A failure that does not happen again is not shortened.
func TestFlaky(t *testing.T) {
	releases := 0
	got := explained(t, 1, Options{Within: synctest.Test}, func(r *real, step trace.Step) (any, error, bool) {
		if step.Action != "Release" {
			return nil, nil, false
		}
		if releases++; releases > 1 {
			r.holder = 0
		}
		return nil, nil, true
	})
	if !strings.Contains(got, "the same steps did not fail again") {
		t.Errorf("got %s", got)
	}
}

// Hidden actions may happen unseen, and only those.
func TestHidden(t *testing.T) {
	loses := func(r *real, step trace.Step) (any, error, bool) {
		if step.Action == "Acquire" && r.grants == 1 && r.current() == 0 {
			r.grants++ // and the lease ends at once
			return nil, nil, true
		}
		return nil, nil, false
	}
	r := Run(t, newLock(1), starting(loses), Options{Within: synctest.Test, Hidden: []string{"Expire"}})
	if r.Tests == 0 {
		t.Errorf("got %s", r)
	}
	if got := explained(t, 1, Options{Within: synctest.Test}, loses); !strings.Contains(got, "Holder: 0") {
		t.Errorf("got %s", got)
	}
}

func TestRepeat(t *testing.T) {
	o := Options{Within: synctest.Test}
	Repeat(t, newLock(1), starting(nil), o, "Init(holder=0)", "Acquire(client=1)", "refused: Acquire(client=2)", "Expire", "Acquire(client=2)")
	Repeat(t, newLock(1), starting(nil), o, "Init(holder=0)", "Release", "Acquire(client=2)") // is not possible
	Repeat(t, newLock(1), starting(nil), o, "Init(holder=0)", "Acquire(client=9)")
	d := open(t, newLock(1), starting(func(r *real, step trace.Step) (any, error, bool) { return nil, nil, step.Action == "Release" }), o)
	var orders []order
	for _, text := range []string{"Init(holder=0)", "Acquire(client=1)", "Release"} {
		o, _ := d.orderOf(text)
		orders = append(orders, o)
	}
	if at, f := d.follow(t, "broken", orders); f == nil || at != 2 {
		t.Errorf("a broken lock passes: %d, %v", at, f)
	}
}

// A failure is kept as a test that repeats it.
func TestKeep(t *testing.T) {
	dir := t.TempDir()
	source := "package locks\n\nimport \"testing\"\n\nfunc TestLock(t *testing.T) {\n\tdrive.Run(t, newLock(1), func(t *testing.T) drive.System[lock] { return &real{t: t} }, drive.Options{})\n}\n"
	if err := os.WriteFile(filepath.Join(dir, "lock_test.go"), []byte(source), 0o666); err != nil {
		t.Fatal(err)
	}
	d := open(t, newLock(1), starting(nil), Options{})
	f := &failure{problem: "it is open", orders: []order{0, 1, ^1}}
	site := gotest.Site{Dir: dir, File: "lock_test.go", Line: 6}
	if got := d.keep(t, f, site); got != "\nkeep:  with MUSTER_KEEP=1 the same command writes this run as a test" {
		t.Errorf("got %s", got)
	}
	t.Setenv(envKeep, "1")
	name, kept := strings.CutPrefix(d.keep(t, f, site), "\nkept:  ")
	text, err := os.ReadFile(filepath.Join(dir, name))
	if !kept || err != nil {
		t.Fatal(name, err)
	}
	id := strings.TrimSuffix(strings.TrimPrefix(name, "repeat_"), "_test.go")
	want := fmt.Sprintf(`package locks

import (
	"github.com/muster-mc/muster/drive"
	"testing"
)

// TestKeep found this run: it is open
func TestRepeat%s(t *testing.T) {
	drive.Repeat(t, newLock(1), func(t *testing.T) drive.System[lock] { return &real{t: t} }, drive.Options{},
		"Init(holder=0)",
		"Acquire(client=1)",
		"refused: Acquire(client=1)",
	)
}
`, id)
	if squeezed(string(text)) != squeezed(want) {
		t.Errorf("got\n%s\nwant\n%s", text, want)
	}
	site.Line = 1
	if got := d.keep(t, f, site); !strings.HasPrefix(got, "\nthe run is not kept: lock_test.go:1:") {
		t.Errorf("got %s", got)
	}
}

func TestCompare(t *testing.T) {
	type job struct {
		Done bool
		At   []int
	}
	for want, got := range map[string][]Difference{
		"[]": Compare("N", uint8(3), 3),
		"[N: 3 in the model, 4 in the real system]":                          Compare("N", uint8(3), 4),
		"[Job.Done: true in the model, false in the real system]":            Compare("Job", job{Done: true}, job{}),
		"[Jobs[1].At[0]: 1 in the model, 2 in the real system]":              Compare("Jobs", [2]job{1: {At: []int{1}}}, [2]job{1: {At: []int{2}}}),
		"[Job.At[0]: none in the model, 2 in the real system]":               Compare("Job", job{}, job{At: []int{2}}),
		"[Name: nobody in the model, {Done:false At:[]} in the real system]": Compare("Name", "nobody", job{}),
	} {
		if fmt.Sprint(got) != want {
			t.Errorf("got %v; want %s", got, want)
		}
	}
}
