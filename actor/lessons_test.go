package actor_test

import (
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/network"
)

type bag = network.Bag[message]

// Sets of timers are parts of the state by the actor that they are of: {tick} {} and {} {tick}
// are two states.
func TestTwoActorsWithOneTimerEachAreFourStates(t *testing.T) {
	counts(t, boxes[bag](handlers{Start: start(tick)}), 4, 5)
}

// Every field of the state tells states apart: fields of actors that no handler reads, who
// is down, what was delivered last, the messages in flight and their order on a link.
func TestIdentityIncludesEveryField(t *testing.T) {
	once := func(b *box, x timer, _ *out) {
		if x == tick {
			b.Kept = 1
		}
	}
	counts(t, boxes[bag](handlers{Start: start(tick, tock), Timeout: once}), 16, 33)

	down := crashing(boxes[bag](handlers{}), 0)
	counts(t, down, 4, 9)

	if n := orders[network.Links[message]](t); n != 2 {
		t.Errorf("two messages on a link in either order are %d states; want 2", n)
	}
	if n := orders[bag](t); n != 1 {
		t.Errorf("two messages in a bag in either order are %d states; want 1", n)
	}
}

// orders returns the number of initial states of a system in which two messages were sent in
// either order.
func orders[N any, P kindOf[N]](t *testing.T) uint64 {
	m := modelOf(boxes[N, P](handlers{}))
	m.Init = func(s *state[N], c *model.Choice) bool {
		first := message(c.Int("first", 2))
		P(&s.Net).Send(1, 2, first)
		P(&s.Net).Send(1, 2, 1-first)
		return true
	}
	r, err := explore.Check(t.Context(), m, explore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r.Counts.Initial
}

// The shortest trace is found of each property, whichever is violated first.
func TestTheShortestTraceWhateverIsFoundFirst(t *testing.T) {
	m := modelOf(boxes[bag](handlers{
		Start:   start(tick, tock),
		Timeout: func(b *box, _ timer, _ *out) { b.N++ },
	}))
	m.Properties = []model.Property[state[bag]]{
		model.Always("NotAllOff", func(s *state[bag]) bool { return s.Boxes[0].N+s.Boxes[1].N < 4 }),
		model.Always("NoneOff", func(s *state[bag]) bool { return s.Boxes[1].N == 0 }),
		model.Always("OneIsOn", func(s *state[bag]) bool { return s.Boxes[0].N < 2 }),
	}
	r, err := explore.Check(t.Context(), m, explore.Options{KeepGoing: true})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []int{5, 2, 3} {
		if p := r.Properties[i]; p.Trace == nil || p.Trace.Length != want {
			t.Errorf("%s: %v; want a trace of %d states", p.Name, p.Trace, want)
		}
	}
}

// A bound on depth leaves out no state above the bound, and the states at the bound are
// checked.
func TestABoundOnDepthIsExhaustiveToTheBound(t *testing.T) {
	counter := boxes[bag](handlers{Start: start(tick, tock), Timeout: func(b *box, x timer, _ *out) {
		b.Timers.Set(x)
		if x == tick {
			b.N++
		} else {
			b.Kept++
		}
	}})
	m := modelOf(counter)
	sum := func(s *state[bag]) (n int) {
		for _, b := range s.Boxes {
			n += int(b.N) + int(b.Kept)
		}
		return n
	}
	for depth := 1; depth <= 8; depth++ {
		m.Properties = []model.Property[state[bag]]{
			model.Always("Below", func(s *state[bag]) bool { return sum(s) < depth }),
		}
		r, err := explore.Check(t.Context(), m, explore.Options{MaxDepth: depth})
		if err != nil {
			t.Fatal(err)
		}
		// Four numbers whose sum is less than depth: depth+3 over 4.
		if want := uint64(depth * (depth + 1) * (depth + 2) * (depth + 3) / 24); r.Counts.Distinct != want {
			t.Errorf("%d states to depth %d; want %d", r.Counts.Distinct, depth, want)
		}
		m.Properties = []model.Property[state[bag]]{
			model.Always("BelowTheLast", func(s *state[bag]) bool { return sum(s) < depth-1 }),
		}
		mctest.Breaks(t, m, explore.Options{MaxDepth: depth}, "BelowTheLast", depth)
	}
}

// What 2 overtook is delivered all the same, unless a link loses what is overtaken.
func TestWhatIsOvertakenIsDelivered(t *testing.T) {
	// N counts what was delivered, Kept is the last message.
	h := handlers{Start: sends(1, 2), Receive: func(b *box, e envelope, _ *out) bool {
		b.N, b.Kept = b.N+1, uint8(e.Message)
		return true
	}}
	one := func(s *box) bool { return s.N == 2 && s.Kept == 1 }
	late := model.Reachable("OneComesAfterTwo", func(s *state[bag]) bool { return one(&s.Boxes[1]) })
	m := modelOf(boxes[bag](h))
	m.Properties = []model.Property[state[bag]]{late}
	mctest.Counts(t, mctest.Holds(t, m, explore.Options{}), explore.Counts{Distinct: 5, Generated: 5, Depth: 3})

	type linked = state[network.Links[message]]
	y := boxes[network.Links[message]](h)
	never := model.Always("OneNeverComesAfterTwo", func(s *linked) bool { return !one(&s.Boxes[1]) })
	lost := model.Reachable("OneIsLost", func(s *linked) bool { return s.Boxes[1].N == 1 && s.Boxes[1].Kept == 2 })
	links := modelOf(y)
	links.Properties = []model.Property[linked]{never}
	mctest.Counts(t, mctest.Holds(t, links, explore.Options{}), explore.Counts{Distinct: 3, Generated: 3, Depth: 3})

	y.Faults.Overtaking = true
	links = modelOf(y)
	links.Properties = []model.Property[linked]{never, lost}
	mctest.Counts(t, mctest.Holds(t, links, explore.Options{}), explore.Counts{Distinct: 4, Generated: 4, Depth: 3})

	// Without the fault it is the reliable link again.
	r, err := explore.Check(t.Context(), links, explore.Options{WithoutFaults: []string{network.FaultLoss}})
	if err != nil || r.Counts.Distinct != 3 {
		t.Errorf("%d states without loss, %v; want 3", r.Counts.Distinct, err)
	}
}

// A handler of a timer that is set again keeps what it has changed.
func TestChangesInATimersHandlerAreKept(t *testing.T) {
	y := boxes[bag](handlers{Start: start(tick), Timeout: func(b *box, x timer, _ *out) {
		if b.N < 3 {
			b.N++
			b.Timers.Set(x)
		}
	}})
	// Each box: 0 to 3 with the timer, and 3 without.
	counts(t, y, 25, 41)
}
