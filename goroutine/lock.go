package goroutine

import (
	"fmt"
	"strings"
)

// Mutex is a sync.Mutex. The zero value is unlocked.
type Mutex struct{ holder holder }

// holder is the goroutine that has a lock, counted from 1; 0 is none.
type holder uint8

func (h holder) String() string {
	if h == 0 {
		return "unlocked"
	}
	return fmt.Sprintf("locked by %d", h-1)
}

// said names the holder.
func (h holder) said(g G) string {
	switch {
	case h == 0:
		return "unlocked"
	case uint8(h) == g.id+1:
		return "held by itself"
	}
	return "held by " + g.r.name(int(h-1))
}

// Lock waits until the mutex is unlocked, and locks it. Of several goroutines that wait
// any may be the next.
func (m *Mutex) Lock(g G) Next {
	if m.TryLock(g) {
		return On
	}
	if g.mode == explaining {
		g.waitsFor("to lock ", m, m.holder.said(g))
	}
	return Blocked
}

// TryLock locks the mutex if it is unlocked, and reports whether it did.
func (m *Mutex) TryLock(g G) bool {
	if m.holder != 0 || !g.acts() {
		return false
	}
	m.holder = holder(g.id + 1)
	return true
}

// acts reports whether the goroutine takes a step now.
func (g G) acts() bool { return g.mode == trying || g.mode == handed }

// Unlock unlocks the mutex, whoever has locked it. It panics if the mutex is unlocked,
// where Go ends the program with a fatal error.
func (m *Mutex) Unlock(G) Next {
	if m.holder == 0 {
		panic("sync: unlock of unlocked mutex")
	}
	m.holder = 0
	return On
}

// IsLocked reports whether any goroutine has the mutex. It is for properties.
func (m *Mutex) IsLocked() bool { return m.holder != 0 }

// String shows the holder.
func (m Mutex) String() string { return m.holder.String() }

// RWMutex is a sync.RWMutex. The zero value is unlocked. A writer that waits for readers
// keeps new readers out.
type RWMutex struct {
	writer  holder
	waiting bool  // the writer still waits for readers
	readers uint8 // that have the lock
}

// RLock waits until no writer has the lock or waits for readers, and locks it for reading.
func (m *RWMutex) RLock(g G) Next {
	if m.writer == 0 && g.acts() {
		m.readers++
		return On
	}
	if g.mode == explaining {
		g.waitsFor("to lock ", m, "for reading, "+m.said(g))
	}
	return Blocked
}

// RUnlock takes back one RLock. It panics if there is none, where Go ends the program
// with a fatal error.
func (m *RWMutex) RUnlock(G) Next {
	if m.readers == 0 {
		panic("sync: RUnlock of unlocked RWMutex")
	}
	m.readers--
	return On
}

// Lock waits until no other writer has the lock or waits for readers, then until all
// readers have left, and locks it for writing.
func (m *RWMutex) Lock(g G) Next {
	switch {
	case g.mode == explaining:
		return g.waitsFor("to lock ", m, m.said(g))
	case !g.acts():
	case g.t.parked == elsewhere:
		if m.readers == 0 {
			m.waiting = false
			return On
		}
	case m.writer == 0:
		m.writer = holder(g.id + 1)
		if m.readers == 0 {
			return On
		}
		m.waiting, g.t.parked = true, elsewhere
	}
	return Blocked
}

// Unlock unlocks what Lock has locked. It panics if there is nothing, where Go ends the
// program with a fatal error. It also panics while a writer waits for readers; Go does not
// notice that misuse, and loses count of the readers.
func (m *RWMutex) Unlock(G) Next {
	if m.writer == 0 || m.waiting {
		panic("sync: Unlock of unlocked RWMutex")
	}
	m.writer = 0
	return On
}

// IsLocked reports whether a writer has the mutex, and Readers how many readers have it.
// They are for properties.
func (m *RWMutex) IsLocked() bool { return m.writer != 0 && !m.waiting }

// Readers is the number of readers that have the mutex.
func (m *RWMutex) Readers() int { return int(m.readers) }

func (m *RWMutex) said(g G) string {
	switch {
	case uint8(m.writer) == g.id+1 && m.waiting:
		return readers(m.readers)
	case m.waiting:
		return g.r.name(int(m.writer-1)) + " waits for readers"
	}
	return m.writer.said(g)
}

func readers(n uint8) string {
	if n == 1 {
		return "1 reader"
	}
	return fmt.Sprintf("%d readers", n)
}

// String shows who has the mutex.
func (m RWMutex) String() string {
	text := m.writer.String()
	if m.waiting {
		text = fmt.Sprintf("wanted by %d", m.writer-1)
	}
	if m.readers > 0 {
		text += ", " + readers(m.readers)
	}
	return text
}

// Once is a sync.Once, whose function is the statements from one place to another.
type Once struct {
	runner holder
	done   bool
}

// Do is the beginning of once.Do(f). The first goroutine goes on with first, the first
// statement of f, at whose end [Once.Done] stands. The others wait for that, and go on
// behind the statement. A Do in f waits for ever, as in Go.
//
//	{"once.Do(", func(s *State, g G) Next { return s.Once.Do(g, goroutine.Goto(open)) }}
func (o *Once) Do(g G, first Next) Next {
	switch {
	case o.done:
		return On
	case o.runner == 0 && g.acts():
		o.runner = holder(g.id + 1)
		return first
	}
	if g.mode == explaining {
		g.waitsFor("for ", o, "run"+strings.TrimPrefix(o.runner.said(g), "held"))
	}
	return Blocked
}

// Done is the end of the function.
func (o *Once) Done(G) Next {
	*o = Once{done: true}
	return On
}

// IsDone reports whether the function has returned.
func (o *Once) IsDone() bool { return o.done }

// String shows whether the function has returned, and who runs it.
func (o Once) String() string {
	switch {
	case o.done:
		return "done"
	case o.runner != 0:
		return fmt.Sprintf("run by %d", o.runner-1)
	}
	return "not done"
}
