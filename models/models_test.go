package models

import (
	"context"
	"slices"
	"testing"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
)

// unbroken are the properties that no seeded bug breaks, and why that is so.
var unbroken = map[string]string{
	"agent/EventualCheckpoint": "CheckpointIsCurrent says more, and is broken first",
}

// statesMax keeps a model that grew by mistake from filling the machine.
const statesMax = 5_000_000

func TestEveryBugAndFixDoesWhatItsEntrySays(t *testing.T) {
	for _, e := range All {
		for _, trial := range e.Trials() {
			t.Run(e.Name+"/"+trial.Name(), func(t *testing.T) {
				outcome, err := trial.Run(context.Background(), explore.Options{MaxStates: statesMax})
				if err != nil {
					t.Fatal(err)
				}
				if problem := outcome.Problem(); problem != "" {
					t.Error(problem)
				}
			})
		}
	}
}

// A property that nothing can break says nothing. Reachable ones are left out:
// they guard against a model that cannot move, not against a bug.
func TestEveryPropertyIsBrokenBySomeBug(t *testing.T) {
	for _, e := range All {
		for _, property := range claims(t, e) {
			name := e.Name + "/" + property
			_, excused := unbroken[name]
			switch broken := isBroken(e, property); {
			case !broken && !excused:
				t.Errorf("no bug breaks %s", name)
			case broken && excused:
				t.Errorf("a bug breaks %s: it needs no excuse any more", name)
			}
		}
	}
}

// claims are the names of the entry's properties, under any of its settings,
// that a bug can break.
func claims(t *testing.T, e catalog.Entry) []string {
	return properties(t, e, func(k model.Kind) bool { return k != model.KindReachable })
}

// properties are the names of those of these kinds, under any of the entry's
// settings.
func properties(t *testing.T, e catalog.Entry, wanted func(model.Kind) bool) []string {
	var names []string
	settings := []catalog.Settings{{}}
	for _, trial := range e.Trials() {
		settings = append(settings, trial.Settings())
	}
	for _, s := range settings {
		m, err := e.Open(s)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range m.Properties() {
			if p.Kind != catalog.KindDeadlock && wanted(p.Kind) && !slices.Contains(names, p.Name) {
				names = append(names, p.Name)
			}
		}
	}
	return names
}

func isBroken(e catalog.Entry, property string) bool {
	return slices.ContainsFunc(e.Bugs(), func(b catalog.Bug) bool { return b.Breaks == property })
}

func TestNamesAreUniqueAndSorted(t *testing.T) {
	for i := range All[1:] {
		if a, b := All[i].Name, All[i+1].Name; a >= b {
			t.Errorf("%s comes before %s", a, b)
		}
	}
}

// To ask an entry for its parameters is to have it checked, so this finds every
// entry that cannot work.
func TestEveryModelSaysWhatItIs(t *testing.T) {
	for _, e := range All {
		if e.Summary == "" {
			t.Errorf("%s has no summary", e.Name)
		}
		for _, p := range e.Parameters() {
			if p.Help == "" {
				t.Errorf("%s: --%s has no help", e.Name, p.Name)
			}
		}
		for _, trial := range e.Trials() {
			if trial.Doc() == "" {
				t.Errorf("%s: %s has no doc", e.Name, trial.Name())
			}
		}
	}
}
