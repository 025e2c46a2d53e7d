package dispatcher

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
		options             explore.Options
		distinct, generated uint64
		depth               int
	}{
		{"default", Config{}, explore.Options{}, 8, 9, 8},
		{"no restart", Config{Restarts: catalog.None}, explore.Options{Properties: []string{"HonestIsRunning"}}, 4, 5, 4},
		{"5 restarts", Config{Restarts: 5}, explore.Options{}, 14, 15, 14},
	} {
		t.Run(want.name, func(t *testing.T) {
			r := mctest.Holds(t, New(want.config), want.options)
			mctest.Counts(t, r, explore.Counts{Distinct: want.distinct, Generated: want.generated, Depth: want.depth})
		})
	}
}

func TestBugsNeedAPanic(t *testing.T) {
	o := explore.Options{Properties: []string{"HonestIsRunning"}, WithoutFaults: []string{"crash"}}
	for _, bug := range Entry.Bugs() {
		mctest.Holds(t, New(Config{Bug: bug.Name}), o)
	}
}
