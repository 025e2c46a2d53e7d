package snapshot

import (
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
	"github.com/muster-mc/muster/models/internal/orbittest"
)

func TestCounts(t *testing.T) {
	for _, want := range []struct {
		name                        string
		config                      Config
		distinct, orbits, generated uint64
		depth                       int
	}{
		{"default", Config{}, 16, 9, 17, 9},
		{"cancelled", Config{Cancel: true}, 27, 15, 43, 9},
		{"3 callers, cancelled", Config{Callers: 3, Cancel: true}, 108, 28, 190, 13},
	} {
		t.Run(want.name, func(t *testing.T) {
			r := orbittest.Holds(t, New(want.config), explore.Options{}, want.orbits)
			mctest.Counts(t, r, explore.Counts{Distinct: want.distinct, Generated: want.generated, Depth: want.depth})
		})
	}
}

func TestBugs(t *testing.T) { orbittest.Bugs(t, Entry) }

// To call a snapshot off is a shorter way to resume the machine under another.
func TestSharedAndCancelled(t *testing.T) {
	m := New(Config{Cancel: true, Bug: "shared"})
	mctest.Breaks(t, m, explore.Options{}, "SnapshotConsistency", 7)
	without := explore.Options{WithoutFaults: []string{"cancellation"}}
	mctest.Breaks(t, m, without, "SnapshotConsistency", 8)
}

func TestLeavePausedNeedsACancellation(t *testing.T) {
	without := explore.Options{WithoutFaults: []string{"cancellation"}}
	mctest.Holds(t, New(Config{Cancel: true, Bug: "leave-paused"}), without)
}
