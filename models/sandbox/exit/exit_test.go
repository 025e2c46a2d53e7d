package exit

import (
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
)

func TestCounts(t *testing.T) {
	for _, want := range []struct {
		name                string
		config              Config
		distinct, generated uint64
		depth               int
	}{
		{"default", Config{}, 4, 7, 3},
	} {
		t.Run(want.name, func(t *testing.T) {
			r := mctest.Holds(t, New(want.config), explore.Options{})
			mctest.Counts(t, r, explore.Counts{Distinct: want.distinct, Generated: want.generated, Depth: want.depth})
		})
	}
}

// As long as processes end only when they are killed, nobody has to wait for
// them. What was killed is recorded.
func TestBugsNeedAnExit(t *testing.T) {
	o := explore.Options{Properties: []string{"StateAgreement"}, WithoutFaults: []string{"crash"}}
	for _, bug := range Entry.Bugs() {
		mctest.Holds(t, New(Config{Bug: bug.Name}), o)
	}
}
