package abd

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
		{"one client, three servers, history", Config{Clients: 1, Servers: 3, History: true}, 1_449, 3_728, 17},
		{"two clients, history", Config{History: true}, 544, 875, 25},
		{"ordered, history", Config{Clients: 1, Servers: 3, Network: "ordered", History: true}, 559, 1_486, 21},
		{"one client, three servers", Config{Clients: 1, Servers: 3}, 1_449, 3_728, 17},
		{"two clients", Config{}, 513, 857, 25},
		{"ordered", Config{Clients: 1, Servers: 3, Network: "ordered"}, 559, 1_486, 21},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := mctest.Holds(t, New(row.config), explore.Options{Symmetry: explore.SymmetryOff}).Counts
			if c.Initial != 1 || c.Distinct != row.distinct || c.Generated != row.generated || c.Depth != row.depth {
				t.Errorf("got %+v, want %+v", c, row)
			}
		})
	}
}
