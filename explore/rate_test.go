package explore

import (
	"testing"
	"time"

	"github.com/muster-mc/muster/internal/search"
)

func TestRateForeseesTheTimeThatIsLeft(t *testing.T) {
	for _, c := range []struct {
		name        string
		forecast    Forecast
		expanded    uint64
		least, most time.Duration
	}{
		{"none", Forecast{}, 1000, 0, 0},
		{"a bracket", Forecast{Found: 900, Least: 2000, Most: 5000}, 1000, time.Second, 4 * time.Second},
		{"no end in sight", Forecast{Found: 900, Least: 2000}, 1000, time.Second, 0},
		{"more than the least already", Forecast{Found: 900, Least: 2000, Most: 5000}, 3000, 0, 2 * time.Second},
		{"all and more", Forecast{Found: 900, Least: 2000, Most: 5000}, 6000, 0, 0},
	} {
		var r rate
		r.measure(c.expanded, time.Duration(c.expanded)*time.Millisecond) // a thousand a second
		if least, most := r.left(c.forecast, c.expanded); (least-c.least).Abs() > time.Millisecond || (most-c.most).Abs() > time.Millisecond {
			t.Errorf("%s: %v to %v, want %v to %v", c.name, least, most, c.least, c.most)
		}
	}
}

// The states of a run that is resumed took no time in this one.
func TestMeterOfAResumedRunLeavesOutWhatWasDone(t *testing.T) {
	var m meter
	m.begin(1_000_000)
	m.forecast = Forecast{Found: 1, Least: 1_003_000, Most: 1_005_000}
	m.Round(search.Standing{Expanded: 1_001_000})
	now := m.read(time.Now().Add(-time.Second))
	near := func(got time.Duration, times float64) bool {
		return (got - time.Duration(times*float64(now.Elapsed))).Abs() < time.Millisecond
	}
	if !near(now.LeftLeast, 2) || !near(now.LeftMost, 4) { // of what a thousand states took
		t.Errorf("%v to %v are left after %v, want twice to four times as long", now.LeftLeast, now.LeftMost, now.Elapsed)
	}
}
