package goroutine

import "fmt"

// Cond is a sync.Cond with a Mutex.
type Cond struct{ waiters set }

// Wait unlocks the mutex and waits for a signal; then it waits until it can lock the
// mutex again. Each of the two is a step. There is no other reason to wake up than a
// signal. It panics if the mutex is unlocked. The goroutine must have locked the mutex
// itself.
func (c *Cond) Wait(g G, m *Mutex) Next {
	switch {
	case g.mode == explaining:
		return c.explain(g, m)
	case !g.acts():
	case g.t.parked != elsewhere:
		m.Unlock(g)
		c.waiters.add(g.id)
		g.t.parked = elsewhere
	case !c.waiters.has(g.id) && m.TryLock(g):
		return On
	}
	return Blocked
}

func (c *Cond) explain(g G, m *Mutex) Next {
	if c.waiters.has(g.id) {
		return g.waitsFor("for a signal of ", c, fmt.Sprintf("%d waiting", c.waiters.count()))
	}
	return g.waitsFor("to lock again ", m, m.holder.said(g))
}

// Signal wakes one of the goroutines that wait, if there is any. Which one is open.
func (c *Cond) Signal(g G) Next {
	if id := g.one("wakes", c.waiters.mask()); id >= 0 {
		c.waiters.remove(uint8(id))
	}
	return On
}

// Broadcast wakes all goroutines that wait.
func (c *Cond) Broadcast(G) Next {
	c.waiters = set{}
	return On
}

// Waiters is the number of goroutines that wait for a signal.
func (c *Cond) Waiters() int { return c.waiters.count() }

// String shows how many goroutines wait for a signal.
func (c Cond) String() string { return fmt.Sprintf("%d waiting", c.waiters.count()) }

// WaitGroup is a sync.WaitGroup.
type WaitGroup struct {
	counter uint8
	waiters set
}

// counterMax is the largest counter.
const counterMax = 255

// Add adds delta, which may be negative, to the counter, and wakes all that wait when it
// is zero. It panics if the counter becomes negative.
func (w *WaitGroup) Add(_ G, delta int) Next {
	n := int(w.counter) + delta
	switch {
	case n < 0:
		panic("sync: negative WaitGroup counter")
	case n > counterMax:
		panic(fmt.Sprintf("goroutine: a WaitGroup counts to %d at most, and not to %d", counterMax, n))
	case n == 0:
		w.waiters = set{}
	}
	w.counter = uint8(n)
	return On
}

// Done is Add of -1.
func (w *WaitGroup) Done(g G) Next { return w.Add(g, -1) }

// Wait waits until the counter is zero. A goroutine that had to wait returns in a step of
// its own; it panics if the counter is not zero any more by then.
func (w *WaitGroup) Wait(g G) Next {
	switch {
	case g.mode == explaining:
		return g.waitsFor("for ", w, fmt.Sprintf("counter %d", w.counter))
	case !g.acts():
	case g.t.parked != elsewhere && w.counter == 0:
		return On
	case g.t.parked != elsewhere:
		w.waiters.add(g.id)
		g.t.parked = elsewhere
	case w.waiters.has(g.id):
	case w.counter != 0:
		panic("sync: WaitGroup is reused before previous Wait has returned")
	default:
		return On
	}
	return Blocked
}

// Counter is the counter.
func (w *WaitGroup) Counter() int { return int(w.counter) }

// String shows the counter, and how many goroutines wait.
func (w WaitGroup) String() string {
	if n := w.waiters.count(); n > 0 {
		return fmt.Sprintf("%d, %d waiting", w.counter, n)
	}
	return fmt.Sprint(w.counter)
}
