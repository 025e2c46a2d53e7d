package network_test

import (
	"testing"

	"github.com/muster-mc/muster/internal/codec"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/network"
)

// flood is a state in which each delivery sends two messages.
type flood[N any] struct {
	Handled uint8
	Net     N
}

// flooding is a protocol with all faults.
func flooding[N any, P interface {
	*N
	network.Net[message]
}]() []model.Action[flood[N]] {
	return network.Protocol[flood[N], message]{
		Net: func(s *flood[N]) network.Net[message] { return P(&s.Net) },
		Receive: func(s *flood[N], e network.Envelope[message], out *network.Out[message]) bool {
			s.Handled++
			out.Send(e.From, message{kind: reply, n: e.Message.n})
			out.Broadcast(network.Among(3), e.Message)
			return true
		},
		Faults: network.Faults[flood[N]]{Lossy: true, Duplicating: true, Overtaking: true},
	}.Actions()
}

func TestAllocations(t *testing.T) {
	t.Run("Bag", withoutAllocations[network.Bag[message]])
	t.Run("Set", withoutAllocations[network.Set[message]])
	t.Run("Links", withoutAllocations[network.Links[message]])
}

// withoutAllocations decodes a state, takes every step from it and encodes the successors,
// as a search does.
func withoutAllocations[N any, P interface {
	*N
	network.Net[message]
}](t *testing.T) {
	expand := expander[N, P](t)
	if n := testing.AllocsPerRun(50, func() { expand() }); n > 0 {
		t.Errorf("%v allocations for each expansion", n)
	}
}

// expander returns a function that expands one state and returns the number of successors.
func expander[N any, P interface {
	*N
	network.Net[message]
}](t testing.TB) func() int {
	t.Helper()
	c, err := codec.For[flood[N]]()
	if err != nil {
		t.Fatal(err)
	}
	var first, work flood[N]
	for i := range uint8(6) {
		P(&first.Net).Send(1, 2, message{kind: request, n: i})
	}
	space := c.New()
	parent, child := space.Append(nil, &first), []byte(nil)
	actions := flooding[N, P]()
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

func BenchmarkExpand(b *testing.B) {
	b.Run("Bag", expanding[network.Bag[message]])
	b.Run("Set", expanding[network.Set[message]])
	b.Run("Links", expanding[network.Links[message]])
}

// expanding reports the time for each successor.
func expanding[N any, P interface {
	*N
	network.Net[message]
}](b *testing.B) {
	expand := expander[N, P](b)
	b.ReportAllocs()
	successors := 0
	for b.Loop() {
		successors += expand()
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(successors), "ns/successor")
}
