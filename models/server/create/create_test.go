package create

import (
	"testing"

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
		{"default", Config{}, explore.Options{}, 10, 15, 5},
		{"nothing fails", Config{}, explore.Options{Properties: []string{"DurableOnSuccess"}, WithoutFaults: []string{"crash", "loss"}}, 4, 4, 4},
	} {
		t.Run(want.name, func(t *testing.T) {
			r := mctest.Holds(t, New(want.config), want.options)
			mctest.Counts(t, r, explore.Counts{Distinct: want.distinct, Generated: want.generated, Depth: want.depth})
		})
	}
}

// What was promised too early comes true, as long as the server lives; and a
// storage that never fails has no errors to ignore.
func TestBugsNeedFaults(t *testing.T) {
	o := explore.Options{Properties: []string{"DurableOnSuccess"}, WithoutFaults: []string{"crash"}}
	mctest.Holds(t, New(Config{Bug: "reply-first"}), o)
	mctest.Holds(t, New(Config{Bug: "ignore-error"}), o)
	o.WithoutFaults = []string{"loss"}
	mctest.Breaks(t, New(Config{Bug: "reply-first"}), o, "DurableOnSuccess", 4)
	mctest.Holds(t, New(Config{Bug: "ignore-error"}), o)
}
