package catalog_test

import (
	"testing"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/trace"
)

func TestTrialsOfCorrectEntry(t *testing.T) {
	for _, trial := range counterEntry.Trials() {
		outcome, err := trial.Run(t.Context(), explore.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if problem := outcome.Problem(); problem != "" {
			t.Errorf("%s: %s", trial.Name(), problem)
		}
	}
}

func TestTrialsOfIncorrectEntry(t *testing.T) {
	for name, test := range map[string]struct {
		variant catalog.Variant
		want    string
	}{
		"another length":   {catalog.Bug{Name: "no-limit", Breaks: "WithinLimit", Length: 4}, "breaks WithinLimit in 5 states"},
		"another property": {catalog.Bug{Name: "no-limit", Breaks: "Full", Length: 5}, "breaks WithinLimit in 5 states"},
		"harmless bug":     {catalog.Bug{Name: "nothing", Breaks: "WithinLimit", Length: 5}, "breaks nothing"},
		"fix of nothing":   {catalog.Fix{Name: "odd", With: catalog.With{"step": "two"}}, "breaks WithinLimit in 3 states"},
	} {
		t.Run(name, func(t *testing.T) {
			trial := catalog.Define("counter", "", newCounter, test.variant).Trials()[0]
			outcome, err := trial.Run(t.Context(), explore.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if got := outcome.Problem(); got != test.want {
				t.Errorf("got %q; want %q", got, test.want)
			}
		})
	}
}

// As in mctest.Breaks.
func TestALengthOfZeroIsAny(t *testing.T) {
	trial := catalog.Define("counter", "", newCounter, catalog.Bug{Name: "no-limit", Breaks: "WithinLimit"}).Trials()[0]
	outcome, err := trial.Run(t.Context(), explore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if problem := outcome.Problem(); problem != "" {
		t.Errorf("got %q; want no problem", problem)
	}
}

func TestAnIncompleteTrialProvesNothing(t *testing.T) {
	outcome, err := counterEntry.Trials()[2].Run(t.Context(), explore.Options{MaxStates: 2})
	if err != nil {
		t.Fatal(err)
	}
	if got := outcome.Problem(); got != "incomplete: the limit of 2 states was reached" {
		t.Error(got)
	}
}

// A bug may make a property unreachable; there is no counterexample then.
func TestABugMayBreakAReachableProperty(t *testing.T) {
	e := catalog.Define("counter", "", newCounter,
		catalog.Bug{Name: "low", Breaks: "Full", With: catalog.With{"limit": "1", "start": "-2", "step": "two"}})
	outcome, err := e.Trials()[0].Run(t.Context(), explore.Options{Properties: []string{"Full"}})
	if err != nil {
		t.Fatal(err)
	}
	if problem := outcome.Problem(); problem != "" {
		t.Error(problem)
	}
}

func TestViolationsComeShortestFirst(t *testing.T) {
	of := func(name string, v explore.Verdict, length int) explore.PropertyReport {
		return explore.PropertyReport{Name: name, Verdict: v, Trace: &trace.Trace{Length: length}}
	}
	r := &explore.Report{Verdict: explore.Violated, Properties: []explore.PropertyReport{
		{Name: "never", Verdict: explore.Unreached}, of("long", explore.Violated, 9), of("fine", explore.Holds, 1),
		of("short", explore.Violated, 2), of("seen", explore.Reached, 1), of("too", explore.Violated, 2),
	}}
	var got []string
	for _, p := range catalog.Violations(r) {
		got = append(got, p.Name)
	}
	if len(got) != 4 || got[0] != "short" || got[1] != "too" || got[2] != "long" || got[3] != "never" {
		t.Errorf("got %v", got)
	}
}
