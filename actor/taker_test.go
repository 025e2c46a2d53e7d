package actor_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/muster-mc/muster/actor"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
	"github.com/muster-mc/muster/internal/codec"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/network"
	"pgregory.net/rapid"
)

// odd is a system whose boxes take the messages that are odd with what they have.
func odd[N any, P kindOf[N]]() actor.System[state[N], message] {
	y := boxes[N, P](handlers{Receive: func(b *box, e envelope, o *out) bool {
		o.Send(e.From, e.Message) // also where the message is not handled, and then it is not sent
		if (b.N+uint8(e.Message))%2 == 0 {
			return false
		}
		b.N += uint8(e.Message)
		return true
	}})
	y.Selective = true
	y.Faults.Duplicating, y.Faults.Overtaking, y.Faults.Lossy = true, true, true
	return y
}

// The messages that are left out of a search are those that would be refused: the steps are the same, in
// their order, as if all of them were tried, as is done where refusals are explained.
func TestTakerTakesTheSameSteps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sameSteps(t, odd[network.Bag[message]]())
		sameSteps(t, odd[network.Set[message]]())
		sameSteps(t, odd[network.Links[message]]())
	})
}

func sameSteps[N any](t *rapid.T, y actor.System[state[N], message]) {
	var s state[N]
	net, small := y.Net(&s), rapid.Uint8Range(0, 3)
	for range rapid.IntRange(0, 90).Draw(t, "messages") {
		net.Send(network.ID(1+small.Draw(t, "from")%2), network.ID(1+small.Draw(t, "to")%2), message(small.Draw(t, "message")))
	}
	s.Boxes[0].N, s.Boxes[1].N = small.Draw(t, "first"), small.Draw(t, "second")
	c, err := codec.For[state[N]]()
	if err != nil {
		t.Fatal(err)
	}
	from := c.New().Append(nil, &s)
	for _, a := range y.Actions() {
		var search, explained model.Odometer
		explained.WatchAll(&model.Guards{})
		got, want := steps(c, from, a, &search), steps(c, from, a, &explained)
		if !slices.Equal(got, want) {
			t.Fatalf("%s: %d steps, and %d if all messages are tried", a.Name, len(got), len(want))
		}
	}
}

// steps returns the successors of an encoded state in their order.
func steps[N any](c *codec.Codec[state[N]], from []byte, a model.Action[state[N]], o *model.Odometer) (list []string) {
	space, work := c.New(), state[N]{}
	o.Reset()
	for more := true; more; more = o.Next() {
		space.Decode(&work, from)
		if a.Do(&work, o.Choice()) && !o.Void() {
			list = append(list, string(c.New().Append(nil, &work)))
		}
	}
	return list
}

// A search of a selective system tries only what is handled.
func TestSearchTriesOnlyWhatIsHandled(t *testing.T) {
	never3 := func(_ *box, e envelope, _ *out) bool { return e.Message != 3 }
	y := boxes[network.Bag[message]](handlers{Start: sends(1, 2, 3), Receive: never3})
	y.Selective = true
	r := counts(t, y, 4, 5)
	if a := r.Actions[0]; a.Enabled != 4 || a.Attempts != 5 { // one that finds nothing, in the last state
		t.Errorf("%d of %d attempts were enabled; want 4 of 5", a.Enabled, a.Attempts)
	}
}

// A handler that changes the actor and returns false breaks the contract, and a search says so.
func TestBreachOfAHandlerIsFound(t *testing.T) {
	breach := func(b *box, _ envelope, _ *out) bool {
		b.N = 1
		return false
	}
	y := boxes[network.Bag[message]](handlers{Start: sends(1), Receive: breach})
	y.Selective = true
	_, err := explore.Check(t.Context(), modelOf(y), explore.Options{})
	if want := new(*explore.ContractError); !errors.As(err, want) || !strings.Contains(err.Error(), "Deliver(message=1->2:1)") {
		t.Errorf("got the error %v", err)
	}
}

// A handler that panics does so in the attempt with its message, after the steps before that.
func TestPanicOfAHandlerHasItsMessage(t *testing.T) {
	second := func(_ *box, e envelope, _ *out) bool {
		if e.Message == 2 {
			panic("two")
		}
		return true
	}
	y := boxes[network.Bag[message]](handlers{Start: sends(1, 2, 3), Receive: second})
	y.Selective = true
	r := mctest.Breaks(t, modelOf(y), explore.Options{}, explore.Panic, 1)
	if r.Counts.Generated != 2 {
		t.Errorf("%d states were generated before the panic, and there is one step before it", r.Counts.Generated)
	}
	for _, p := range r.Properties {
		if p.Name == explore.Panic && !strings.Contains(p.Detail, "Deliver(message=1->2:2) panicked: two") {
			t.Errorf("the panic says %q", p.Detail)
		}
	}
}
