package models

import (
	"fmt"
	"maps"
	"os"
	"regexp"
	"testing"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/explore"
)

// TestOrbits pins how many orbits there are, and how many states they stand for. The
// models' own tests pin the states. Where the start is asymmetric, as many actors on the
// first node, the sum has states in it that cannot be reached.
func TestOrbits(t *testing.T) {
	for _, row := range []struct {
		model                     string
		with                      catalog.With
		orbits, states, generated uint64
	}{
		{"activation", nil, 366, 714, 733},
		{"activation", catalog.With{"nodes": "3"}, 4_155, 23_022, 12_466},
		{"activation", catalog.With{"nodes": "4"}, 36_590, 745_206, 146_361},
		{"actor/raftcore", catalog.With{"servers": "5", "members": "3", "terms": "1", "changes": "1"}, 1_802, 18_758, 5_386},
		{"actorstate", nil, 33, 60, 76},
		{"agent", nil, 460, 860, 1_545},
		{"httpapi", small["httpapi"], 1_043, 3_567, 2_471},
		{"invocation", nil, 198_152, 390_951, 603_304},
		{"invocation", catalog.With{"agents": "3", "max-time": "10"}, 11_845, 69_304, 44_449},
		{"lease", nil, 9_524, 18_808, 46_985},
		{"lease", catalog.With{"nodes": "3"}, 66_922, 368_280, 449_480},
		{"lease", catalog.With{"actors": "2", "max-token": "2"}, 62_868, 237_176, 356_469},
		{"linearizability", nil, 6_900, 10_680, 12_421},
		{"membership", catalog.With{"nodes": "2", "max-view": "2"}, 936, 1_850, 5_187},
		{"membership", catalog.With{"max-view": "2"}, 77_320, 457_736, 788_669},
		{"migration", nil, 41, 82, 175},
		{"migration", catalog.With{"nodes": "3", "actors": "2"}, 682, 7_518, 3_371},
		{"registry", nil, 1_686, 6_174, 6_223},
		{"registry", catalog.With{"nodes": "3", "actors": "1"}, 3_307, 18_900, 13_556},
		{"twophase", nil, 80, 288, 318},
		{"twophase", catalog.With{"rms": "9"}, 2_232, 10_340_352, 26_316},
		{"twophase", catalog.With{"rms": "12"}, 6_656, 2_193_563_648, 105_081},
		{"txn", nil, 7_633, 56_193, 46_339},
		{"txn", serialTxn, 6_154, 35_471, 26_281},
		{"wal", nil, 1_845, 26_856, 5_128},
		{"wal", catalog.With{"clients": "2"}, 61_941, 1_907_085, 175_742},
	} {
		t.Run(fmt.Sprint(row.model, row.with), func(t *testing.T) {
			m, err := entry(t, row.model).Open(catalog.Settings{With: row.with})
			if err != nil {
				t.Fatal(err)
			}
			r, err := m.Check(t.Context(), explore.Options{Symmetry: explore.SymmetryOn, SafetyOnly: true})
			if err != nil {
				t.Fatal(err)
			}
			if r.Symmetry.Orbits != row.orbits || r.Symmetry.States != row.states || r.Counts.Generated != row.generated {
				t.Errorf("got %d orbits of %d states, %d generated; want %d of %d, %d",
					r.Symmetry.Orbits, r.Symmetry.States, r.Counts.Generated, row.orbits, row.states, row.generated)
			}
		})
	}
}

var serialTxn = catalog.With{"transactions": "3", "keys": "1", "values": "2", "serializable": "true"}

// small are sizes at which the whole space of a model is searched quickly, with and without
// its bugs.
var small = map[string]catalog.With{
	"httpapi":         {"agents": "1", "tokens": "2", "max-operations": "1"},
	"invocation":      {"max-time": "6"},
	"lease":           {"max-token": "1", "max-clock": "3"},
	"linearizability": {"clients": "2", "max-history": "2"},
	"membership":      {"nodes": "2", "max-view": "3"},
	"txn":             {"values": "2"},
	"wal":             {"operations": "1"},
}

// levels are those that are searched of models without an end.
var levels = map[string]int{"actor/lww": 6, "actor/raft": 6, "actor/raftcore": 9}

// TestOrbitsSayTheSame compares a search of orbits with one of all states, to the end: of
// each model, with each of its bugs and fixes, in a small size.
func TestOrbitsSayTheSame(t *testing.T) {
	for _, e := range All {
		settings := []catalog.Settings{{}}
		for _, trial := range e.Trials() {
			settings = append(settings, trial.Settings())
		}
		for _, s := range settings {
			with := maps.Clone(small[e.Name])
			if with == nil {
				with = catalog.With{}
			}
			maps.Copy(with, s.With)
			s.With = with
			t.Run(e.Name+"/"+s.Bug, func(t *testing.T) { sayTheSame(t, e, s) })
		}
	}
}

func sayTheSame(t *testing.T, e catalog.Entry, s catalog.Settings) {
	m, err := e.Open(s)
	if err != nil {
		t.Fatal(err)
	}
	check := func(mode explore.SymmetryMode, maxStates uint64) *explore.Report {
		r, err := m.Check(t.Context(), explore.Options{Symmetry: mode, SafetyOnly: true, KeepGoing: true, MaxStates: maxStates, MaxDepth: levels[e.Name]})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	if check(explore.SymmetryAuto, 1).Symmetry == nil {
		return // nothing is interchangeable, and nothing could differ
	}
	orbits, all := check(explore.SymmetryAuto, statesMax), check(explore.SymmetryOff, statesMax)
	if sum := orbits.Symmetry.States; sum != all.Counts.Distinct && !orbits.Symmetry.AsymmetricStart {
		t.Errorf("orbits of %d states; there are %d", sum, all.Counts.Distinct)
	}
	if orbits.Counts.Depth != all.Counts.Depth && !orbits.Symmetry.AsymmetricStart {
		t.Errorf("depth %d; with all states %d", orbits.Counts.Depth, all.Counts.Depth)
	}
	for i, p := range all.Properties {
		q := orbits.Properties[i]
		if q.Verdict != p.Verdict || length(q) != length(p) {
			t.Errorf("%s is %s in %d states; with all states %s in %d", p.Name, q.Verdict, length(q), p.Verdict, length(p))
		}
	}
}

// length is that of the trace of a property, 0 if there is none.
func length(p explore.PropertyReport) int {
	if p.Trace == nil {
		return 0
	}
	return p.Trace.Length
}

// withoutSymmetry is a row of the list of models that declare nothing: the model, and why.
var withoutSymmetry = regexp.MustCompile(`(?m)^\| ([a-z]+(?:/[a-z]+)?) \| (.*\S) \|$`)

// TestEachModelDeclaresSymmetryOrSaysWhyNot compares the list of README.md with the models.
func TestEachModelDeclaresSymmetryOrSaysWhyNot(t *testing.T) {
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	why := map[string]string{}
	for _, row := range withoutSymmetry.FindAllStringSubmatch(string(text), -1) {
		if row[1] != "model" {
			why[row[1]] = row[2]
		}
	}
	for _, e := range All {
		declares := declaresSymmetry(t, e)
		if _, isListed := why[e.Name]; isListed == declares {
			t.Errorf("%s declares symmetry: %v; it is in the list of those that do not: %v", e.Name, declares, isListed)
		}
		delete(why, e.Name)
	}
	for name := range why {
		t.Errorf("the list has %s, and there is no such model", name)
	}
}

// declaresSymmetry reports whether values are interchangeable in the default size.
func declaresSymmetry(t *testing.T, e catalog.Entry) bool {
	m, err := e.Open(catalog.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := m.Check(t.Context(), explore.Options{SafetyOnly: true, MaxDepth: 1})
	if err != nil {
		t.Fatal(err)
	}
	return r.Symmetry != nil
}
