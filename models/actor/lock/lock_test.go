package lock

import (
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
	"github.com/muster-mc/muster/models/internal/orbittest"
)

// There are 4n+1 orbits of n threads.
func TestCounts(t *testing.T) {
	for threads, states := range map[int]uint64{2: 17, 3: 61, 4: 257, 5: 1_301, 6: 7_825, 7: 54_797} {
		m := New(Config{Threads: threads})
		all := orbittest.Holds(t, m, explore.Options{}, uint64(4*threads+1))
		if all.Counts.Distinct != states || all.Counts.Generated != states || all.Counts.Depth != 4*threads+1 {
			t.Errorf("%d threads: got %+v, want %d states, generated once each", threads, all.Counts, states)
		}
	}
}

func TestCountsOfOrbits(t *testing.T) {
	for threads, generated := range map[int]uint64{2: 10, 3: 16, 4: 23, 5: 31, 6: 40, 7: 50, 8: 61, 10: 86} {
		r := mctest.Holds(t, New(Config{Threads: threads}), explore.Options{})
		mctest.Counts(t, r, explore.Counts{Distinct: uint64(4*threads + 1), Generated: generated, Depth: 4*threads + 1})
	}
}

func TestBugsAmongOrbits(t *testing.T) { orbittest.Bugs(t, Entry) }
