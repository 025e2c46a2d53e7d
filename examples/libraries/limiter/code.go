package limiter

import (
	"fmt"
	"time"

	"golang.org/x/time/rate"

	"github.com/muster-mc/muster/inplace"
)

// desk is what a service has: a limiter of the library, and its reservations.
type desk struct {
	limiter      *rate.Limiter
	reservations []*rate.Reservation
	cancelled    []bool
}

// Op is a call of the library.
type Op uint8

const (
	Allow Op = iota
	Reserve
	Cancel
	Reload
)

// Input is a call with its arguments. Times are seconds.
type Input struct {
	Op          Op
	At          uint8
	Reservation uint8
}

// Output is what a call returns.
type Output struct {
	OK     bool
	ActsAt uint8 // the second in which a reservation may act
}

// View is what properties and traces see of a desk.
type View struct {
	Tokens    string // as of the last second that the limiter was told
	Reserved  int
	ActsAt    [reservationsMax]uint8
	Cancelled [reservationsMax]bool
}

const reservationsMax = 3

// at is a second as a time. The library sees no other clock: every call is one of those
// that take the time as an argument.
func at(second uint8) time.Time { return start.Add(time.Duration(second) * time.Second) }

var start = time.Unix(1_000_000, 0).UTC()

// machine is the unmodified library with a thin hull, which has the seeded bugs.
func (k *check) machine() inplace.Machine[desk, View, Input, Output] {
	return inplace.Machine[desk, View, Input, Output]{
		Name: "limiter",
		New:  func(int) *desk { return &desk{limiter: rate.NewLimiter(perSecond, k.Burst)} },
		Step: func(d *desk, in Input) (out Output) {
			switch t := at(in.At); in.Op {
			case Allow:
				out.OK = k.allows(d, t)
			case Reserve:
				r := d.limiter.ReserveN(t, 1)
				d.reservations, d.cancelled = append(d.reservations, r), append(d.cancelled, false)
				out.ActsAt = in.At + uint8(r.DelayFrom(t)/time.Second)
			case Cancel:
				d.reservations[in.Reservation].CancelAt(t)
				d.cancelled[in.Reservation] = true
			case Reload:
				k.reloads(d, t)
			}
			return out
		},
		View: view,
	}
}

// allows asks for an action now.
func (k *check) allows(d *desk, t time.Time) bool {
	if k.Bug == "charge-refused" {
		r := d.limiter.ReserveN(t, 1) // and no Cancel if it has to wait
		return r.DelayFrom(t) == 0
	}
	return d.limiter.AllowN(t, 1)
}

// reloads sets the limit to what it is.
func (k *check) reloads(d *desk, t time.Time) {
	if k.Bug == "new-limiter" {
		d.limiter = rate.NewLimiter(perSecond, k.Burst)
		return
	}
	d.limiter.SetLimitAt(t, perSecond)
	d.limiter.SetBurstAt(t, k.Burst)
}

func view(d *desk) View {
	v := View{Reserved: len(d.reservations)}
	copy(v.Cancelled[:], d.cancelled)
	for i, r := range d.reservations {
		v.ActsAt[i] = uint8(r.DelayFrom(start) / time.Second)
	}
	// Of a time before all others the limiter says what it has: nothing comes back.
	v.Tokens = fmt.Sprint(d.limiter.TokensAt(start))
	return v
}
