package explore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/muster-mc/muster/model"
)

func simulated[S any](t testing.TB, m *model.Model[S], o SimulateOptions) *Simulation {
	t.Helper()
	r, err := Simulate(context.Background(), m, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// line is a graph that goes from 0 to n, and at each place may go round in a
// detour of two places.
func line(n int, properties ...model.Property[place]) *model.Model[place] {
	e := edges{}
	for i := range n {
		e[i] = []int{i + 1, 1000 + i}
		e[1000+i], e[2000+i] = []int{2000 + i}, []int{i}
	}
	return graph(e, properties...)
}

// What random walks find is shortened: here to what no walk is likely to be.
func TestSimulateShortens(t *testing.T) {
	r := simulated(t, line(8, never(8)), SimulateOptions{Seed: 3})
	p := r.Properties[0]
	if r.Verdict != Violated || p.Trace == nil || pathOf(p.Trace) != "Init Go(to=1) Go(to=2) Go(to=3) Go(to=4) Go(to=5) Go(to=6) Go(to=7) Go(to=8)" {
		t.Errorf("%s: %+v", r.Verdict, p)
	}
	if r.Found <= 9 || r.Walks == 0 || r.Longest < r.Found {
		t.Errorf("found in %d states, in walk %d, the longest %d", r.Found, r.Walks, r.Longest)
	}
}

// Everything that is wrong is found, and the witness of what is reached is a run of the model.
func TestSimulateFindsEverything(t *testing.T) {
	boom := line(5, reaches(2))
	boom.Properties = append(boom.Properties, model.Always("Boom", func(s *place) bool { return []bool{true, true, true, true}[s.N%1000] }))
	stuck := line(4, reaches(2))
	stuck.AllowDeadlock = false
	for name, c := range map[string]struct {
		m    *model.Model[place]
		want string
	}{
		"a state":    {line(3, never(3)), "Never3 violated in 4"},
		"a step":     {line(3, notAlong(2, 3)), "Not2To3 violated in 4"},
		"a deadlock": {stuck, "Reaches2 reached in 3, Deadlock violated in 5"},
		"a panic":    {boom, "Reaches2 reached in 3, Boom unknown, Panic violated in 5"},
		"no bug":     {line(3, reaches(2), never(7)), "Reaches2 reached in 3, Never7 unknown"},
	} {
		r := simulated(t, c.m, SimulateOptions{})
		var got []string
		for _, p := range r.Properties {
			s := p.Name + " " + string(p.Verdict)
			if p.Trace != nil {
				s += fmt.Sprint(" in ", p.Trace.Length)
			}
			if p.Verdict == Reached {
				way := replayed(t, c.m, p.Trace)
				if end := pathOf(way); end != pathOf(p.Trace) || !strings.HasSuffix(end, "Go(to=2)") {
					t.Errorf("%s: the witness of %s is %s, which the model takes as %s", name, p.Name, pathOf(p.Trace), end)
				}
			}
			got = append(got, s)
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%s: got %v, want %s", name, got, c.want)
		}
		if r.Verdict == Holds || (r.Verdict == Violated) != strings.Contains(c.want, "violated") {
			t.Errorf("%s: the verdict is %s", name, r.Verdict)
		}
	}
}

// Enough walks see all there is, and that is known if it is looked for.
func TestSimulateCoverage(t *testing.T) {
	m := line(4, never(9))
	r := simulated(t, m, SimulateOptions{Reach: 1000})
	if r.Reachable == nil || r.Seen != *r.Reachable || r.Seen.States != 13 || r.Seen.Steps != 17 {
		t.Errorf("saw %+v of %+v", r.Seen, r.Reachable)
	}
	r = simulated(t, m, SimulateOptions{Walks: 1, Depth: 3, Reach: 1000})
	if r.Seen != (Extent{3, 3}) || r.Taken != 3 || r.Walks != 1 || r.Longest != 3 {
		t.Errorf("one short walk: %+v", r)
	}
	if r = simulated(t, m, SimulateOptions{Walks: 1, Reach: 12}); r.Reachable != nil {
		t.Errorf("more are reachable than were looked at, and it says %+v", r.Reachable)
	}
}

func TestSimulateIsDeterministic(t *testing.T) {
	text := func(seed uint64) string {
		r := simulated(t, line(30, never(30)), SimulateOptions{Seed: seed, Walks: 50, Depth: 40})
		r.Seconds = 0
		js, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		return string(js)
	}
	one := text(1)
	if again := text(1); again != one {
		t.Error("one seed, two answers")
	}
	if one == text(2) {
		t.Error("two seeds, one answer")
	}
}

func TestSimulateWithin(t *testing.T) {
	m := line(9, never(5), never(3))
	m.Constraint = func(s *place) bool { return s.N%1000 < 4 }
	if r := simulated(t, m, SimulateOptions{Properties: []string{"Never5"}}); r.Verdict != Incomplete || len(r.Bounds) != 2 || r.Bounds[0] != "the model's constraint, which ended 1,000 of the 1,000 walks" {
		t.Errorf("a state behind the constraint was found: %+v", r)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if r, err := Simulate(ctx, m, SimulateOptions{}); err != nil || r.Walks != 0 || r.Reason != "it was interrupted" {
		t.Errorf("interrupted: %+v, %v", r, err)
	}
	if r := simulated(t, line(3, never(9)), SimulateOptions{Timeout: time.Millisecond, Walks: 1e9}); r.Reason != "the time limit of 1ms was reached" {
		t.Errorf("out of time: %s", r.Reason)
	}
}

func TestSimulateRefuses(t *testing.T) {
	nowhere, outside := line(3, never(1)), line(3, never(1))
	nowhere.Init = func(*place, *model.Choice) bool { return false }
	outside.Constraint = func(*place) bool { return false }
	for want, c := range map[string]struct {
		m *model.Model[place]
		o SimulateOptions
	}{
		"Walks and Depth must not be negative":                             {line(3, never(1)), SimulateOptions{Walks: -1}},
		`it has no property "X"; there are Never1`:                         {line(3, never(1)), SimulateOptions{Properties: []string{"X"}}},
		"there is no initial state":                                        {nowhere, SimulateOptions{}},
		"Constraint is false for every initial state that a walk began in": {outside, SimulateOptions{}},
	} {
		_, err := Simulate(context.Background(), c.m, c.o)
		if e := new(ModelError); !errors.As(err, &e) || !strings.Contains(e.Problem, want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	if _, err := Simulate(context.Background(), line(3, never(1)), SimulateOptions{WithoutFaults: []string{"x"}}); err == nil {
		t.Error("an unknown fault is accepted")
	}
}

// On random models: whatever the walks find, the search finds too, and no trace
// is shorter than its; where the walks saw everything, both agree on how much that
// is, and of what is wrong nothing is missed.
func TestSimulateAgreesWithTheSearch(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r := drawRecipe(t)
		m := r.rich()
		o := SimulateOptions{Seed: rapid.Uint64().Draw(t, "walk"), Walks: 30, Depth: 20, Reach: 500}
		if r.actions > 2 && rapid.Bool().Draw(t, "withoutFaults") {
			o.WithoutFaults = []string{"crash"}
		}
		got, err := Simulate(context.Background(), m, o)
		all, allErr := Check(context.Background(), m, Options{KeepGoing: true, MaxStates: 3000, WithoutFaults: o.WithoutFaults})
		if err != nil || allErr != nil {
			if allErr == nil && len(all.Properties) > 0 && !all.panicked() {
				t.Fatalf("%v, but the search says %s", err, textOf(all))
			}
			return
		}
		if got.Reachable != nil && (got.Seen.States > got.Reachable.States || got.Seen.Steps > got.Reachable.Steps) {
			t.Fatalf("saw %+v of %+v", got.Seen, got.Reachable)
		}
		if all.Reason != "" || all.panicked() {
			return
		}
		known := map[string]PropertyReport{}
		for _, p := range all.Properties {
			known[p.Name] = p
		}
		for _, p := range got.Properties {
			want := known[p.Name]
			switch {
			case p.Verdict == Unknown && got.Reachable != nil && got.Seen == *got.Reachable && p.Kind != "deadlock":
				if want.Verdict == Violated && got.Verdict != Violated {
					t.Fatalf("everything was seen, but not that %s is violated", p.Name)
				}
			case p.Verdict == Unknown:
			case p.Verdict != want.Verdict || p.Trace.Length < want.Trace.Length:
				t.Fatalf("%s: %s in %d states, the search says %s", p.Name, p.Verdict, p.Trace.Length, textOf(all))
			}
		}
	})
}

func ExampleSimulate() {
	var counter = &model.Model[struct{ N int }]{
		Name: "counter",
		Actions: []model.Action[struct{ N int }]{{Name: "Add", Do: func(s *struct{ N int }, c *model.Choice) bool {
			s.N += 1 + c.Int("more", 3)
			return true
		}}},
		Properties: []model.Property[struct{ N int }]{
			model.Always("Small", func(s *struct{ N int }) bool { return s.N < 1000 }),
		},
	}
	r, err := Simulate(context.Background(), counter, SimulateOptions{Depth: 2000})
	if err != nil {
		fmt.Println(err)
		return
	}
	p := r.Properties[0]
	fmt.Println(p.Name, p.Verdict, "and the walk was shortened:", p.Trace.Length < r.Found)
	// Output:
	// Small violated and the walk was shortened: true
}

// A walk ends, so what is claimed of whole runs stays unknown. That is said once, and
// of what was asked for only.
func TestWalksDoNotJudgeWholeRuns(t *testing.T) {
	m := counter(3)
	m.Properties = append(m.Properties,
		model.Always("Fine", func(*counting) bool { return true }),
		model.Recurs("ComesBack", func(s *counting) bool { return s.Hand == [2]uint8{} }))
	r, err := Simulate(t.Context(), m, SimulateOptions{Walks: 3})
	if err != nil {
		t.Fatal(err)
	}
	const want = "without properties about whole runs, of which a walk that ends says nothing: ComesBack"
	if n := strings.Count(strings.Join(r.Bounds, "\n"), want); n != 1 {
		t.Errorf("said %d times in %q", n, r.Bounds)
	}
	if i := slices.IndexFunc(r.Properties, func(p PropertyReport) bool { return p.Name == "ComesBack" }); r.Properties[i].Verdict != Unknown {
		t.Errorf("got %+v", r.Properties[i])
	}
	r, err = Simulate(t.Context(), m, SimulateOptions{Walks: 3, Properties: []string{"Fine"}})
	if err != nil || strings.Contains(strings.Join(r.Bounds, "\n"), "whole runs") {
		t.Errorf("got %v, %v", r, err)
	}
}
