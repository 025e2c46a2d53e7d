package heartbeat

import (
	"testing"

	"github.com/muster-mc/muster/catalog"
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
		{"default", Config{}, 88, 267, 10},
		{"long timeout", Config{Timeout: 5}, 154, 450, 13},
		{"no restart", Config{Restarts: catalog.None}, 24, 67, 7},
		{"3 restarts, 4 beats", Config{Restarts: 3, Beats: 4}, 720, 2_429, 17},
	} {
		t.Run(want.name, func(t *testing.T) {
			r := mctest.Holds(t, New(want.config), explore.Options{})
			mctest.Counts(t, r, explore.Counts{Distinct: want.distinct, Generated: want.generated, Depth: want.depth})
		})
	}
}

// A longer timeout makes it rarer that a node which restarts is lost, not
// impossible.
func TestOneSequence(t *testing.T) {
	mctest.Breaks(t, New(Config{Bug: "one-sequence", Timeout: 3}), explore.Options{}, "LiveNodeNotFailed", 10)
}

// Each bug needs its fault: a restart, or a heartbeat that comes twice.
func TestBugsNeedFaults(t *testing.T) {
	o := explore.Options{Properties: []string{"LiveNodeNotFailed", "NoStaleLife"}}
	for bug, fault := range map[string]string{
		"one-sequence":   "crash",
		"reset-sequence": "duplication",
		"accept-any":     "duplication",
	} {
		o.WithoutFaults = []string{fault}
		mctest.Holds(t, New(Config{Bug: bug}), o)
	}
}
