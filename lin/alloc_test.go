package lin_test

import (
	"testing"

	"github.com/muster-mc/muster/internal/codec"
	"github.com/muster-mc/muster/lin"
)

// seen is a state with monitors of a register and of a lock.
type seen struct {
	Register lin.RegisterMonitor[clientID, uint8]
	Lock     lin.Monitor[clientID, lin.Lock[clientID], lin.LockOp[clientID], uint8]
}

// In memory that has held such monitors before, as that of a search has, calls and answers allocate nothing: nor do
// the decoding of a monitor and its encoding.
func TestAllocations(t *testing.T) {
	c, err := codec.For[seen]()
	if err != nil {
		t.Fatal(err)
	}
	space := c.New()
	var first, work seen
	for id := range clientID(3) {
		first.Register.Call(id, lin.Write(uint8(id)+1))
	}
	first.Lock.Call(1, lin.Acquire[clientID](1))
	parent, child := space.Append(nil, &first), []byte(nil)
	steps := []func(s *seen){
		func(s *seen) { s.Register.Answer(1, 0) },
		func(s *seen) { s.Register.Call(3, lin.Read[uint8]()) },
		func(s *seen) { s.Register.Answer(0, 0); s.Register.Call(0, lin.Read[uint8]()); s.Register.Answer(0, 3) },
		func(s *seen) { s.Register.Answer(2, 9); s.Register.Call(2, lin.Read[uint8]()); s.Register.Answer(2, 9) }, // violated
		func(s *seen) { s.Lock.Answer(1, 1); s.Lock.Call(2, lin.Acquire[clientID](2)) },
	}
	ok := 0
	expand := func() {
		ok = 0
		for _, step := range steps {
			space.Decode(&work, parent)
			step(&work)
			child = space.Append(child[:0], &work)
			if work.Register.OK() && work.Lock.OK() {
				ok++
			}
		}
	}
	if n := testing.AllocsPerRun(50, expand); n > 0 {
		t.Errorf("%v allocations for %d steps", n, len(steps))
	}
	if ok != 4 {
		t.Errorf("%d of the steps are explained; want 4", ok)
	}
}
