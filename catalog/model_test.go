package catalog_test

import (
	"fmt"
	"maps"
	"testing"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
)

func open(t *testing.T, s catalog.Settings) catalog.Model {
	t.Helper()
	m, err := counterEntry.Open(s)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestModelListsItsParts(t *testing.T) {
	m := open(t, catalog.Settings{})
	if got := fmt.Sprint(m.Name(), " ", m.Actions(), m.Properties()); got != "counter [{Up  } {Down slip }] [{WithinLimit always} {Full reachable}]" {
		t.Error(got)
	}
}

func TestDeadlockIsAPropertyUnlessTheModelOptsOut(t *testing.T) {
	m := open(t, with("step", "two"))
	if got := fmt.Sprint(m.Properties()); got != "[{WithinLimit always} {Full reachable} {Deadlock deadlock}]" {
		t.Error(got)
	}
}

// The report has the name of the entry, whatever name the constructor uses.
func TestReportHasTheNameAndTheParameters(t *testing.T) {
	e := catalog.Define("counters/one", "", newCounter, counterEntry.Bugs()[0])
	m, err := e.Open(catalog.Settings{Bug: "no-limit"})
	if err != nil {
		t.Fatal(err)
	}
	r, err := m.Check(t.Context(), explore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]any{"limit": 3, "start": 0, "down": false, "step": "one", "bug": "no-limit"}
	if r.Model != "counters/one" || !maps.Equal(r.Parameters, want) {
		t.Errorf("%s %v; want counters/one %v", r.Model, r.Parameters, want)
	}
}

func TestCheckPassesErrorsOn(t *testing.T) {
	_, err := open(t, catalog.Settings{}).Check(t.Context(), explore.Options{Properties: []string{"Nothing"}})
	if err == nil {
		t.Error("a property that there is not was checked")
	}
}

func TestReplay(t *testing.T) {
	m := open(t, catalog.Settings{Bug: "no-limit"})
	r, err := m.Check(t.Context(), explore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	violation := catalog.Violations(r)[0]
	walk, err := m.Replay(t.Context(), violation.Trace)
	if err != nil || walk.Trace().Length != violation.Trace.Length || walk.Findings()[0].Name != violation.Name {
		t.Errorf("replayed %v, %v", walk, err)
	}
	if _, err := open(t, catalog.Settings{}).Replay(t.Context(), violation.Trace); err == nil {
		t.Error("the trace of a bug was replayed without it")
	}
}

func TestWalk(t *testing.T) {
	walk, err := open(t, with("down", "true")).Replay(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	walk.Take(0)
	walk.Take(0)
	var possible []string
	for _, step := range walk.Next() {
		possible = append(possible, step.Label())
	}
	if got := fmt.Sprint(walk.Trace().Length, possible, walk.Findings(), walk.Outside()); got != "2 [Up Down] [] false" {
		t.Error(got)
	}
}

// A model that cannot be run has no walk at all.
func TestNoWalk(t *testing.T) {
	e := catalog.Define("heights", "", func(struct{}) *model.Model[struct{ Height float64 }] {
		return &model.Model[struct{ Height float64 }]{}
	})
	m, err := e.Open(catalog.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	if walk, err := m.Replay(t.Context(), nil); walk != nil || err == nil {
		t.Errorf("got %v, %v", walk, err)
	}
}
