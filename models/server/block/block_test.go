package block

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
		{"default", Config{}, 4, 3, 5, 3},
		{"4 requests", Config{Requests: 4}, 16, 5, 33, 5},
	} {
		t.Run(want.name, func(t *testing.T) {
			r := orbittest.Holds(t, New(want.config), explore.Options{}, want.orbits)
			mctest.Counts(t, r, explore.Counts{Distinct: want.distinct, Generated: want.generated, Depth: want.depth})
		})
	}
}

func TestBugs(t *testing.T) { orbittest.Bugs(t, Entry) }

// One after the other, requests do no harm.
func TestBugsNeedTwoRequests(t *testing.T) {
	for _, bug := range []string{"check-then-act", "write-back"} {
		mctest.Holds(t, New(Config{Requests: 1, Bug: bug}), explore.Options{})
	}
}
