package explore

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/muster-mc/muster/internal/search"
	"github.com/muster-mc/muster/model"
)

// TestWholeRunsInFiles: with next to no memory the states and the steps between
// them are in files, and the report is the same.
func TestWholeRunsInFiles(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		m := drawMaze(t, 6)
		p, q := rapid.Uint64Range(0, 63).Draw(t, "p"), rapid.Uint64Range(0, 63).Draw(t, "q")
		made := m.model(model.Eventually("Eventually", at(p)), model.LeadsTo("LeadsTo", at(p), at(q)),
			model.Recurs("Recurs", at(p)), model.Settles("Settles", at(p)))
		o := Options{Store: StoreCompact, WorkDir: dir}
		want, err := Check(t.Context(), made, o)
		if err != nil {
			t.Fatal(err)
		}
		o.Memory, o.Workers = 1, rapid.IntRange(1, 3).Draw(t, "workers")
		o.tuning = tuning{Tuning: search.Tuning{Tiny: true, FragmentStates: rapid.IntRange(1, 3).Draw(t, "fragment")}}
		got, err := Check(t.Context(), made, o)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := textOf(got), textOf(want); got != want {
			t.Fatal(firstDifference(got, want))
		}
	})
}

// The same of a space of many chunks, of which some are in memory, and of a run
// that was interrupted and makes its states again.
func TestLargeWholeRunsInFiles(t *testing.T) {
	m := steps(20)
	m.Actions[0].Fair = model.WeakEach
	m.Properties = append(m.Properties,
		model.Eventually("Far", func(s *[3]uint8) bool { return s[0] == 19 }),
		model.Recurs("Origin", func(s *[3]uint8) bool { return *s == [3]uint8{} }),
		model.LeadsTo("On", func(s *[3]uint8) bool { return s[1] == 7 }, func(s *[3]uint8) bool { return s[1] > 7 }))
	o := Options{Store: StoreCompact, KeepGoing: true, WorkDir: t.TempDir()}
	want := textOf(check(t, m, o))
	o.tuning.Tiny = true
	for _, memory := range []uint64{1, 1 << 10, 500 << 10, 2 << 20} {
		o.Memory, o.Workers = memory, 1+int(memory%3)
		if got := textOf(check(t, m, o)); got != want {
			t.Errorf("%d bytes: %s", memory, firstDifference(got, want))
		}
	}
	o.Memory, o.Checkpoint = 1, t.TempDir()
	interruptAt(t, m, o, 2_000)
	r, err := Resume(t.Context(), m, o)
	if err != nil {
		t.Fatal(err)
	}
	if got := textOf(r); got != want {
		t.Errorf("resumed: %s", firstDifference(got, want))
	}
}

// A formula that needs an automaton is not decided on a graph in files, and a run
// says so.
func TestFormulaOnAGraphInFiles(t *testing.T) {
	m := graph(edges{0: {1}, 1: {0}}, model.Temporal("P", model.Next(model.Holds(at(2)))), model.Recurs("Q", at(1)))
	r := check(t, m, Options{Store: StoreCompact, Memory: 1, tuning: tuning{Tuning: search.Tuning{Tiny: true}}})
	if want := "the graph of all steps that P is about does not fit"; r.Verdict != Violated || r.Properties[0].Verdict != Unknown {
		t.Errorf("the run %s, P is %s: %s", r.Verdict, r.Properties[0].Verdict, r.Reason)
	} else if !strings.Contains(r.Reason, want) {
		t.Errorf("got the reason %q, want %q", r.Reason, want)
	}
}

// What is known of each state does not go to files.
func TestNoMemoryToKeepStatesApart(t *testing.T) {
	m := graph(edges{0: {1}, 1: {0}}, model.Recurs("P", at(1)))
	r := check(t, m, Options{Store: StoreCompact, Memory: 64 << 20, Workers: 1})
	if r.Verdict != Violated {
		t.Errorf("the run %s: %s", r.Verdict, r.Reason)
	}
}
