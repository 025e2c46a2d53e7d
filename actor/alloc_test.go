package actor_test

import (
	"testing"

	"github.com/muster-mc/muster/internal/codec"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/network"
)

// busy is a system in which every action has steps.
func busy() []model.Action[state[bag]] {
	y := crashing(boxes[bag](handlers{
		Start:   start(tick, tock),
		Receive: func(b *box, e envelope, o *out) bool { b.N++; o.Send(e.From, e.Message); return true },
		Timeout: func(b *box, x timer, o *out) {
			if x == tick {
				b.Timers.Set(x)
				return
			}
			o.Broadcast(network.Among(2), 1)
		},
	}), 1)
	y.Faults.Lossy = true
	return y.Actions()
}

// expander returns a function that decodes a state, takes every step from it and encodes the
// successors, as a search does, and returns their number.
func expander(t testing.TB) func() int {
	t.Helper()
	c, err := codec.For[state[bag]]()
	if err != nil {
		t.Fatal(err)
	}
	var first, work state[bag]
	for i := range first.Boxes {
		first.Boxes[i].Timers.Set(tick)
		first.Boxes[i].Timers.Set(tock)
	}
	first.Net.Send(1, 2, 1)
	first.Net.Send(1, 2, 2)
	first.Net.Send(2, 2, 3)
	first.Down = first.Down.With(1)
	space := c.New()
	parent, child := space.Append(nil, &first), []byte(nil)
	actions := busy()
	var o model.Odometer
	o.Reset()
	return func() (successors int) {
		for i := range actions {
			for more := true; more; more = o.Next() {
				space.Decode(&work, parent)
				if actions[i].Do(&work, o.Choice()) && !o.Void() {
					child = space.Append(child[:0], &work)
					successors++
				}
			}
		}
		return successors
	}
}

func TestAllocations(t *testing.T) {
	expand := expander(t)
	if n := testing.AllocsPerRun(50, func() { expand() }); n > 0 {
		t.Errorf("%v allocations for each expansion", n)
	}
	if n := expand(); n < 6 {
		t.Errorf("%d successors; too few to say anything", n)
	}
}

// BenchmarkExpand reports the time for each successor.
func BenchmarkExpand(b *testing.B) {
	expand := expander(b)
	b.ReportAllocs()
	successors := 0
	for b.Loop() {
		successors += expand()
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(successors), "ns/successor")
}
