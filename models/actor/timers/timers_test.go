package timers

import (
	"testing"

	"github.com/muster-mc/muster/explore"
)

func TestCounts(t *testing.T) {
	for _, row := range []struct {
		depth               int
		distinct, generated uint64
	}{{4, 97, 180}, {6, 854, 2_327}, {8, 5_323, 18_635}, {10, 26_208, 109_974}} {
		r, err := explore.Check(t.Context(), New(Config{}), explore.Options{MaxDepth: row.depth})
		if err != nil {
			t.Fatal(err)
		}
		if r.Counts.Distinct != row.distinct || r.Counts.Generated != row.generated || r.Verdict != explore.Incomplete {
			t.Errorf("depth %d: %s, %+v; want %+v", row.depth, r.Verdict, r.Counts, row)
		}
	}
}

// A timer that finds no peer is renewed and that is all, so that it is no step: of two actors
// one has no even peer and the other no odd one.
func TestAPureRenewalIsNoStep(t *testing.T) {
	r, err := explore.Check(t.Context(), New(Config{Pingers: 2}), explore.Options{MaxDepth: 2})
	if err != nil {
		t.Fatal(err)
	}
	if r.Counts.Generated != 3 {
		t.Errorf("%d states generated; want the first one and one for each actor", r.Counts.Generated)
	}
}
