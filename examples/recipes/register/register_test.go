package register

import (
	"strings"
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
)

func TestRegister(t *testing.T) {
	r := mctest.Holds(t, New(Config{}), explore.Options{})
	mctest.Counts(t, r, explore.Counts{Initial: 1, Distinct: 70, Depth: 11})
	mctest.Breaks(t, New(Config{Bug: "read-backup"}), explore.Options{}, "Linearizable", 6)
}

// A register that is read anywhere is not linearizable, whenever it is copied.
func TestReadsAnywhere(t *testing.T) {
	for copied, length := range map[string]int{"never": 5, "later": 5, "first": 6} {
		r := mctest.Breaks(t, New(Config{Copy: copied, Reads: "any"}), explore.Options{}, "Linearizable", length)
		if p := r.Properties[0]; !strings.Contains(p.Detail, "cannot be answered 0: only 7 is possible.") {
			t.Errorf("copied %s: it is explained by\n%s", copied, p.Detail)
		}
	}
}
