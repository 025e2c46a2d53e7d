package goroutine_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
)

// The interpreter of this file does what Go's runtime does, step by step: every goroutine
// that has to wait is put on a list first, also on that of a channel with a buffer, and
// takes its result when it is woken. Only the order of the lists is open. It has no code in
// common with the package.

type machine struct {
	threads []routine
	mu      bool
	cond    []int // that wait for a signal
	writer  bool  // RWMutex.w is locked
	readers int   // readerCount, without the large number
	pending bool  // the large number is subtracted
	left    int   // readerWait
	reading int   // that have the lock: Go does not know this number, and misses some misuse
	group   int
	waiters []int
	chans   [3]pipe
	log     [threadsMost][opsMost]uint8
	fatal   string
}

// routine is a goroutine: its statement, how far it is in it, and what woke it.
type routine struct {
	at, phase int
	woken     bool
	result    uint8
}

type pipe struct {
	made, closed   bool
	capacity       int
	buffer         []uint8
	sending, wants []waiter
}

// waiter is one case of a goroutine on a list.
type waiter struct {
	thread int
	value  uint8
	add    uint8
}

func (m machine) clone() machine {
	m.threads, m.cond, m.waiters = slices.Clone(m.threads), slices.Clone(m.cond), slices.Clone(m.waiters)
	for i := range m.chans {
		c := &m.chans[i]
		c.buffer, c.sending, c.wants = slices.Clone(c.buffer), slices.Clone(c.sending), slices.Clone(c.wants)
	}
	return m
}

func (m *machine) key() string { return fmt.Sprintf("%+v", *m) }

// cases are what a statement does with channels: which channel, and whether it sends.
type branch struct {
	to    int
	sends bool
}

var branches = map[op][]branch{
	sendA: {{0, true}}, recvA: {{0, false}}, sendB: {{1, true}}, recvB: {{1, false}}, sendNil: {{2, true}}, recvNil: {{2, false}},
	sendAOrRecvB: {{0, true}, {1, false}}, recvAOrRecvB: {{0, false}, {1, false}}, sendAOrSendB: {{0, true}, {1, true}},
	sendOrRecvA: {{0, true}, {0, false}}, recvAOrNil: {{0, false}, {2, false}},
	trySendA: {{0, true}}, tryRecvA: {{0, false}}, trySendB: {{1, true}}, tryRecvB: {{1, false}},
}

var tries = []op{trySendA, tryRecvA, trySendB, tryRecvB}

// nexts are the states after one step of one goroutine.
func (m machine) nexts(p program, i int) (list []machine) {
	r := m.threads[i]
	if r.at == len(p[i]) {
		return nil
	}
	n := m.clone()
	me := &n.threads[i]
	done := func(result uint8) []machine {
		n.log[i][r.at] = result
		n.threads[i] = routine{at: r.at + 1}
		return []machine{n}
	}
	parks := func(phase int) []machine { me.phase = phase; return []machine{n} }
	fatal := func(text string) []machine { n.fatal = text; return []machine{n} }
	if b := branches[p[i][r.at]]; b != nil {
		return m.channels(p, i, b)
	}
	switch o := p[i][r.at]; o {
	case lock1:
		if !n.mu {
			n.mu = true
			return done(passed)
		}
	case tryLock:
		if n.mu {
			return done(failed)
		}
		n.mu = true
		return done(passed)
	case unlock1:
		if !n.mu {
			return fatal("sync: unlock of unlocked mutex")
		}
		n.mu = false
		return done(passed)
	case readLock:
		switch {
		case r.phase == 0:
			n.readers++
			if !n.pending {
				n.reading++
				return done(passed)
			}
			return parks(1)
		case r.woken:
			n.reading++
			return done(passed)
		}
	case readUnlock:
		if n.reading == 0 {
			return fatal("sync: RUnlock of unlocked RWMutex")
		}
		n.reading--
		n.readers--
		if n.pending {
			if n.left--; n.left == 0 {
				n.wakePhase(2, p, writeLock)
			}
		}
		return done(passed)
	case writeLock:
		switch {
		case r.phase == 0 && !n.writer:
			n.writer = true
			return parks(1)
		case r.phase == 1:
			n.pending, n.left = true, n.readers
			if n.left == 0 {
				return done(passed)
			}
			return parks(2)
		case r.phase == 2 && r.woken:
			return done(passed)
		}
	case writeUnlock:
		switch {
		case r.phase == 0 && (!n.pending || n.isWriterWaiting(p)):
			return fatal("sync: Unlock of unlocked RWMutex")
		case r.phase == 0:
			n.pending = false
			n.wakePhase(1, p, readLock)
			return parks(1)
		}
		n.writer = false
		return done(passed)
	case condWait:
		switch {
		case r.phase == 0:
			n.cond = append(n.cond, i)
			return parks(1)
		case r.phase == 1:
			if !n.mu {
				return fatal("sync: unlock of unlocked mutex")
			}
			n.mu = false
			return parks(2)
		case r.woken && !n.mu:
			n.mu = true
			return done(passed)
		}
	case condSignal:
		if len(n.cond) == 0 {
			return done(passed)
		}
		for k, id := range n.cond {
			x := n.clone()
			x.cond = slices.Delete(x.cond, k, k+1)
			x.threads[id].woken = true
			x.log[i][r.at] = passed
			x.threads[i] = routine{at: r.at + 1}
			list = append(list, x)
		}
		return list
	case condBroadcast:
		for _, id := range n.cond {
			n.threads[id].woken = true
		}
		n.cond = nil
		return done(passed)
	case groupAdd, groupDone:
		n.group++
		if o == groupDone {
			n.group -= 2
		}
		if n.group < 0 {
			return fatal("sync: negative WaitGroup counter")
		}
		if n.group == 0 {
			for _, id := range n.waiters {
				n.threads[id].woken = true
			}
			n.waiters = nil
		}
		return done(passed)
	case groupWait:
		switch {
		case r.phase == 0 && n.group == 0:
			return done(passed)
		case r.phase == 0:
			n.waiters = append(n.waiters, i)
			return parks(1)
		case r.woken && n.group != 0:
			return fatal("sync: WaitGroup is reused before previous Wait has returned")
		case r.woken:
			return done(passed)
		}
	case closeA, closeB, closeNil:
		c := &n.chans[map[op]int{closeA: 0, closeB: 1, closeNil: 2}[o]]
		switch {
		case !c.made:
			return fatal("close of nil channel")
		case c.closed:
			return fatal("close of closed channel")
		}
		c.closed = true
		for _, w := range c.wants {
			n.wake(w.thread, w.add+wasClosed)
		}
		for _, w := range c.sending {
			n.wake(w.thread, 0) // panics when it runs
		}
		return done(passed)
	default:
		panic(fmt.Sprint("unknown op ", o))
	}
	return nil
}

// isWriterWaiting reports whether a writer waits for readers. If another goroutine unlocks
// the mutex then, Go does not notice and the mutex is in disorder; the package panics.
func (m *machine) isWriterWaiting(p program) bool {
	for i, r := range m.threads {
		if r.at < len(p[i]) && p[i][r.at] == writeLock && r.phase == 2 {
			return true
		}
	}
	return false
}

// wakePhase wakes the goroutines that are in a phase of an op.
func (m *machine) wakePhase(phase int, p program, o op) {
	for i := range m.threads {
		if r := &m.threads[i]; r.at < len(p[i]) && p[i][r.at] == o && r.phase == phase {
			r.woken = true
		}
	}
}

// wake gives a goroutine the result of its channel operation, and takes it off all lists.
func (m *machine) wake(id int, result uint8) {
	m.threads[id].woken, m.threads[id].result = true, result
	for i := range m.chans {
		his := func(w waiter) bool { return w.thread == id }
		m.chans[i].sending = slices.DeleteFunc(slices.Clone(m.chans[i].sending), his)
		m.chans[i].wants = slices.DeleteFunc(slices.Clone(m.chans[i].wants), his)
	}
}

// channels are the steps of a statement with one case or more.
func (m machine) channels(p program, i int, cases []branch) (list []machine) {
	r := m.threads[i]
	finish := func(n machine, result uint8) {
		n.log[i][r.at] = result
		n.threads[i] = routine{at: r.at + 1}
		list = append(list, n)
	}
	if r.phase == 1 {
		switch {
		case r.woken && r.result == 0:
			n := m.clone()
			n.fatal = "send on closed channel"
			list = append(list, n)
		case r.woken:
			finish(m.clone(), r.result)
		}
		return list
	}
	for k, b := range cases {
		add := uint8(0)
		if len(cases) > 1 {
			add = []uint8{firstCase, secondCase}[k]
		}
		c := m.chans[b.to]
		n := m.clone()
		d := &n.chans[b.to]
		switch {
		case !c.made:
		case b.sends && c.closed:
			n.fatal = "send on closed channel"
			list = append(list, n)
		case b.sends && len(c.wants) > 0:
			for _, w := range c.wants {
				x := m.clone()
				x.wake(w.thread, w.add+value(i, r.at))
				finish(x, add+passed)
			}
		case b.sends && len(c.buffer) < c.capacity:
			d.buffer = append(d.buffer, value(i, r.at))
			finish(n, add+passed)
		case !b.sends && len(c.buffer) > 0:
			v := c.buffer[0]
			if len(c.sending) == 0 {
				d.buffer = d.buffer[1:]
				finish(n, add+v)
			}
			for _, w := range c.sending {
				x := m.clone()
				x.chans[b.to].buffer = append(x.chans[b.to].buffer[1:], w.value)
				x.wake(w.thread, w.add+passed)
				finish(x, add+v)
			}
		case !b.sends && len(c.sending) > 0 && !c.closed:
			for _, w := range c.sending {
				x := m.clone()
				x.wake(w.thread, w.add+passed)
				finish(x, add+w.value)
			}
		case !b.sends && c.closed:
			finish(n, add+wasClosed)
		}
	}
	if len(list) > 0 {
		return list
	}
	n := m.clone()
	if slices.Contains(tries, p[i][r.at]) {
		finish(n, failed)
		return list
	}
	n.threads[i].phase = 1
	for k, b := range cases {
		w := waiter{thread: i, value: value(i, r.at)}
		if len(cases) > 1 {
			w.add = []uint8{firstCase, secondCase}[k]
		}
		if c := &n.chans[b.to]; b.sends {
			c.sending = append(c.sending, w)
		} else {
			c.wants = append(c.wants, w)
		}
	}
	return []machine{n}
}

// twinEnds are the outcomes of a program by the interpreter.
func twinEnds(p program) outcomes {
	found := outcomes{}
	first := machine{threads: make([]routine, len(p))}
	first.chans[0], first.chans[1] = pipe{made: true}, pipe{made: true, capacity: 1}
	seen, stack := map[string]bool{first.key(): true}, []machine{first}
	for len(stack) > 0 {
		m := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		stuck, over := true, true
		for i := range p {
			over = over && m.threads[i].at == len(p[i])
			for _, n := range m.nexts(p, i) {
				stuck = false
				if n.fatal != "" {
					found[n.fatal] = true
				} else if k := n.key(); !seen[k] {
					seen[k] = true
					stack = append(stack, n)
				}
			}
		}
		switch {
		case stuck && over:
			found[fmt.Sprint(m.log)] = true
		case stuck:
			found[deadlock] = true
		}
	}
	return found
}

func TestAllOutcomesAreThoseOfTheTwin(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	kinds := map[string]int{}
	for range 4000 {
		p := randomProgram(r)
		got, want := ends(t, p), twinEnds(p)
		if !maps.Equal(got, want) {
			t.Fatalf("%s: the outcomes are\n%q, want\n%q", p, slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want)))
		}
		for o := range want {
			if o[0] == '[' {
				o = "returns"
			}
			kinds[o]++
		}
	}
	for _, o := range []string{
		"returns", deadlock, "send on closed channel", "close of closed channel", "close of nil channel",
		"sync: unlock of unlocked mutex", "sync: RUnlock of unlocked RWMutex", "sync: Unlock of unlocked RWMutex",
		"sync: negative WaitGroup counter", "sync: WaitGroup is reused before previous Wait has returned",
	} {
		if kinds[o] < 10 {
			t.Errorf("only %d of the programs have the outcome %q", kinds[o], o)
		}
	}
}
