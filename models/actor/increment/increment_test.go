package increment

import (
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
	"github.com/muster-mc/muster/models/internal/orbittest"
)

type row struct {
	threads             int
	distinct, generated uint64
	depth               int
	orbits, generatedOf uint64 // of the orbits
}

// The space goes on beyond the violation.
func TestCounts(t *testing.T) {
	for _, row := range []row{{2, 13, 15, 5, 8, 10}, {3, 84, 112, 7, 22, 32}, {5, 8_638, 15_206, 11, 184, 337}} {
		m := New(Config{Threads: row.threads})
		all := explore.Options{KeepGoing: true, Symmetry: explore.SymmetryOff}
		mctest.Counts(t, mctest.Breaks(t, m, all, "NothingIsLost", 5), explore.Counts{Distinct: row.distinct, Generated: row.generated, Depth: row.depth})
		orbits := explore.Options{KeepGoing: true}
		mctest.Counts(t, mctest.Breaks(t, m, orbits, "NothingIsLost", 5), explore.Counts{Distinct: row.orbits, Generated: row.generatedOf, Depth: row.depth})
	}
}

func TestAtomic(t *testing.T) {
	orbittest.Holds(t, New(Config{Threads: 4, Atomic: true}), explore.Options{}, 5)
}

func TestBugsAmongOrbits(t *testing.T) { orbittest.Bugs(t, Entry) }
