package raft

import (
	"testing"

	"github.com/muster-mc/muster/crash"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
)

type row struct {
	depth               int
	distinct, generated uint64
	orbits, generatedOf uint64 // of the orbits
}

func TestCounts(t *testing.T) {
	for _, row := range []row{
		{3, 82, 139, 21, 55}, {4, 370, 823, 80, 217}, {5, 1_438, 3_661, 277, 804},
		{6, 5_332, 14_470, 961, 2_804}, {8, 73_408, 211_510, 12_473, 36_685},
	} {
		row.check(t, explore.SymmetryOff, row.distinct, row.generated)
		row.check(t, explore.SymmetryOn, row.orbits, row.generatedOf)
	}
}

func (r row) check(t *testing.T, mode explore.SymmetryMode, distinct, generated uint64) {
	t.Helper()
	got, err := explore.Check(t.Context(), New(Config{}), explore.Options{MaxDepth: r.depth, Symmetry: mode})
	if err != nil {
		t.Fatal(err)
	}
	if got.Counts.Distinct != distinct || got.Counts.Generated != generated || got.Verdict != explore.Incomplete || got.Counts.Outside != 0 {
		t.Errorf("depth %d, symmetry %s: %s, %+v; want %d, %d", r.depth, mode, got.Verdict, got.Counts, distinct, generated)
	}
}

// The shortest runs to a leader and to a commit.
func TestWitnesses(t *testing.T) {
	r, err := explore.Check(t.Context(), New(Config{Durable: true}), explore.Options{MaxDepth: 8})
	if err != nil {
		t.Fatal(err)
	}
	lengths := map[string]int{"ALeaderIsElected": 4, "AnEntryIsCommitted": 7}
	for _, p := range r.Properties {
		if want := lengths[p.Name]; want > 0 && (p.Trace == nil || p.Trace.Length != want) {
			t.Errorf("%s: %v; want a run of %d states", p.Name, p.Trace, want)
		}
	}
}

// What is durable is enough to the depth at which a server that forgets votes twice.
func TestDurable(t *testing.T) {
	mctest.Breaks(t, New(Config{}), explore.Options{MaxDepth: 9}, "ElectionSafety", 9)
	r, err := explore.Check(t.Context(), New(Config{Durable: true}), explore.Options{MaxDepth: 9})
	if err != nil {
		t.Fatal(err)
	}
	if r.Verdict != explore.Incomplete {
		t.Errorf("%s; want nothing to be found", r.Verdict)
	}
}

func TestTags(t *testing.T) { crash.Decided[Server](t) }
