package network_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/muster-mc/muster/container"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/network"
)

// message is a message of the tests.
type message struct {
	kind kind
	n    uint8
}

type kind uint8

const (
	request kind = iota
	reply
)

func (m message) String() string {
	return fmt.Sprintf("%s(%d)", [...]string{"request", "reply"}[m.kind], m.n)
}

type (
	envelope = network.Envelope[message]
	out      = network.Out[message]
)

// logged is a state in which participant 2 and 3 write down what they receive.
type logged[N any] struct {
	Received  [2]container.Queue[message, [8]message]
	Net       N
	Partition network.Partition
}

// kindOf is what the tests need of a kind of network.
type kindOf[N any] interface {
	*N
	network.Net[message]
}

// logging returns a protocol in which nothing is answered.
func logging[N any, P kindOf[N]](f network.Faults[logged[N]]) network.Protocol[logged[N], message] {
	return network.Protocol[logged[N], message]{
		Net:       func(s *logged[N]) network.Net[message] { return P(&s.Net) },
		Reachable: func(*logged[N]) network.IDs { return network.IDs(0).With(2).With(3) },
		Receive: func(s *logged[N], e envelope, _ *out) bool {
			q := &s.Received[e.To-2]
			if q.Full() {
				return false
			}
			q.Push(e.Message)
			return true
		},
		Faults: f,
	}
}

// search searches the space of a protocol from a state with these messages in flight.
func search[N any, P kindOf[N]](t *testing.T, p network.Protocol[logged[N], message], o explore.Options, sent ...envelope) *explore.Report {
	t.Helper()
	return searchWithin[N, P](t, p, nil, o, sent...)
}

func searchWithin[N any, P kindOf[N]](t *testing.T, p network.Protocol[logged[N], message], within func(*logged[N]) bool, o explore.Options, sent ...envelope) *explore.Report {
	t.Helper()
	r, err := explore.Check(t.Context(), &model.Model[logged[N]]{
		Name: "logging", Actions: p.Actions(), AllowDeadlock: true, Constraint: within,
		Init: func(s *logged[N], _ *model.Choice) bool {
			for _, e := range sent {
				P(&s.Net).Send(e.From, e.To, e.Message)
			}
			return true
		},
	}, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func wantStates(t *testing.T, what string, r *explore.Report, want uint64) {
	t.Helper()
	if r.Counts.Distinct != want {
		t.Errorf("%s: %d states; want %d", what, r.Counts.Distinct, want)
	}
}

var (
	a, b, c = requestTo(2, 1), requestTo(2, 2), requestTo(2, 3)
	toOther = requestTo(3, 1)
)

// without leaves out the faults of a kind.
func without(faults ...string) explore.Options { return explore.Options{WithoutFaults: faults} }

func requestTo(to network.ID, n uint8) envelope {
	return envelope{From: 1, To: to, Message: message{kind: request, n: n}}
}

// Of n different messages the ordered selections can have been delivered: 1+3+6+6 of three.
func TestOrders(t *testing.T) {
	bags := logging[network.Bag[message]](network.Faults[logged[network.Bag[message]]]{})
	wantStates(t, "a bag of three", search[network.Bag[message]](t, bags, explore.Options{}, a, b, c), 16)
	wantStates(t, "a bag of two equal ones", search[network.Bag[message]](t, bags, explore.Options{}, a, a), 3)
	wantStates(t, "a bag of two equal ones and another", search[network.Bag[message]](t, bags, explore.Options{}, a, a, b), 1+2+3+3)
	wantStates(t, "a bag with a message to nobody", search[network.Bag[message]](t, bags, explore.Options{}, a, requestTo(4, 1)), 2)

	links := logging[network.Links[message]](network.Faults[logged[network.Links[message]]]{})
	wantStates(t, "a link of three", search[network.Links[message]](t, links, explore.Options{}, a, b, c), 4)
	wantStates(t, "two links", search[network.Links[message]](t, links, explore.Options{}, a, b, toOther), 6)

	sets := logging[network.Set[message]](network.Faults[logged[network.Set[message]]]{})
	wantStates(t, "a set of two", search[network.Set[message]](t, sets, explore.Options{}, a, b, a), 1<<9-1)
}

// Loss: each message is in flight, lost, or at a place in what was received.
func TestLoss(t *testing.T) {
	bags := logging[network.Bag[message]](network.Faults[logged[network.Bag[message]]]{Lossy: true})
	wantStates(t, "a bag of two", search[network.Bag[message]](t, bags, explore.Options{}, a, b), 4+2*2+2)
	wantStates(t, "the same without loss", search[network.Bag[message]](t, bags, without(network.FaultLoss), a, b), 5)

	// Received are any of the first k of three, in their order.
	links := logging[network.Links[message]](network.Faults[logged[network.Links[message]]]{Lossy: true})
	wantStates(t, "a link of three", search[network.Links[message]](t, links, explore.Options{}, a, b, c), 1+2+4+8)
	overtaking := logging[network.Links[message]](network.Faults[logged[network.Links[message]]]{Overtaking: true})

	// The last one of the first k has been received, and any of those before it.
	wantStates(t, "a link on which messages overtake", search[network.Links[message]](t, overtaking, explore.Options{}, a, b, c), 1+1+2+4)
	wantStates(t, "the same without loss", search[network.Links[message]](t, overtaking, without(network.FaultLoss), a, b, c), 4)

	sets := logging[network.Set[message]](network.Faults[logged[network.Set[message]]]{Lossy: true})
	wantStates(t, "a set of one", search[network.Set[message]](t, sets, explore.Options{}, a), 18)
}

// A duplicate can come at any time later, so a bag's message is received up to eight times.
func TestDuplication(t *testing.T) {
	bags := logging[network.Bag[message]](network.Faults[logged[network.Bag[message]]]{Duplicating: true})
	wantStates(t, "a bag of one", search[network.Bag[message]](t, bags, explore.Options{}, a), 9+8)
	wantStates(t, "the same without duplication", search[network.Bag[message]](t, bags, without(network.FaultDuplication), a), 2)
	links := logging[network.Links[message]](network.Faults[logged[network.Links[message]]]{Duplicating: true})
	r := search[network.Links[message]](t, links, explore.Options{}, a, b)

	// Both in flight, the first one gone, both gone; and b consumed where a came eight times.
	wantStates(t, "a link of two", r, 9+36+28+1)
}

// A set delivers again anyway, so the fault adds no step.
func TestASetNeedsNoDuplication(t *testing.T) {
	sets := logging[network.Set[message]](network.Faults[logged[network.Set[message]]]{Duplicating: true})
	r := search[network.Set[message]](t, sets, explore.Options{}, a)
	if r.Counts.Distinct != 9 || r.Counts.Generated != 9 {
		t.Errorf("%d states, %d generated; want 9 and 9", r.Counts.Distinct, r.Counts.Generated)
	}
}

// A partition stops the messages between its sides, and they arrive when it has healed.
func TestPartitions(t *testing.T) {
	partition := func(s *logged[network.Bag[message]]) *network.Partition { return &s.Partition }
	once := logging[network.Bag[message]](network.Faults[logged[network.Bag[message]]]{Partition: partition, Participants: 3, Partitions: 1})

	// Each of the states in flight and received: before, in one of three partitions, after.
	wantStates(t, "once", search[network.Bag[message]](t, once, explore.Options{}, a, toOther), 4*5)
	wantStates(t, "never", search[network.Bag[message]](t, once, without(network.FaultPartition), a, toOther), 4)

	always := logging[network.Bag[message]](network.Faults[logged[network.Bag[message]]]{Partition: partition, Participants: 3})
	r := search[network.Bag[message]](t, always, explore.Options{}, a, toOther)
	wantStates(t, "any number", r, 4*4)

	p := network.Partition{Apart: network.IDs(0).With(2)}
	if !p.Separates(1, 2) || !p.Separates(2, 3) || p.Separates(1, 3) || p.Separates(2, 2) {
		t.Error("2 is cut off from 1 and 3, and no others are")
	}
}

// The bound says whether it ever bit.
func TestWithin(t *testing.T) {
	p := logging[network.Bag[message]](network.Faults[logged[network.Bag[message]]]{})
	p.Receive = func(s *logged[network.Bag[message]], e envelope, o *out) bool {
		o.Send(2, e.Message)
		if e.Message.n == 1 {
			o.Send(2, message{kind: reply, n: 2})
		}
		return true
	}
	r := searchWithin[network.Bag[message]](t, p, network.Within(p.Net, 3), explore.Options{}, a)
	if wantStates(t, "a bag that grows", r, 3); r.Counts.Outside != 1 {
		t.Errorf("%d states outside; want 1", r.Counts.Outside)
	}
	bounds := strings.Join(r.Bounds, "\n")
	if !strings.Contains(bounds, "constraint, which left out 1 of") {
		t.Errorf("the report rests on %s", bounds)
	}
	calm := logging[network.Bag[message]](network.Faults[logged[network.Bag[message]]]{})
	r = searchWithin[network.Bag[message]](t, calm, network.Within(calm.Net, 3), explore.Options{}, a, b)
	if r.Counts.Outside != 0 || strings.Contains(strings.Join(r.Bounds, "\n"), "constraint") {
		t.Errorf("%d states outside, and the report rests on %v; the bound never bit", r.Counts.Outside, r.Bounds)
	}
}
