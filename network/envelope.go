package network

import (
	"fmt"
	"iter"
	"math/bits"

	"github.com/muster-mc/muster/model"
)

// ID is the number of a sender or a receiver, from 1 to 63. 0 is nobody, so that the zero
// value of a message, and the rest of an array with room, name nobody.
type ID uint8

// Index returns the place of the participant in an array with an element for each.
func (id ID) Index() int { return int(id) - 1 }

// IDs is a set of IDs as bits: bit i stands for the ID i.
type IDs uint64

// Among returns the set of the IDs 1 to n.
func Among(n int) IDs { return 1<<(n+1) - 2 }

// Interchangeable declares that n participants differ in nothing but their numbers, which
// are first, first+1 and so on. It is for model.Model.Symmetry.
func Interchangeable(first ID, n int) model.Symmetry {
	return model.Scalars[ID](n).From(int(first)).BitsByValue(IDs(0))
}

// Has reports whether an ID is in the set.
func (s IDs) Has(id ID) bool { return s>>id&1 == 1 }

// Len returns the number of IDs.
func (s IDs) Len() int { return bits.OnesCount64(uint64(s)) }

// With returns the set with an ID more.
func (s IDs) With(id ID) IDs { return s | 1<<id }

// Without returns the set without an ID.
func (s IDs) Without(id ID) IDs { return s &^ (1 << id) }

// All ranges over the IDs, from the least on.
func (s IDs) All() iter.Seq[ID] {
	return func(yield func(ID) bool) {
		for ; s != 0; s &= s - 1 {
			if !yield(ID(bits.TrailingZeros64(uint64(s)))) {
				return
			}
		}
	}
}

// String lists the IDs, as in {1 3}.
func (s IDs) String() string { return model.Bits(s).String() }

// Envelope is a message with its sender and its receiver. M is the type of the messages.
type Envelope[M comparable] struct {
	From, To ID
	Message  M
}

// String shows the sender, the receiver and the message, as in 1->2:prepare(2).
func (e Envelope[M]) String() string { return fmt.Sprintf("%d->%d:%v", e.From, e.To, e.Message) }

// Net is a kind of network: *[Bag], *[Set] or *[Links].
type Net[M comparable] interface {
	// Send puts a message into the network.
	Send(from, to ID, m M)

	// Len returns the number of messages in flight.
	Len() int

	// All ranges over the messages in flight. The loop must not change the network.
	All() iter.Seq[Envelope[M]]

	// Ready ranges over the messages that can be delivered next, each once: on links,
	// those at the front. The loop must not change the network.
	Ready() iter.Seq[Envelope[M]]

	at(i int) *Envelope[M]
	ready(i int) bool // the message can be delivered next, and no equal one stands before it
	keeps() bool      // what is delivered stays
	consumes() bool   // what is delivered and not handled is gone all the same
	remove(i int)     // and, on a link, all messages before it
	discard(i int)    // the message is lost

	// passing returns the places of the messages that can pass, of the 64 from a place on: bit 0 is
	// for that place.
	passing(from int, among passage) (places uint64)
}

// Out takes the messages that a handler sends. They enter the network when the handler
// has returned true, in their order.
type Out[M comparable] struct {
	from ID
	sent []Envelope[M]
}

// Self returns the ID of the participant whose handler runs.
func (o *Out[M]) Self() ID { return o.from }

// Send sends a message.
func (o *Out[M]) Send(to ID, m M) {
	o.sent = append(o.sent, Envelope[M]{From: o.from, To: to, Message: m})
}

// Broadcast sends a message to each of a set but the sender.
func (o *Out[M]) Broadcast(to IDs, m M) {
	for id := range to.Without(o.from).All() {
		o.Send(id, m)
	}
}

// Len returns the number of messages that were sent.
func (o *Out[M]) Len() int { return len(o.sent) }

// Reset prepares for a call of a handler. It is for packages that call handlers, such as
// package actor.
func (o *Out[M]) Reset(from ID) { o.from, o.sent = from, o.sent[:0] }
