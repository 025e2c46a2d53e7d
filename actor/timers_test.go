package actor_test

import (
	"testing"

	"github.com/muster-mc/muster/actor"
)

func TestTimers(t *testing.T) {
	var set actor.Timers[timer]
	set.Set(tick, tock)
	set.Set()
	set.Set(tick)
	if !set.Has(tick) || !set.Has(tock) {
		t.Errorf("%v; want both timers", set)
	}
	set.Off(tick)
	if set.Has(tick) || !set.Has(tock) {
		t.Errorf("%v; want the second timer", set)
	}
}

// There are 16 timers.
func TestNoSuchTimer(t *testing.T) {
	defer func() {
		if want := "actor: there is no timer 16: timers are the numbers 0 to 15"; recover() != want {
			t.Errorf("want a panic: %s", want)
		}
	}()
	var set actor.Timers[uint8]
	set.Set(15, 16)
}
