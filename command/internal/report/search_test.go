package report

import (
	"strings"
	"testing"

	"github.com/muster-mc/muster/command/internal/output"
	"github.com/muster-mc/muster/explore"
)

func TestForecastIsComparedWithTheResult(t *testing.T) {
	for _, c := range []struct {
		forecast *explore.Forecast
		seconds  float64
		want     string
	}{
		{nil, 60, ""},
		{&explore.Forecast{Found: 100, Least: 900, Most: 2000}, 9, ""},
		{&explore.Forecast{Found: 100, Least: 900, Most: 2000}, 60, "\n  forecast from the first 100: 900 to 2,000 states, which was right\n"},
		{&explore.Forecast{Found: 100, Least: 900}, 60, "\n  forecast from the first 100: at least 900 states and no end in sight, which was right\n"},
		{&explore.Forecast{Found: 100, Least: 1500, Most: 2000}, 60, "\n  forecast from the first 100: 1,500 to 2,000 states, 50 % too many\n"},
		{&explore.Forecast{Found: 100, Least: 200, Most: 500}, 60, "\n  forecast from the first 100: 200 to 500 states, 50 % too few\n"},
	} {
		var got strings.Builder
		r := &explore.Report{Forecast: c.forecast, Seconds: c.seconds}
		r.Counts.Distinct = 1000
		New(output.NewTerminal(&got), "never", false).forecast(r)
		if got.String() != c.want {
			t.Errorf("got %q; want %q", got.String(), c.want)
		}
	}
}

// A model without properties is counted, and nothing is said to hold.
func TestCounted(t *testing.T) {
	var got strings.Builder
	r := &explore.Report{Verdict: explore.Holds}
	r.Counts.Distinct = 1000
	New(output.NewTerminal(&got), "never", false).Search(r, FindingsOf(r, nil))
	if want := "counted: 1,000 reachable states; there is no property to check\n"; !strings.HasPrefix(got.String(), want) {
		t.Errorf("got %q; want %q", got.String(), want)
	}
}
