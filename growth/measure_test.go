package growth_test

import (
	"context"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/growth"
)

func sweep(t *testing.T, text string) growth.Sweep {
	t.Helper()
	s, err := growth.ParseSweep(boxEntry, text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func measure(t *testing.T, o growth.Options, sweeps ...string) *growth.Curve {
	t.Helper()
	for _, text := range sweeps {
		o.Sweeps = append(o.Sweeps, sweep(t, text))
	}
	c, err := growth.Measure(t.Context(), boxEntry, o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// The law of a state space with a known formula is that formula.
func TestKnownLaws(t *testing.T) {
	for _, test := range []struct {
		sweeps  []string
		with    catalog.With
		formula string
		kind    string
		next    float64
	}{
		{[]string{"size=1..5"}, nil, "1 + 1 · size", "polynomial", 7},
		{[]string{"size=1..6"}, catalog.With{"sides": "2"}, "1 + 2 · size + 1 · size²", "polynomial", 64},
		{[]string{"size=2,4,6,8,10,12"}, catalog.With{"sides": "3"}, "1 + 3 · size + 3 · size² + 1 · size³", "polynomial", 15 * 15 * 15},
		{[]string{"switches=1..6"}, nil, "3 · 2^switches", "exponential", 3 * 128},
		{[]string{"size=1..4", "switches=1..4"}, nil, "", "exponential and polynomial", 6 * 16},
	} {
		c := measure(t, growth.Options{Settings: catalog.Settings{With: test.with}, Ahead: 1}, test.sweeps...)
		if c.Law == nil || c.Law.Kind != test.kind || test.formula != "" && c.Law.Formula != test.formula {
			t.Errorf("%v %v: got %+v; want %s, %s", test.sweeps, test.with, c.Law, test.formula, test.kind)
		}
		next := c.Next[0].Forecast.States
		if !next.Holds(test.next) || math.Abs(next.Likely/test.next-1) > 0.05 {
			t.Errorf("%v %v: the next size is forecast as %+v; want %g", test.sweeps, test.with, next, test.next)
		}
	}
}

// A violation does not end a run.
func TestViolationsDoNotEndRuns(t *testing.T) {
	c := measure(t, growth.Options{}, "size=3")
	if m := c.Points[0].Measured; m.States != 4 || !m.Whole || m.Depth != 4 {
		t.Errorf("got %+v; want 4 states in 4 levels", m)
	}
	if c.Law != nil || len(c.Next) > 0 {
		t.Errorf("one size gives no law; got %+v %+v", c.Law, c.Next)
	}
}

func TestLargeSizesAreForecast(t *testing.T) {
	c := measure(t, growth.Options{MaxStates: 1000}, "switches=1..12")
	for i, p := range c.Points {
		states := 3 << p.At[0]
		switch {
		case states <= 1000 && (p.Measured == nil || p.Measured.States != uint64(states)):
			t.Errorf("%v: got %+v; want %d states", p.At, p.Measured, states)
		case states > 1000 && (p.Measured != nil || p.Problem != "not run: it would have too many states"):
			t.Errorf("%v: it was run, or not for the reason: %+v", p.At, p)
		case i > 2 && !p.Forecast.States.Holds(float64(states)):
			t.Errorf("%v: forecast as %+v; want %d", p.At, p.Forecast.States, states)
		}
	}
}

func TestRunIsCutAtLimit(t *testing.T) {
	c := measure(t, growth.Options{MaxStates: 50}, "switches=1,16")
	p := c.Points[1]
	if p.Measured.Whole || p.Measured.States != 50 || p.Problem != "the limit of 50 states was reached" {
		t.Errorf("got %+v %q", p.Measured, p.Problem)
	}
	c = measure(t, growth.Options{Time: 1}, "switches=1,2") // a nanosecond
	for _, p := range c.Points {
		if p.Measured != nil && p.Measured.Whole || !strings.Contains(p.Problem, "time") {
			t.Errorf("without time: got %+v", p)
		}
	}
}

func TestRefusedCombinations(t *testing.T) {
	c := measure(t, growth.Options{}, "size=2..3", "sides=3..4")
	last := c.Points[len(c.Points)-1]
	if last.Measured != nil || last.Problem != "box: no box of four sides has the size 3" {
		t.Errorf("got %+v", last)
	}
}

// There is no forecast for a new value of a parameter that had one value so far.
func TestNoForecastForConstantParameter(t *testing.T) {
	for _, p := range measure(t, growth.Options{}, "size=1..2", "switches=1..2").Points[:3] {
		if p.Forecast != nil {
			t.Errorf("%v is forecast as %+v from sizes that say nothing of it", p.At, p.Forecast.States)
		}
	}
}

func TestInterrupt(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	o := growth.Options{Sweeps: []growth.Sweep{sweep(t, "switches=1..5")}}
	o.Begin = func(size string) {
		if size == "--switches 3" {
			cancel()
		}
	}
	c, err := growth.Measure(ctx, boxEntry, o)
	if err != nil || !c.Interrupted || len(c.Points) != 2 {
		t.Errorf("got %+v, %v; want the two points before", c, err)
	}
}

func ExampleMeasure() {
	s, err := growth.ParseSweep(boxEntry, "switches=1..5")
	if err != nil {
		panic(err)
	}
	c, err := growth.Measure(context.Background(), boxEntry, growth.Options{Sweeps: []growth.Sweep{s}, Ahead: 1})
	if err != nil {
		panic(err)
	}
	for _, p := range c.Points {
		fmt.Println(c.Size(p.At), p.Measured.States)
	}
	fmt.Println(c.Law.Formula)
	fmt.Printf("%s about %.0f\n", c.Size(c.Next[0].At), c.Next[0].Forecast.States.Likely)
	// Output:
	// --switches 1 6
	// --switches 2 12
	// --switches 3 24
	// --switches 4 48
	// --switches 5 96
	// 3 · 2^switches
	// --switches 6 about 192
}

func ExampleCurve_CSV() {
	c := &growth.Curve{Sweep: []string{"nodes"}, Points: []growth.Point{
		{At: []int{2}, Measured: &growth.Measured{States: 10, Generated: 25, Depth: 4, Seconds: 0.5, Bytes: 4000, Whole: true}},
		{At: []int{3}, Problem: "not run: it would take too long", Forecast: &growth.Forecast{States: growth.Bracket{Least: 90, Likely: 100, Most: 120}}},
	}}
	c.CSV(os.Stdout)
	// Output:
	// nodes,states,generated,depth,branching,seconds,bytes,bytes_per_state,whole,problem,forecast_states,forecast_states_least,forecast_states_most,forecast_seconds,forecast_seconds_least,forecast_seconds_most,forecast_bytes,forecast_bytes_least,forecast_bytes_most
	// 2,10,25,4,2.5,0.5,4000,,true,,,,,,,,,,
	// 3,,,,,,,,,not run: it would take too long,100,90,120,,,,,,
}
