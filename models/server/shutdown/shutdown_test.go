package shutdown

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
		{"default", Config{}, 50, 31, 86, 9},
		{"1 request", Config{Requests: 1}, 12, 12, 15, 6},
		{"4 requests", Config{Requests: 4}, 962, 120, 2_714, 15},
	} {
		t.Run(want.name, func(t *testing.T) {
			r := orbittest.Holds(t, New(want.config), explore.Options{}, want.orbits)
			mctest.Counts(t, r, explore.Counts{Distinct: want.distinct, Generated: want.generated, Depth: want.depth})
		})
	}
}

func TestBugs(t *testing.T) { orbittest.Bugs(t, Entry) }

// A check apart from the queue breaks the other promise, too: the server stops
// with nothing in flight, and then the request arrives.
func TestCheckThenQueueStrandsARequest(t *testing.T) {
	m := New(Config{Bug: "check-then-queue"})
	mctest.Breaks(t, m, explore.Options{Properties: []string{explore.Deadlock}}, explore.Deadlock, 6)
}
