package rename

import (
	"testing"

	"github.com/muster-mc/muster/crash"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
)

func TestCounts(t *testing.T) {
	r := mctest.Holds(t, New(Config{}), explore.Options{})
	mctest.Counts(t, r, explore.Counts{Distinct: 13, Generated: 20, Depth: 8})
}

// Each part of the disk is on it or in memory.
func TestTags(t *testing.T) { crash.Decided[Disk](t) }
