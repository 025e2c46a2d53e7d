package network

import (
	"cmp"
	"fmt"
	"iter"
	"slices"

	"github.com/muster-mc/muster/trace"
)

// Links is a network with a first-in-first-out queue for each pair of a sender and a
// receiver. Messages of different pairs overtake each other. The zero value is the network
// without messages.
//
// A message has its place in its queue beside it, and the messages of all queues lie in one
// unordered list: so there is no array of pairs, most of which have no message, and a
// renaming of the participants leaves the queues as they are.
type Links[M comparable] struct {
	items []queued[M] `muster:"unordered"`
}

// queued is a message with the number of those before it on its link.
type queued[M comparable] struct {
	Envelope[M]
	Place uint8
}

// Send puts a message at the end of a link. It panics if 256 messages are on it.
func (l *Links[M]) Send(from, to ID, m M) {
	place := 0
	for i := range l.items {
		if l.items[i].From == from && l.items[i].To == to {
			place++
		}
	}
	if place > 255 {
		panic(fmt.Sprintf("network: the link %d->%d has 256 messages: bound the messages in flight by network.Within", from, to))
	}
	l.items = append(l.items, queued[M]{Envelope[M]{from, to, m}, uint8(place)})
}

// Len returns the number of messages in flight.
func (l *Links[M]) Len() int { return len(l.items) }

// All ranges over the messages in flight: those of one link in their order. The loop must
// not change the network.
func (l *Links[M]) All() iter.Seq[Envelope[M]] {
	return func(yield func(Envelope[M]) bool) {
		for _, q := range l.sorted() {
			if !yield(q.Envelope) {
				return
			}
		}
	}
}

// sorted returns the messages link by link.
func (l *Links[M]) sorted() []queued[M] {
	return slices.SortedFunc(slices.Values(l.items), func(a, b queued[M]) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To), cmp.Compare(a.Place, b.Place))
	})
}

// Ready ranges over the first message of each link. The loop must not change the network.
func (l *Links[M]) Ready() iter.Seq[Envelope[M]] { return readyOf(l) }

func (l *Links[M]) at(i int) *Envelope[M] { return &l.items[i].Envelope }
func (l *Links[M]) ready(i int) bool      { return l.items[i].Place == 0 }
func (l *Links[M]) keeps() bool           { return false }
func (l *Links[M]) consumes() bool        { return true }
func (l *Links[M]) discard(i int)         { l.remove(i) }

func (l *Links[M]) passing(from int, among passage) (places uint64) {
	for i := range l.items[from:min(from+64, len(l.items))] {
		if q := &l.items[from+i]; among.behind == (q.Place > 0) && among.has(q.From, q.To) {
			places |= 1 << (i & 63)
		}
	}
	return places
}

func (l *Links[M]) remove(i int) {
	gone := l.items[i]
	left := l.items[:0]
	for _, q := range l.items {
		if q.From == gone.From && q.To == gone.To {
			if q.Place <= gone.Place {
				continue
			}
			q.Place -= gone.Place + 1
		}
		left = append(left, q)
	}
	l.items = left
}

// TraceValue shows the messages of each link from the front to the back.
func (l *Links[M]) TraceValue() trace.Value {
	links := map[pair]waiting[M]{}
	for _, q := range l.sorted() {
		p := pair{q.From, q.To}
		links[p] = append(links[p], q.Message)
	}
	return trace.ValueOf(links)
}

// pair names a link.
type pair struct{ From, To ID }

func (p pair) String() string { return fmt.Sprintf("%d->%d", p.From, p.To) }

// waiting is what a link has in a trace.
type waiting[M comparable] []M

// TraceValue shows the messages as a queue.
func (w waiting[M]) TraceValue() trace.Value { return trace.QueueOf([]M(w)) }
