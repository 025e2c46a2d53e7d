package explore_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/models/lease"
	"github.com/muster-mc/muster/models/twophase"
	"github.com/muster-mc/muster/models/txn"
)

// Two-phase commit with n resource managers has 2^n + 4^n + 6^n states.
func TestTwoPhaseCommit(t *testing.T) {
	t.Parallel()
	for _, want := range []struct {
		rms                 int
		distinct, generated uint64
		depth               int
	}{
		{3, 288, 1_146, 11},
		{5, 8_832, 58_146, 17},
		{6, 50_816, 402_306, 20},
		{7, 296_448, 2_744_706, 23},
	} {
		if explore.Slow && want.rms > 6 {
			continue
		}
		for _, workers := range []int{1, 2} {
			for run := range 3 { // again and again, for what depends on timing
				if want.rms > 5 && run > 0 {
					break
				}
				r, err := explore.Check(context.Background(), twophase.New(twophase.Config{RMs: want.rms}), explore.Options{Workers: workers, Symmetry: explore.SymmetryOff})
				if err != nil || r.Verdict != explore.Holds {
					t.Fatalf("%d resource managers: %v, %v", want.rms, r, err)
				}
				c := r.Counts
				if c.Initial != 1 || c.Distinct != want.distinct || c.Generated != want.generated || c.Depth != want.depth {
					t.Errorf("%d resource managers, %d workers: got %+v, want %+v", want.rms, workers, c, want)
				}
			}
		}
	}
}

// cuts are ways to cut up work: as usual, as small as can be, uneven, and so that
// there is one round for everything.
var cuts = map[string]func(explore.Options) explore.Options{
	"as usual": func(o explore.Options) explore.Options { return o },
	"small":    func(o explore.Options) explore.Options { return o.Cut(1, 1, 3) },
	"uneven":   func(o explore.Options) explore.Options { return o.Cut(5, 23, 7) },
	"at once":  func(o explore.Options) explore.Options { return o.Cut(64, 512, 1_000_000) },
}

// Whole reports are the same, byte for byte, for every number of workers and
// however work is cut: on models that hold and on models that do not, and whether
// the search ends at the first violation or not.
func TestReportsAreTheSame(t *testing.T) {
	t.Parallel()
	states := uint64(3_000)
	if explore.Slow {
		states = 300
	}
	for _, c := range []struct {
		entry catalog.Entry
		bugs  []string
		with  catalog.With
	}{
		{twophase.Entry, []string{"", "commit-early", "break-promise"}, catalog.With{"rms": "4"}},
		{lease.Entry, []string{"no-check", "rob-suspect", "half-release", "stale-clock"}, nil},
		{txn.Entry, []string{"no-conflict-detection", "stop-at-first-key", "tear-commit", "read-latest"}, nil},
	} {
		for _, bug := range c.bugs {
			t.Run(c.entry.Name+"/"+bug, func(t *testing.T) {
				m, err := c.entry.Open(catalog.Settings{Bug: bug, With: c.with})
				if err != nil {
					t.Fatal(err)
				}
				for _, keepGoing := range []bool{false, true} {
					sameReports(t, m, explore.Options{KeepGoing: keepGoing, MaxStates: states})
				}
			})
		}
	}
}

func sameReports(t *testing.T, m catalog.Model, o explore.Options) {
	t.Helper()
	want := ""
	for _, workers := range []int{1, 2, 3, 5, 8} {
		for name, cut := range cuts {
			if workers > 3 && name != "uneven" {
				continue // enough is enough
			}
			o.Workers = workers
			r, err := m.Check(context.Background(), cut(o))
			if err != nil {
				t.Fatal(err)
			}
			got := explore.TextOf(r)
			if want == "" {
				want = got
			}
			if got != want {
				t.Fatal(fmt.Sprintf("%d workers, work cut %s: ", workers, name) + explore.FirstDifference(got, want))
			}
		}
	}
}

// Another seed makes other fingerprints, and the same report.
func TestSeeds(t *testing.T) {
	want := ""
	for _, seed := range []uint64{0, 1, 2, 1 << 63} {
		m := twophase.New(twophase.Config{RMs: 5})
		r, err := explore.Check(context.Background(), m, explore.Options{Seed: seed, Store: explore.StoreCompact})
		if err != nil {
			t.Fatal(err)
		}
		got := explore.TextOf(r)
		if want == "" {
			want = got
		}
		if got != want {
			t.Errorf("seed %d: %s", seed, explore.FirstDifference(got, want))
		}
	}
}
