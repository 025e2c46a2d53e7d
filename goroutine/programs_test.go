package goroutine_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/muster-mc/muster/goroutine"
	"github.com/muster-mc/muster/model"
)

// The tests of this file take random programs and compare all their outcomes with those
// of a slow interpreter, twin_test.go, and with those of real goroutines, real_test.go.

// An op is one statement of a random program.
type op int

const (
	lock1 op = iota
	unlock1
	tryLock
	readLock
	readUnlock
	writeLock
	writeUnlock
	condWait
	condSignal
	condBroadcast
	groupAdd
	groupDone
	groupWait
	sendA // without a buffer
	recvA
	closeA
	sendB // with room for one
	recvB
	closeB
	sendNil
	recvNil
	closeNil
	sendAOrRecvB
	recvAOrRecvB
	sendAOrSendB
	sendOrRecvA
	recvAOrNil
	trySendA
	tryRecvA
	trySendB
	tryRecvB
	ops
)

// program is the statements of each goroutine.
type program [][]op

const (
	threadsMost = 3
	opsMost     = 4
)

// String is the statements as numbers, by goroutine.
func (p program) String() string {
	var parts []string
	for _, code := range p {
		parts = append(parts, strings.Trim(fmt.Sprint([]op(code)), "[]"))
	}
	return strings.Join(parts, "/")
}

// programOf reads what String wrote.
func programOf(text string) (p program) {
	for part := range strings.SplitSeq(text, "/") {
		var code []op
		for word := range strings.FieldsSeq(part) {
			var o op
			fmt.Sscan(word, &o)
			code = append(code, o)
		}
		p = append(p, code)
	}
	return p
}

// families are ops that have to do with each other: of two drawn at random most have not.
var families = [][]op{
	{lock1, unlock1, tryLock},
	{readLock, readUnlock, writeLock, writeUnlock},
	{groupAdd, groupAdd, groupDone, groupDone, groupWait},
	{sendA, recvA, closeA, trySendA, tryRecvA, sendOrRecvA},
	{sendA, recvA, sendA, recvA, recvAOrNil, sendNil, recvNil, closeNil},
	{sendB, recvB, sendB, recvB, closeB, trySendB, tryRecvB},
	{sendA, recvA, sendB, recvB, sendAOrRecvB, recvAOrRecvB, sendAOrSendB, trySendA, tryRecvB},
	{sendAOrRecvB, recvAOrRecvB, sendAOrSendB, closeA, closeB, sendB, trySendA, tryRecvA},
	{sendB, recvB, sendAOrSendB, recvAOrRecvB, trySendB, tryRecvB, trySendA},
}

// snippets are goroutines with a condition variable. Each waits with the mutex that it has
// locked itself, for nothing is guaranteed of others.
var snippets = [][]op{
	{lock1, condWait, unlock1}, {lock1, condWait, condSignal, unlock1}, {lock1, condWait, condWait, unlock1}, {lock1, condWait},
	{lock1, condSignal, unlock1}, {lock1, condBroadcast, unlock1}, {lock1, condSignal, condSignal, unlock1},
	{lock1, condSignal, condWait, unlock1}, {condSignal}, {condBroadcast}, {condSignal, condSignal}, {condSignal, tryLock},
}

func randomProgram(r *rand.Rand) program {
	if r.IntN(len(families)+2) < 2 {
		p := make(program, 2+r.IntN(threadsMost-1))
		for i := range p {
			p[i] = snippets[r.IntN(len(snippets))]
		}
		return p
	}
	family := families[r.IntN(len(families))]
	p := make(program, 2+r.IntN(threadsMost-1))
	for i := range p {
		if i == 0 && family[0] == groupAdd {
			p[i] = append(p[i], groupAdd)
		}
		for range 1 + r.IntN(opsMost-1) {
			p[i] = append(p[i], family[r.IntN(len(family))])
		}
	}
	return p
}

// results is the state of a random program.
type results struct {
	Threads [threadsMost]goroutine.Thread
	Mu      goroutine.Mutex
	RW      goroutine.RWMutex
	Cond    goroutine.Cond
	Group   goroutine.WaitGroup
	A, B, N goroutine.Chan[uint8, [1]uint8]
	Log     [threadsMost][opsMost]uint8 // by statement: its result
}

// What the statements write into the log, beside values that were received.
const (
	passed     = 1
	failed     = 2 // a try that did nothing
	wasClosed  = 3
	firstCase  = 100 // added to the result of the case
	secondCase = 150
)

// value is what a statement sends.
func value(thread, at int) uint8 { return uint8(10 + 10*thread + at) }

// received is the result of a receive.
func received(v uint8, ok bool) uint8 {
	if !ok {
		return wasClosed
	}
	return v
}

// modelOf transcribes a random program.
func modelOf(p program) *model.Model[results] {
	g := goroutine.Program[results]{
		Name:    p.String(),
		Threads: func(s *results) []goroutine.Thread { return s.Threads[:len(p)] },
		Init: func(s *results, _ *model.Choice) bool {
			s.A.Make(0)
			s.B.Make(1)
			return true
		},
	}
	for i, code := range p {
		b := goroutine.Body[results]{Name: fmt.Sprint(i)}
		for at, o := range code {
			b.Code = append(b.Code, statementOf(i, at, o))
		}
		g.Bodies = append(g.Bodies, b)
	}
	return g.Model()
}

// channel chooses a channel of the state.
type channel func(s *results) *goroutine.Chan[uint8, [1]uint8]

func chanA(s *results) *goroutine.Chan[uint8, [1]uint8] { return &s.A }
func chanB(s *results) *goroutine.Chan[uint8, [1]uint8] { return &s.B }
func chanN(s *results) *goroutine.Chan[uint8, [1]uint8] { return &s.N }

// statementOf is one statement, which writes its result into the log.
func statementOf(i, at int, o op) goroutine.Statement[results] {
	do := plainOf(i, at, o)
	return goroutine.Do(fmt.Sprint(at, ": op ", int(o)), func(s *results, g G) Next {
		next := do(s, g)
		if next == goroutine.On && s.Log[i][at] == 0 {
			s.Log[i][at] = passed
		}
		return next
	})
}

func plainOf(i, at int, o op) func(s *results, g G) Next {
	v := value(i, at)
	send := func(c channel, s *results, g G, add uint8) Next {
		next := c(s).Send(g, v)
		if next == goroutine.On {
			s.Log[i][at] = add + passed
		}
		return next
	}
	recv := func(c channel, s *results, g G, add uint8) Next {
		var v uint8
		var ok bool
		next := c(s).RecvOK(g, &v, &ok)
		if next == goroutine.On {
			s.Log[i][at] = add + received(v, ok)
		}
		return next
	}
	type act func(c channel, s *results, g G, add uint8) Next
	plain := func(a act, c channel) func(s *results, g G) Next {
		return func(s *results, g G) Next { return a(c, s, g, 0) }
	}
	either := func(ready func(s *results, g G) int, a, b act, ca, cb channel) func(s *results, g G) Next {
		return func(s *results, g G) Next {
			switch ready(s, g) {
			case 0:
				return a(ca, s, g, firstCase)
			case 1:
				return b(cb, s, g, secondCase)
			}
			return goroutine.Blocked
		}
	}
	try := func(ready func(s *results, g G) int, a act, c channel) func(s *results, g G) Next {
		return func(s *results, g G) Next {
			if ready(s, g) == 0 {
				return a(c, s, g, 0)
			}
			s.Log[i][at] = failed
			return goroutine.On
		}
	}
	switch o {
	case lock1:
		return func(s *results, g G) Next { return s.Mu.Lock(g) }
	case unlock1:
		return func(s *results, g G) Next { return s.Mu.Unlock(g) }
	case tryLock:
		return func(s *results, g G) Next {
			if !s.Mu.TryLock(g) {
				s.Log[i][at] = failed
			}
			return goroutine.On
		}
	case readLock:
		return func(s *results, g G) Next { return s.RW.RLock(g) }
	case readUnlock:
		return func(s *results, g G) Next { return s.RW.RUnlock(g) }
	case writeLock:
		return func(s *results, g G) Next { return s.RW.Lock(g) }
	case writeUnlock:
		return func(s *results, g G) Next { return s.RW.Unlock(g) }
	case condWait:
		return func(s *results, g G) Next { return s.Cond.Wait(g, &s.Mu) }
	case condSignal:
		return func(s *results, g G) Next { return s.Cond.Signal(g) }
	case condBroadcast:
		return func(s *results, g G) Next { return s.Cond.Broadcast(g) }
	case groupAdd:
		return func(s *results, g G) Next { return s.Group.Add(g, 1) }
	case groupDone:
		return func(s *results, g G) Next { return s.Group.Done(g) }
	case groupWait:
		return func(s *results, g G) Next { return s.Group.Wait(g) }
	case sendA:
		return plain(send, chanA)
	case recvA:
		return plain(recv, chanA)
	case closeA:
		return func(s *results, g G) Next { return s.A.Close(g) }
	case sendB:
		return plain(send, chanB)
	case recvB:
		return plain(recv, chanB)
	case closeB:
		return func(s *results, g G) Next { return s.B.Close(g) }
	case sendNil:
		return plain(send, chanN)
	case recvNil:
		return plain(recv, chanN)
	case closeNil:
		return func(s *results, g G) Next { return s.N.Close(g) }
	case sendAOrRecvB:
		return either(func(s *results, g G) int { return g.Select(s.A.CanSend(g), s.B.CanRecv(g)) }, send, recv, chanA, chanB)
	case recvAOrRecvB:
		return either(func(s *results, g G) int { return g.Select(s.A.CanRecv(g), s.B.CanRecv(g)) }, recv, recv, chanA, chanB)
	case sendAOrSendB:
		return either(func(s *results, g G) int { return g.Select(s.A.CanSend(g), s.B.CanSend(g)) }, send, send, chanA, chanB)
	case sendOrRecvA:
		return either(func(s *results, g G) int { return g.Select(s.A.CanSend(g), s.A.CanRecv(g)) }, send, recv, chanA, chanA)
	case recvAOrNil:
		return either(func(s *results, g G) int { return g.Select(s.A.CanRecv(g), s.N.CanRecv(g)) }, recv, recv, chanA, chanN)
	case trySendA:
		return try(func(s *results, g G) int { return g.Select(s.A.CanSend(g)) }, send, chanA)
	case tryRecvA:
		return try(func(s *results, g G) int { return g.Select(s.A.CanRecv(g)) }, recv, chanA)
	case trySendB:
		return try(func(s *results, g G) int { return g.Select(s.B.CanSend(g)) }, send, chanB)
	case tryRecvB:
		return try(func(s *results, g G) int { return g.Select(s.B.CanRecv(g)) }, recv, chanB)
	}
	panic("unknown op")
}

// outcomes are all ends of a program: the log, a panic or a deadlock.
type outcomes map[string]bool

const deadlock = "all goroutines are asleep - deadlock!"

// ends explores a model by a search of its own: a stack, a map, and each action with each
// answer. An action that reports false must not have changed the state.
func ends(t *testing.T, p program) outcomes {
	m := modelOf(p)
	found := outcomes{}
	var first results
	m.Init(&first, nil)
	seen, stack := map[results]bool{first: true}, []results{first}
	for len(stack) > 0 {
		s := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		stuck := true
		for _, a := range m.Actions {
			var o model.Odometer
			o.Reset()
			for more := true; more; more = o.Next() {
				next := s
				enabled, panicked := take(a, &next, &o)
				switch {
				case panicked != "":
					found[panicked] = true
					stuck = false
				case enabled:
					stuck = false
					if !seen[next] {
						seen[next] = true
						stack = append(stack, next)
					}
				case next != s:
					t.Fatalf("%s: %s reports false and changes\n%+v to\n%+v", p, a.Name, s, next)
				}
			}
		}
		switch {
		case stuck && m.Terminal(&s):
			found[fmt.Sprint(s.Log)] = true
		case stuck:
			found[deadlock] = true
			if w := m.Waits(&s); len(w) == 0 {
				t.Errorf("%s: a deadlock in which no goroutine waits: %+v", p, s)
			}
		}
	}
	return found
}

func take(a model.Action[results], s *results, o *model.Odometer) (enabled bool, panicked string) {
	defer func() {
		if v := recover(); v != nil {
			panicked = fmt.Sprint(v)
		}
	}()
	return a.Do(s, o.Choice()), ""
}
