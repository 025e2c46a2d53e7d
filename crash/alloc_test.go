//go:build !purego

package crash_test

import (
	"testing"

	"github.com/muster-mc/muster/model"
)

func TestCrashesAllocateNothing(t *testing.T) {
	a, torn := servers.Crash("Crash"), servers.Torn("Vote", vote)
	reordered := servers
	reordered.Reordered = true
	anyOrder := reordered.Torn("Vote", vote)
	from := state{[2]server{full(), {}}}
	var s state
	var o model.Odometer
	got := testing.AllocsPerRun(100, func() {
		for _, action := range []func(*state, *model.Choice) bool{a.Do, torn.Do, anyOrder.Do} {
			o.Reset()
			for more := true; more; more = o.Next() {
				s = from
				action(&s, o.Choice())
			}
		}
	})
	if got != 0 {
		t.Errorf("%g allocations", got)
	}
}
