package network

import (
	"iter"
	"slices"
)

// Bag is a network that delivers each message once, in any order. The zero value is the
// network without messages.
type Bag[M comparable] struct {
	items []Envelope[M] `muster:"unordered"`
}

// Send puts a message into the network.
func (b *Bag[M]) Send(from, to ID, m M) { b.items = append(b.items, Envelope[M]{from, to, m}) }

// Len returns the number of messages in flight.
func (b *Bag[M]) Len() int { return len(b.items) }

// All ranges over the messages in flight, equal ones one by one. The loop must not change
// the network.
func (b *Bag[M]) All() iter.Seq[Envelope[M]] { return slices.Values(b.items) }

// Ready ranges over the messages in flight, equal ones once. The loop must not change the
// network.
func (b *Bag[M]) Ready() iter.Seq[Envelope[M]] { return readyOf(b) }

func (b *Bag[M]) at(i int) *Envelope[M] { return &b.items[i] }
func (b *Bag[M]) keeps() bool           { return false }
func (b *Bag[M]) consumes() bool        { return false }
func (b *Bag[M]) discard(i int)         { b.remove(i) }

// ready: equal messages stand side by side when an action begins, since the messages are
// decoded in the order of their bytes. Few messages are between the same participants as the one
// before, so these are compared first, both at once.
func (b *Bag[M]) ready(i int) bool {
	if i == 0 {
		return true
	}
	e, before := &b.items[i], &b.items[i-1]
	return (e.From^before.From)|(e.To^before.To) != 0 || e.Message != before.Message
}

func (b *Bag[M]) passing(from int, among passage) (places uint64) {
	if among.behind {
		return 0
	}
	items := b.items[from:min(from+64, len(b.items))]
	for i := range items {
		if e := &items[i]; among.has(e.From, e.To) && b.ready(from+i) {
			places |= 1 << (i & 63)
		}
	}
	return places
}

func (b *Bag[M]) remove(i int) { b.items = slices.Delete(b.items, i, i+1) }

// Set is a network that keeps every message and can deliver it any number of times, in any
// order: a network that duplicates. To send a message that the network has changes nothing.
// The zero value is the network without messages.
type Set[M comparable] struct {
	items []Envelope[M] `muster:"unordered"`
}

// Send puts a message into the network.
func (s *Set[M]) Send(from, to ID, m M) {
	if e := (Envelope[M]{from, to, m}); !slices.Contains(s.items, e) {
		s.items = append(s.items, e)
	}
}

// Len returns the number of messages.
func (s *Set[M]) Len() int { return len(s.items) }

// All ranges over the messages. The loop must not change the network.
func (s *Set[M]) All() iter.Seq[Envelope[M]] { return slices.Values(s.items) }

// Ready ranges over the messages, all of which can be delivered. The loop must not change
// the network.
func (s *Set[M]) Ready() iter.Seq[Envelope[M]] { return slices.Values(s.items) }

func (s *Set[M]) at(i int) *Envelope[M] { return &s.items[i] }
func (s *Set[M]) ready(int) bool        { return true }
func (s *Set[M]) keeps() bool           { return true }
func (s *Set[M]) consumes() bool        { return false }
func (s *Set[M]) remove(i int)          {}
func (s *Set[M]) discard(i int)         { s.items = slices.Delete(s.items, i, i+1) }

func (s *Set[M]) passing(from int, among passage) (places uint64) {
	if among.behind {
		return 0
	}
	for i := range s.items[from:min(from+64, len(s.items))] {
		if e := &s.items[from+i]; among.has(e.From, e.To) {
			places |= 1 << (i & 63)
		}
	}
	return places
}

// readyOf ranges over the messages that can be delivered next.
func readyOf[M comparable](net Net[M]) iter.Seq[Envelope[M]] {
	return func(yield func(Envelope[M]) bool) {
		for i := range net.Len() {
			if net.ready(i) && !yield(*net.at(i)) {
				return
			}
		}
	}
}
