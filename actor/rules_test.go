package actor_test

import (
	"testing"

	"github.com/muster-mc/muster/actor"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/network"
)

// box is an actor of the tests.
type box struct {
	N      uint8               `crash:"lost"`
	Kept   uint8               `crash:"durable"`
	Timers actor.Timers[timer] `crash:"lost"`
}

type timer uint8

const (
	tick timer = iota
	tock
)

func (t timer) String() string { return [...]string{"tick", "tock"}[t] }

// message is a message of the tests.
type message uint8

// state has two boxes, and a network of a kind.
type state[N any] struct {
	Boxes   [2]box
	Net     N
	Down    network.IDs
	Crashes uint8
	Last    network.Last[message]
}

type (
	envelope = network.Envelope[message]
	out      = network.Out[message]
	handlers = actor.Handlers[box, message, timer]
)

// kindOf is what the tests need of a kind of network.
type kindOf[N any] interface {
	*N
	network.Net[message]
}

// boxes returns a system of two boxes.
func boxes[N any, P kindOf[N]](h handlers) actor.System[state[N], message] {
	return systemOf(func(s *state[N]) []box { return s.Boxes[:] }, func(s *state[N]) network.Net[message] { return P(&s.Net) }, h)
}

// systemOf returns a system of boxes in any state.
func systemOf[S any](of func(s *S) []box, net func(s *S) network.Net[message], h handlers) actor.System[S, message] {
	h.Timers = func(b *box) *actor.Timers[timer] { return &b.Timers }
	return actor.System[S, message]{Net: net, Roles: []actor.Role[S, message]{actor.RoleOf(of, h)}}
}

// counts searches the space of a system, and compares the states and the successors.
func counts[N any](t *testing.T, y actor.System[state[N], message], distinct, generated uint64) *explore.Report {
	t.Helper()
	r, err := explore.Check(t.Context(), modelOf(y), explore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if r.Counts.Distinct != distinct || r.Counts.Generated != generated {
		t.Errorf("%d states, %d generated; want %d, %d", r.Counts.Distinct, r.Counts.Generated, distinct, generated)
	}
	return r
}

func modelOf[N any](y actor.System[state[N], message]) *model.Model[state[N]] {
	return &model.Model[state[N]]{Name: "boxes", Init: y.Start, Actions: y.Actions(), AllowDeadlock: true}
}

// sends sends messages from 1 to 2 at the start.
func sends(messages ...message) func(*box, *out) {
	return func(_ *box, o *out) {
		for _, m := range messages {
			if o.Self() == 1 {
				o.Send(2, m)
			}
		}
	}
}

func never(*box, envelope, *out) bool { return false }

func always(*box, envelope, *out) bool { return true }

func TestNotHandledStaysAndIsNoStep(t *testing.T) {
	counts(t, boxes[network.Bag[message]](handlers{Start: sends(1, 2), Receive: never}), 1, 1)
	counts(t, boxes[network.Set[message]](handlers{Start: sends(1, 2), Receive: never}), 1, 1)
}

func TestNotHandledIsConsumedOnLinks(t *testing.T) {
	counts(t, boxes[network.Links[message]](handlers{Start: sends(1, 2), Receive: never}), 3, 3)
}

// A message that cannot be handled yet waits for its turn in a bag.
func TestNotHandledYet(t *testing.T) {
	inOrder := func(b *box, e envelope, _ *out) bool {
		if uint8(e.Message) != b.N+1 {
			return false
		}
		b.N++
		return true
	}
	counts(t, boxes[network.Bag[message]](handlers{Start: sends(2, 1), Receive: inOrder}), 3, 3)
	counts(t, boxes[network.Links[message]](handlers{Start: sends(2, 1), Receive: inOrder}), 3, 3)
}

// Equal messages of a bag are delivered one by one, and tried once.
func TestASetKeepsWhatItDelivers(t *testing.T) {
	upTo3 := func(b *box, _ envelope, _ *out) bool {
		if b.N == 3 {
			return false
		}
		b.N++
		return true
	}
	h := handlers{Start: sends(1, 1), Receive: upTo3}
	counts(t, boxes[network.Bag[message]](h), 3, 3)
	counts(t, boxes[network.Links[message]](h), 3, 3)
	counts(t, boxes[network.Set[message]](h), 4, 4)
}

// What was handled is a step, even if it changes nothing.
func TestHandledIsAStep(t *testing.T) {
	h := handlers{Start: sends(1, 2), Receive: always}
	counts(t, boxes[network.Set[message]](h), 1, 3)
	counts(t, boxes[network.Bag[message]](h), 4, 5)
	counts(t, boxes[network.Links[message]](h), 3, 3)
}

func TestLastDelivered(t *testing.T) {
	y := boxes[network.Set[message]](handlers{Start: sends(1, 2), Receive: always})
	y.LastDelivered = func(s *state[network.Set[message]]) *network.Last[message] { return &s.Last }
	counts(t, y, 3, 7)
}

func start(set ...timer) func(*box, *out) {
	return func(b *box, _ *out) {
		for _, t := range set {
			b.Timers.Set(t)
		}
	}
}

func TestATimerIsOffBeforeItsHandler(t *testing.T) {
	y := boxes[network.Bag[message]](handlers{Start: start(tick), Timeout: func(b *box, x timer, _ *out) {
		if b.Timers.Has(x) {
			b.N = 100
		}
	}})
	m := modelOf(y)
	m.Properties = []model.Property[state[network.Bag[message]]]{
		model.Always("IsOff", func(s *state[network.Bag[message]]) bool { return s.Boxes[0].N == 0 }),
	}
	mctest.Counts(t, mctest.Holds(t, m, explore.Options{}), explore.Counts{Distinct: 4, Generated: 5, Depth: 3})
}

func TestAPureRenewalIsNoStep(t *testing.T) {
	counts(t, boxes[network.Bag[message]](handlers{
		Start:   start(tick, tock),
		Timeout: func(b *box, x timer, _ *out) { b.Timers.Set(x) },
	}), 1, 1)
}

// A handler that assigns what was there already changes nothing.
func TestNoChangeIsDecidedByValue(t *testing.T) {
	counts(t, boxes[network.Bag[message]](handlers{
		Start: start(tick),
		Timeout: func(b *box, x timer, _ *out) {
			b.N++
			b.N--
			b.Timers.Clear()
			b.Timers.Set(x)
		},
	}), 1, 1)
}

// A renewal that sends is a step.
func TestARenewalThatSendsIsAStep(t *testing.T) {
	counts(t, boxes[network.Set[message]](handlers{
		Start: start(tick),
		Timeout: func(b *box, x timer, o *out) {
			b.Timers.Set(x)
			o.Broadcast(network.Among(2), 7)
		},
	}), 4, 9)
}

func crashing(y actor.System[state[network.Bag[message]], message], down int) actor.System[state[network.Bag[message]], message] {
	y.Crashes = actor.Crashes[state[network.Bag[message]]]{
		Down:     func(s *state[network.Bag[message]]) *network.IDs { return &s.Down },
		DownMost: down,
	}
	return y
}

// Messages to a crashed actor stay: it handles them when it has restarted. Here box 2 is
// delivered a message, up or after a restart, and box 1 or 2 is down or neither is.
func TestMessagesToACrashedActorStay(t *testing.T) {
	h := handlers{Start: sends(1), Restart: func(*box, *out) {}, Receive: func(b *box, _ envelope, _ *out) bool {
		b.Kept = 1
		return true
	}}
	counts(t, crashing(boxes[network.Bag[message]](h), 1), 6, 11)
	counts(t, crashing(boxes[network.Bag[message]](h), 0), 8, 19)
}

func TestACrashLeavesWhatIsDurable(t *testing.T) {
	h := handlers{
		Start:   func(b *box, _ *out) { b.N, b.Kept = 1, 2; b.Timers.Set(tick) },
		Restart: func(b *box, _ *out) { b.N += 10 },
		Timeout: func(b *box, x timer, _ *out) { b.Timers.Set(x) },
	}
	y := crashing(boxes[network.Bag[message]](h), 1)
	y.Crashes.Who = network.IDs(0).With(2)
	m := modelOf(y)
	m.Properties = []model.Property[state[network.Bag[message]]]{
		model.Always("KeptIsKept", func(s *state[network.Bag[message]]) bool { return s.Boxes[1].Kept == 2 }),
		model.Always("ADownActorHasNoTimers", func(s *state[network.Bag[message]]) bool {
			return !s.Down.Has(2) || s.Boxes[1].Timers == actor.Timers[timer]{}
		}),
		model.Always("LostIsLost", func(s *state[network.Bag[message]]) bool { n := s.Boxes[1].N; return n == 1 || n == 10 }),
		model.Always("OneCrashes", func(s *state[network.Bag[message]]) bool { return !s.Down.Has(1) }),
		model.Reachable("Restarted", func(s *state[network.Bag[message]]) bool { return s.Boxes[1].N == 10 }),
	}
	// Up, down, restarted, and down again with what the restart left.
	mctest.Counts(t, mctest.Holds(t, m, explore.Options{}), explore.Counts{Distinct: 4, Generated: 5, Depth: 4})
}

func TestCrashesAreBoundedByACount(t *testing.T) {
	y := crashing(boxes[network.Bag[message]](handlers{}), 0)
	y.Crashes.Count = func(s *state[network.Bag[message]]) *uint8 { return &s.Crashes }
	y.Crashes.CountMost = 2
	// None; one is down or was; both, one or none of two are down, one of them twice or not.
	counts(t, y, 8, 13)
	r, err := explore.Check(t.Context(), modelOf(y), explore.Options{WithoutFaults: []string{"crash"}})
	if err != nil || r.Counts.Distinct != 1 {
		t.Errorf("%d states without crashes, %v; want 1", r.Counts.Distinct, err)
	}
}

// A step of the model's own is taken by the actors that are able, and what they send enters the network.
func TestSteps(t *testing.T) {
	y := boxes[bag](handlers{Receive: func(b *box, _ envelope, _ *out) bool { b.Kept++; return true }})
	m := modelOf(y)
	idle := func(s *state[bag]) (ids network.IDs) {
		for i, b := range s.Boxes {
			if b.N < 2 {
				ids = ids.With(network.ID(i + 1))
			}
		}
		return ids.With(9) // no actor, and so not able
	}
	m.Actions = append(m.Actions, y.Step("Greet", idle, func(s *state[bag], _ *model.Choice, o *out) bool {
		b := &s.Boxes[o.Self().Index()]
		if b.N == 1 {
			return false
		}
		b.N++
		o.Send(3-o.Self(), 7)
		return true
	}))
	m.Properties = []model.Property[state[bag]]{model.Reachable("BothAreGreeted", func(s *state[bag]) bool { return s.Boxes[0].Kept == 1 && s.Boxes[1].Kept == 1 })}
	// Each box greets or not, and the greeting is on its way or there: 3 * 3.
	r := mctest.Holds(t, m, explore.Options{})
	mctest.Counts(t, r, explore.Counts{Distinct: 9, Generated: 13, Depth: 5})
	m.Properties = []model.Property[state[bag]]{model.Always("NoGreeting", func(s *state[bag]) bool { return s.Boxes[0].Kept == 0 })}
	p := mctest.Breaks(t, m, explore.Options{}, "NoGreeting", 3).Properties[0]
	if got := p.Trace.Steps[1].Label(); got != "Greet(actor=2)" {
		t.Errorf("the step is shown as %s", got)
	}
}
