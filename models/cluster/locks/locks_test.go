package locks

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
		{"default", Config{}, 9, 13, 3},
	} {
		t.Run(want.name, func(t *testing.T) {
			r := mctest.Holds(t, New(want.config), explore.Options{})
			mctest.Counts(t, r, explore.Counts{Distinct: want.distinct, Generated: want.generated, Depth: want.depth})
		})
	}
}
