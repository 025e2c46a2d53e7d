package explore_test

import (
	"context"
	"math"
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/models/activation"
	"github.com/muster-mc/muster/models/lease"
	"github.com/muster-mc/muster/models/registry"
	"github.com/muster-mc/muster/models/teleport"
	"github.com/muster-mc/muster/models/twophase"
	"github.com/muster-mc/muster/models/txn"
	"github.com/muster-mc/muster/models/wal"
)

// bell is how large levels are whose ratios shrink evenly.
func bell(levels int) (sizes []uint64) {
	middle := float64(levels-1) / 2
	for i := range levels {
		x := (float64(i) - middle) / middle * 4
		sizes = append(sizes, uint64(1e9*math.Exp(-x*x/2))+1)
	}
	return sizes
}

func sum(list []uint64) (n uint64) {
	for _, x := range list {
		n += x
	}
	return n
}

func TestForecastContinuesTheCurve(t *testing.T) {
	all := bell(41)
	for known := 12; known < 35; known++ {
		f := explore.ForecastOf(all[:known])
		if f.Found != sum(all[:known]) || f.Least > sum(all) || f.Most < sum(all)*99/100 || f.Most > sum(all)*3/2 {
			t.Errorf("from %d levels: %+v of %d", known, f, sum(all))
		}
	}
}

func TestForecastSeesNoEndOfWhatDoubles(t *testing.T) {
	levels := []uint64{1}
	for range 30 {
		levels = append(levels, 2*levels[len(levels)-1])
		if f := explore.ForecastOf(levels); f.Most != 0 || f.Least < f.Found {
			t.Errorf("%d levels: %+v", len(levels), f)
		}
	}
}

func TestForecastOfFewLevelsIsNone(t *testing.T) {
	for _, levels := range [][]uint64{nil, {1}, {1, 5}, {1, 5, 9}, {1, 1, 1, 1, 1, 1, 1, 1}} {
		if f := explore.ForecastOf(levels); f.Most != 0 || f.Found != sum(levels) {
			t.Errorf("%v: %+v", levels, f)
		}
	}
}

// A bracket is of use if it is mostly right. How right is weighed by how long the
// forecast stands.
func TestForecastsOfTheCatalogueAreMostlyRight(t *testing.T) {
	t.Parallel()
	var right, all float64
	judge := func(levels []uint64) {
		for known := 2; known < len(levels); known++ {
			f, weight := explore.ForecastOf(levels[:known]), float64(levels[known])/float64(sum(levels))
			all += weight
			if f.Least <= sum(levels) && (f.Most == 0 || f.Most >= sum(levels)) {
				right += weight
			}
		}
	}
	judge(levelsOf(t, twophase.New(twophase.Config{RMs: 6})))
	judge(levelsOf(t, lease.New(lease.Config{})))
	judge(levelsOf(t, registry.New(registry.Config{})))
	judge(levelsOf(t, activation.New(activation.Config{})))
	judge(levelsOf(t, teleport.New(teleport.Config{})))
	judge(levelsOf(t, txn.New(txn.Config{})))
	judge(levelsOf(t, wal.New(wal.Config{})))
	if right/all < 0.85 {
		t.Errorf("%.0f %% were right", 100*right/all)
	}
}

func levelsOf[S any](t *testing.T, m *model.Model[S]) []uint64 {
	r, err := explore.Check(context.Background(), m, explore.Options{SafetyOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	return r.Counts.Levels
}

func TestReportHasTheForecastFromHalfOfTheStates(t *testing.T) {
	r, err := explore.Check(context.Background(), twophase.New(twophase.Config{RMs: 6}), explore.Options{Symmetry: explore.SymmetryOff})
	if err != nil {
		t.Fatal(err)
	}
	if f := r.Forecast; f == nil || f.Found > r.Counts.Distinct/2 || *f != explore.ForecastOf(levelsUntil(r, f.Found)) {
		t.Errorf("got %+v of %d", f, r.Counts.Distinct)
	}
	r, err = explore.Check(context.Background(), twophase.New(twophase.Config{RMs: 6}), explore.Options{Symmetry: explore.SymmetryOff, MaxStates: 40_000})
	if err != nil || r.Forecast != nil {
		t.Errorf("an incomplete run: %+v, %v", r.Forecast, err)
	}
}

// levelsUntil is the levels that have so many states together.
func levelsUntil(r *explore.Report, found uint64) []uint64 {
	for i := range r.Counts.Levels {
		if sum(r.Counts.Levels[:i]) == found {
			return r.Counts.Levels[:i]
		}
	}
	return nil
}
