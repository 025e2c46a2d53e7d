package goroutine

import (
	"fmt"
	"strings"
)

// Buffer is the memory of a channel: an array, whose length is the largest capacity that
// the channel can have.
type Buffer[E any] interface {
	[1]E | [2]E | [3]E | [4]E | [5]E | [6]E | [7]E | [8]E | [16]E
}

// Chan is a channel of elements E: Chan[bool, [2]bool] is one of bool with a capacity of
// up to two. The zero value is a nil channel, and so is a nil pointer to a Chan: sending
// and receiving wait for ever, and closing panics. [Chan.Make] makes a channel of it.
//
// A channel without a buffer needs an array of one element, through which values pass.
type Chan[E any, B Buffer[E]] struct {
	buf  B // the oldest first; zero behind the last one
	head chanHead
}

// chanHead is the part of a channel that does not depend on its elements.
type chanHead struct {
	receivers, senders set // that wait
	made, closed       bool
	capacity, len      uint8
}

// Make makes a channel with a capacity. It panics if the array is too small for it.
func (c *Chan[E, B]) Make(capacity int) {
	if capacity < 0 || capacity > len(c.buf) {
		panic(fmt.Sprintf("goroutine: a channel in [%d]%T cannot have the capacity %d", len(c.buf), *new(E), capacity))
	}
	*c = Chan[E, B]{head: chanHead{made: true, capacity: uint8(capacity)}}
}

// Len is the number of elements in the buffer, and Cap its capacity.
func (c *Chan[E, B]) Len() int { return int(c.head.len) }

// Cap is the capacity of the buffer.
func (c *Chan[E, B]) Cap() int { return int(c.head.capacity) }

const sendOnClosed = "send on closed channel"

// Send is c <- v. It panics if the channel is closed.
func (c *Chan[E, B]) Send(g G, v E) Next {
	if c == nil {
		return nilChan(g, "to send on a nil channel")
	}
	h := &c.head
	switch g.mode {
	case handed:
		return c.sendHanded(g, v)
	case leaves, parks:
		return h.wait(g, &h.senders, h.capacity == 0)
	}
	switch {
	case g.mode == explaining || !h.made:
		return g.waitsFor("to send on ", c, h.sendDetail())
	case h.closed:
		panic(sendOnClosed)
	case !h.receivers.isEmpty():
		c.put(v)
		g.r.hand(g, g.one("to", h.receivers.mask()), h)
		return On
	case h.len < h.capacity:
		c.put(v)
		return On
	}
	return Blocked
}

// sendHanded is the part of a sender that waits, when there is room. The goroutine comes
// off the lists of the other channels of a select.
func (c *Chan[E, B]) sendHanded(g G, v E) Next {
	c.head.senders.remove(g.id)
	if g.on != &c.head {
		return Blocked
	}
	c.put(v)
	return On
}

// Recv is *into = <-c: the zero value, at once, if the channel is closed and empty. A nil
// into drops the value.
func (c *Chan[E, B]) Recv(g G, into *E) Next { return c.RecvOK(g, into, nil) }

// RecvOK is *into, *ok = <-c. Each pointer may be nil.
func (c *Chan[E, B]) RecvOK(g G, into *E, ok *bool) Next {
	if c == nil {
		return nilChan(g, "to receive from a nil channel")
	}
	h := &c.head
	switch g.mode {
	case handed:
		h.receivers.remove(g.id)
		if g.on != h {
			return Blocked
		}
		c.take(into, ok)
		return On
	case leaves, parks:
		return h.wait(g, &h.receivers, h.capacity == 0)
	}
	switch {
	case g.mode == explaining || !h.made:
		return g.waitsFor("to receive from ", c, h.recvDetail())
	case h.len == 0 && h.senders.isEmpty() && !h.closed:
		return Blocked
	case h.closed || h.senders.isEmpty():
		c.take(into, ok)
	case h.capacity == 0:
		g.r.hand(g, g.one("from", h.senders.mask()), h)
		c.take(into, ok)
	default:
		c.take(into, ok)
		g.r.hand(g, g.one("from", h.senders.mask()), h)
	}
	return On
}

// Close closes the channel: all that wait to receive go on, and all that wait to send
// panic in their next step. It panics if the channel is
// nil or closed.
func (c *Chan[E, B]) Close(g G) Next {
	switch {
	case c == nil || !c.head.made:
		panic("close of nil channel")
	case c.head.closed:
		panic("close of closed channel")
	}
	h := &c.head
	h.closed = true
	for !h.receivers.isEmpty() {
		g.r.hand(g, h.receivers.lowest(), h)
	}
	for !h.senders.isEmpty() {
		g.r.doom(g, h.senders.lowest())
	}
	return On
}

// CanSend is the case of a select that sends. That it panics is a way to go on. Select must
// be given all cases together.
func (c *Chan[E, B]) CanSend(g G) Case {
	if c == nil {
		nilChan(g, "to send on a nil channel")
		return unready
	}
	h := &c.head
	switch g.mode {
	case leaves, parks:
		h.wait(g, &h.senders, true)
	case handed:
		h.senders.remove(g.id)
		if g.on == h && !h.closed && h.len < max(1, h.capacity) {
			return given
		}
	case explaining:
		g.waitsFor("to send on ", c, h.sendDetail())
	default:
		return When(h.made && (h.closed || !h.receivers.isEmpty() || h.len < h.capacity))
	}
	return unready
}

// CanRecv is the case of a select that receives. Select must be given all cases together.
func (c *Chan[E, B]) CanRecv(g G) Case {
	if c == nil {
		nilChan(g, "to receive from a nil channel")
		return unready
	}
	h := &c.head
	switch g.mode {
	case leaves, parks:
		h.wait(g, &h.receivers, true)
	case handed:
		h.receivers.remove(g.id)
		if g.on == h && (h.len > 0 || h.closed) {
			return given
		}
	case explaining:
		g.waitsFor("to receive from ", c, h.recvDetail())
	default:
		return When(h.made && (h.closed || h.len > 0 || !h.senders.isEmpty()))
	}
	return unready
}

// wait puts the goroutine on a list, or takes it off. A plain operation on a channel with
// a buffer is not put there: no other goroutine can tell whether it waits already.
func (h *chanHead) wait(g G, list *set, visible bool) Next {
	if g.mode == leaves {
		list.remove(g.id)
	} else if visible && h.made {
		list.add(g.id)
		g.t.parked = inChannels
	}
	return Blocked
}

// put appends a value.
func (c *Chan[E, B]) put(v E) {
	c.buf[int(c.head.len)%len(c.buf)] = v
	c.head.len++
}

// take removes the oldest value, and clears the place behind the last one, so that equal
// channels have equal bytes. Of an empty channel, which is closed, it takes a zero.
func (c *Chan[E, B]) take(into *E, ok *bool) {
	var zero E
	v := c.buf[0]
	if ok != nil {
		*ok = c.head.len > 0
	}
	if n := int(c.head.len); n > 0 {
		for i := 1; i < n; i++ {
			c.buf[i-1] = c.buf[i]
		}
		c.buf[n-1] = zero
		c.head.len--
	}
	if into != nil {
		*into = v
	}
}

func nilChan(g G, wait string) Next { return g.waitsFor(wait, nil, "") }

func (h *chanHead) sendDetail() string {
	switch {
	case !h.made:
		return "nil"
	case h.capacity == 0:
		return "no receiver"
	}
	return fmt.Sprintf("full, %d of %d", h.len, h.capacity)
}

func (h *chanHead) recvDetail() string {
	switch {
	case !h.made:
		return "nil"
	case h.capacity == 0:
		return "no sender"
	}
	return "empty"
}

// String shows the elements in the buffer.
func (c Chan[E, B]) String() string {
	if !c.head.made {
		return "nil"
	}
	var b strings.Builder
	b.WriteByte('[')
	for i := range int(c.head.len) {
		if i > 0 {
			b.WriteByte(' ')
		}
		fmt.Fprintf(&b, "%v", c.buf[i])
	}
	b.WriteByte(']')
	if c.head.closed {
		b.WriteString(" closed")
	}
	for _, w := range []struct {
		who set
		to  string
	}{{c.head.senders, "send"}, {c.head.receivers, "receive"}} {
		if n := w.who.count(); n > 0 {
			fmt.Fprintf(&b, ", %d to %s", n, w.to)
		}
	}
	return b.String()
}
