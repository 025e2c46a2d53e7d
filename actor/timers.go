package actor

import (
	"fmt"
	"math/bits"
	"strings"
)

// Timers is the set of timers of an actor that are set, as bits. T is a type of small
// numbers, 0 to 15, one for each timer; a String method gives them names in traces. The
// zero value has none set.
type Timers[T ~uint8] struct{ set uint16 }

// NoTimers is the type of the timers of actors without timers.
type NoTimers uint8

// timersMost is the number of timers that an actor can have.
const timersMost = 16

// Set sets timers. To set one that is set changes nothing.
func (t *Timers[T]) Set(timers ...T) {
	for _, timer := range timers {
		if timer >= timersMost {
			panic(fmt.Sprintf("actor: there is no timer %d: timers are the numbers 0 to %d", timer, timersMost-1))
		}
		t.set |= 1 << timer
	}
}

// Off switches a timer off.
func (t *Timers[T]) Off(timer T) { t.set &^= 1 << timer }

// Clear switches all timers off.
func (t *Timers[T]) Clear() { t.set = 0 }

// Has reports whether a timer is set.
func (t Timers[T]) Has(timer T) bool { return t.set>>timer&1 == 1 }

// String lists the timers that are set, as in {Election Heartbeat}.
func (t Timers[T]) String() string {
	var words []string
	for set := t.set; set != 0; set &= set - 1 {
		words = append(words, fmt.Sprint(T(bits.TrailingZeros16(set))))
	}
	return "{" + strings.Join(words, " ") + "}"
}
