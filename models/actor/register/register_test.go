package register

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
		{"one client, history", Config{Clients: 1, History: true}, 5, 5, 5},
		{"two clients, history", Config{History: true}, 93, 121, 9},
		{"three clients, history", Config{Clients: 3, History: true}, 4_243, 6_778, 13},
		{"two clients", Config{}, 79, 117, 9},
		{"three clients", Config{Clients: 3}, 2_254, 4_915, 13},
		{"four clients", Config{Clients: 4}, 106_137, 307_669, 17},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := mctest.Holds(t, New(row.config), explore.Options{Symmetry: explore.SymmetryOff}).Counts
			if c.Initial != 1 || c.Distinct != row.distinct || c.Generated != row.generated || c.Depth != row.depth {
				t.Errorf("got %+v, want %+v", c, row)
			}
		})
	}
}
