package jobs

import (
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
)

func TestQueue(t *testing.T) {
	mctest.Holds(t, New(Config{}), explore.Options{})
}

// A change of a count is a finding: something can happen now that could not
// before, or cannot any more.
func TestCounts(t *testing.T) {
	r := mctest.Holds(t, New(Config{Jobs: 1, Consumers: 1}), explore.Options{})
	mctest.Counts(t, r, explore.Counts{Initial: 1, Distinct: 12, Generated: 21, Depth: 8})
}

func TestWithoutCrashesNothingIsLostEither(t *testing.T) {
	c := Config{Bug: "acknowledge-first"}
	mctest.Holds(t, New(c), explore.Options{WithoutFaults: []string{"crash"}, Properties: []string{"NoJobIsLost"}})
	mctest.Breaks(t, New(c), explore.Options{}, "NoJobIsLost", 4)
}

// Every bug breaks the property that it names, in as many states as it says.
func TestBugs(t *testing.T) {
	for _, trial := range Entry.Trials() {
		outcome, err := trial.Run(t.Context(), explore.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if problem := outcome.Problem(); problem != "" {
			t.Errorf("%s: %s", trial.Name(), problem)
		}
	}
}
