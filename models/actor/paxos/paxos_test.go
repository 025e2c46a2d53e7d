package paxos

import (
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
)

// The counts with the history in the state are those that other checkers give. A monitor has the
// same verdicts, in no more states.
func TestCounts(t *testing.T) {
	for _, row := range []struct {
		name                string
		config              Config
		distinct, generated uint64
		depth               int
	}{
		{"one client, history", Config{Clients: 1, History: true}, 265, 482, 14},
		{"two clients, history", Config{History: true}, 16_668, 32_971, 21},
		{"again and again, history", Config{Clients: 1, Network: "dup", History: true}, 634, 1_783, 15},
		{"ordered, history", Config{Network: "ordered", History: true}, 33_328, 110_216, 25},
		{"one client", Config{Clients: 1}, 265, 482, 14},
		{"two clients", Config{}, 16_668, 32_971, 21},
		{"again and again", Config{Clients: 1, Network: "dup"}, 265, 756, 14},
		{"ordered", Config{Network: "ordered"}, 33_328, 110_216, 25},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := mctest.Holds(t, New(row.config), explore.Options{Symmetry: explore.SymmetryOff}).Counts
			if c.Initial != 1 || c.Distinct != row.distinct || c.Generated != row.generated || c.Depth != row.depth {
				t.Errorf("got %+v, want %+v", c, row)
			}
		})
	}
}
