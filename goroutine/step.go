package goroutine

import (
	"fmt"
	"math/bits"

	"github.com/muster-mc/muster/model"
)

// Next is what a goroutine does after a statement.
type Next int16

// What can come next. [Goto] is the third.
const (
	// Blocked: the statement has to wait. The state must not have been changed.
	Blocked Next = iota

	// On: the next statement comes.
	On

	// Return ends the goroutine.
	Return

	toFirst // goes to the statement 0, toFirst+1 to the statement 1
)

// Goto goes to a statement, by its place in the body.
func Goto(statement int) Next { return toFirst + Next(statement) }

// Then returns other if n is On, and n otherwise: the way on from an operation that may
// have to wait.
//
//	return s.Ready.Wait(g, &s.Mu).Then(goroutine.Goto(check))
func (n Next) Then(other Next) Next {
	if n == On {
		return other
	}
	return n
}

// Thread is one goroutine as part of a state: its program counter, and whether it waits.
// The zero value has not begun, or has returned.
type Thread struct {
	at     uint8 // 0: does not run; otherwise the statement, counted from 1
	parked parking
}

// parking is how a goroutine waits.
type parking uint8

const (
	runs       parking = iota
	inChannels         // the goroutine is in the lists of one channel or more
	elsewhere          // another object knows that the goroutine waits
	doomed             // the channel on which the goroutine waited to send is closed
)

// At reports whether the goroutine is at a statement, by its place in the body: the
// statement comes next, or the goroutine waits in it.
func (t Thread) At(statement int) bool { return int(t.at) == statement+1 }

// Runs reports whether the goroutine has begun and has not returned.
func (t Thread) Runs() bool { return t.at != 0 }

// Waits reports whether the goroutine has begun to wait, so that others can tell: see
// the package comment.
func (t Thread) Waits() bool { return t.parked != runs }

// String shows the place of the statement, and whether the goroutine waits in it.
func (t Thread) String() string {
	switch {
	case t.at == 0:
		return "-"
	case t.parked != runs:
		return fmt.Sprintf("%d waits", t.at-1)
	}
	return fmt.Sprint(t.at - 1)
}

// G is the goroutine that takes a step. Every operation is given the one that its
// statement was given. It must not be kept.
type G struct {
	id, copy uint8
	mode     mode
	c        *model.Choice
	t        *Thread
	r        scene
	s        any       // the state, a pointer
	on       *chanHead // in mode handed: the channel
}

// mode is the purpose for which a statement is run.
type mode uint8

const (
	trying     mode = iota // the goroutine goes on if it can
	parks                  // it has to wait: channels put it on their lists
	leaves                 // channels take it off their lists
	handed                 // another goroutine sends to it, receives from it, or closes
	explaining             // operations that have to wait say why
)

// scene is a program without the type of its states.
type scene interface {
	hand(g G, to int, on *chanHead)
	doom(g G, sender int)
	start(g G, body int)
	note(g G, wait string, object any, detail string)
	name(id int) string
}

// ID is the number of the goroutine among all.
func (g G) ID() int { return int(g.id) }

// Copy is the number of the goroutine among those that run its body.
func (g G) Copy() int { return int(g.copy) }

// Choice answers questions about what is open, such as the value that a client asks for.
// A statement that may have to wait must not ask: choose in one before it.
func (g G) Choice() *model.Choice { return g.c }

// Go starts a goroutine: the first one of the body, by its place in the program, that
// does not run. It panics if all copies of the body run.
func (g G) Go(body int) Next {
	g.r.start(g, body)
	return On
}

// Case is one case of a select: [Chan.CanSend], [Chan.CanRecv] and [When] return one.
type Case uint8

const (
	unready Case = iota
	ready
	given // its channel is the reason why the goroutine goes on
)

// When is a case that is ready if the condition is true, for what the model has no channel
// for, such as a timer: When(true) may be taken at any time. The condition must depend on
// the state alone.
func When(condition bool) Case {
	if condition {
		return ready
	}
	return unready
}

// Select returns one of the cases that can go on, and -1 if there is none. Which one is
// open, as in Go. After -1 the statement returns Blocked, or does what a default does.
// The operation of the case must follow in the same statement.
//
//	switch g.Select(s.Out.CanSend(g), s.Done.CanRecv(g)) {
//	case 0:
//		return s.Out.Send(g, v)
//	case 1:
//		return goroutine.Return
//	}
//	return goroutine.Blocked
func (g G) Select(cases ...Case) int {
	wanted := ready
	if g.mode == handed {
		wanted = given
	}
	var mask uint64
	for i, c := range cases {
		if c == wanted && g.acts() {
			mask |= 1 << i
		}
	}
	return g.one("case", mask)
}

// one returns a member of a set, -1 if there is none. There is only something to ask if
// there are several.
func (g G) one(name string, of uint64) int {
	switch {
	case of == 0:
		return -1
	case of&(of-1) == 0:
		return bits.TrailingZeros64(of)
	}
	return model.Member(g.c, name, of)
}

// waitsFor is the answer of an operation that has to wait. Only then does it say why.
func (g G) waitsFor(wait string, object any, detail string) Next {
	g.r.note(g, wait, object, detail)
	return Blocked
}

// step takes a step of a goroutine, and reports whether there is one.
//
// A statement that has to wait is run twice, so that a select finds out that no case is
// ready before any channel puts the goroutine on a list. One that waits in channels comes
// off all lists before it tries again, for the case that goes on must leave nothing
// behind in the others.
func (r *runner[S]) step(s *S, g G, do func(*S, G) Next) bool {
	before := g.t.parked
	if before == doomed {
		panic(sendOnClosed)
	}
	if before == inChannels {
		g.mode = leaves
		do(s, g)
		g.t.parked, g.mode = runs, trying
	}
	next := do(s, g)
	if next != Blocked {
		r.move(g.t, int(g.id), next)
		return true
	}
	if g.t.parked == runs {
		g.mode = parks
		do(s, g)
	}
	return g.t.parked != before
}

// move goes to the next statement.
func (r *runner[S]) move(t *Thread, id int, next Next) {
	t.parked = runs
	length := len(r.threads[id].code)
	switch to := int(next - toFirst); {
	case next == On && int(t.at) < length:
		t.at++
	case next == On || next == Return:
		t.at = 0
	case to >= 0 && to < length:
		t.at = uint8(to + 1)
	default:
		panic(fmt.Sprintf("goroutine: %s goes to statement %d; the last one is %d", r.threads[id].name, to, length-1))
	}
}

// hand lets another goroutine, which waits in a channel, do its part.
func (r *runner[S]) hand(g G, to int, on *chanHead) {
	s := g.s.(*S)
	other, t := &r.threads[to], &r.of(s)[to]
	g.id, g.copy, g.t, g.mode, g.on = uint8(to), uint8(other.copy), t, handed, on
	statement := &other.code[t.at-1]
	next := statement.do(s, g)
	if next == Blocked {
		panic(fmt.Sprintf("goroutine: %s waits in %q for a channel, and the statement does not go on with it: "+
			"the operation of a select's case must follow in the same statement", other.name, statement.text))
	}
	r.move(t, to, next)
}

// doom takes a goroutine that waits to send off all lists. The channel is closed, so that
// its next step is a panic.
func (r *runner[S]) doom(g G, sender int) {
	s := g.s.(*S)
	other, t := &r.threads[sender], &r.of(s)[sender]
	g.id, g.copy, g.t, g.mode = uint8(sender), uint8(other.copy), t, leaves
	other.code[t.at-1].do(s, g)
	t.parked = doomed
}

func (r *runner[S]) start(g G, body int) {
	if body < 0 || body >= len(r.first) {
		panic(fmt.Sprintf("goroutine: %s starts body %d; the last one is %d", r.name(int(g.id)), body, len(r.first)-1))
	}
	threads := r.of(g.s.(*S))
	first := r.first[body]
	for i := range max(1, r.threads[first].Copies) {
		if t := &threads[first+i]; t.at == 0 {
			t.at = 1
			return
		}
	}
	panic(fmt.Sprintf("goroutine: all copies of %s run: give the body more Copies", r.threads[first].Name))
}

func (r *runner[S]) name(id int) string { return r.threads[id].name }

// note is for the runs that explain; see waits.
func (r *runner[S]) note(G, string, any, string) {}

// set is a set of goroutines. Two bytes have no alignment, so that a state has no
// padding.
type set [2]uint8

func (s set) mask() uint64      { return uint64(s[0]) | uint64(s[1])<<8 }
func (s set) has(id uint8) bool { return s[id>>3&1]>>(id&7)&1 != 0 }
func (s *set) add(id uint8)     { s[id>>3&1] |= 1 << (id & 7) }
func (s *set) remove(id uint8)  { s[id>>3&1] &^= 1 << (id & 7) }
func (s set) isEmpty() bool     { return s == set{} }
func (s set) count() int        { return bits.OnesCount64(s.mask()) }
func (s set) lowest() int       { return bits.TrailingZeros64(s.mask()) }
