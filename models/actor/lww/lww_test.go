package lww

import (
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
	"github.com/muster-mc/muster/models/internal/orbittest"
)

type row struct {
	depth               int
	distinct, generated uint64
	orbits, generatedOf uint64 // of the orbits
}

func TestCounts(t *testing.T) {
	for _, row := range []row{{3, 94, 123, 37, 75}, {4, 706, 1_145, 199, 427}, {5, 4_835, 9_287, 1_105, 2_503}, {6, 30_991, 68_295, 6_223, 15_097}} {
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
	if got.Counts.Distinct != distinct || got.Counts.Generated != generated || got.Verdict != explore.Incomplete {
		t.Errorf("depth %d, symmetry %s: %s, %+v; want %d, %d", r.depth, mode, got.Verdict, got.Counts, distinct, generated)
	}
}

// The states at the bound of the depth are checked: the shortest counterexample has as many
// states as levels are searched.
func TestTheLastLevelIsChecked(t *testing.T) {
	mctest.Breaks(t, New(Config{}), explore.Options{MaxDepth: 8}, "ReplicasAgree", 8)
}

func TestLater(t *testing.T) {
	all := orbittest.Holds(t, New(Config{Later: true, Bound: 1}), explore.Options{}, 36_297)
	if all.Counts.Distinct != 196_029 {
		t.Errorf("%d states", all.Counts.Distinct)
	}
}
