package goroutine_test

import (
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
	"github.com/muster-mc/muster/goroutine"
	"github.com/muster-mc/muster/model"
)

// A goroutine waits for a channel and for a condition. If the condition becomes true, and
// then a value is handed over, the goroutine takes the value: the case is not open any more.
func TestAValueIsTakenByItsCase(t *testing.T) {
	ann := func(s *things, g G) Next {
		switch g.Select(s.Nested.Chans[0].CanRecv(g), goroutine.When(s.Flag.Load())) {
		case 0:
			return s.Nested.Chans[0].Recv(g, &s.X)
		case 1:
			return goroutine.Return
		}
		return goroutine.Blocked
	}
	bob := []does{
		func(s *things, g G) Next { s.Flag.Store(true); return goroutine.On },
		func(s *things, g G) Next { return s.Nested.Chans[0].Send(g, 7) },
	}
	p := newThings([]does{ann}, bob)
	p.Bodies[1].Daemon = true // if ann has taken the condition, bob waits for ever
	p.Properties = []model.Property[things]{
		model.Always("NothingStaysBehind", func(s *things) bool { return s.Nested.Chans[0].Len() == 0 }),
		model.Always("NothingIsLost", func(s *things) bool { return s.Threads != [2]goroutine.Thread{} || s.X == 7 }),
		model.Reachable("TheValueIsTaken", func(s *things) bool { return s.X == 7 }),
		model.Reachable("TheConditionIsTaken", func(s *things) bool { return !s.Threads[0].Runs() && s.X == 0 }),
	}
	mctest.Holds(t, p.Model(), explore.Options{})
}

// A panic is a step: whoever is about to panic does not wait.
func TestWhoPanicsDoesNotWait(t *testing.T) {
	p := newThings(
		[]does{func(s *things, g G) Next { return s.Nested.Chans[0].Send(g, 1) }},
		[]does{func(s *things, g G) Next { return s.Nested.Chans[0].Close(g) }},
	)
	p.Properties = append(p.Properties, p.NoneWaitsForEver())
	r := mctest.Breaks(t, p.Model(), explore.Options{}, explore.Panic, 0)
	if got := r.Properties[len(r.Properties)-1].Detail; len(got) < 3 || got[:3] != "ann" {
		t.Errorf("got %q", got)
	}
	m := p.Model()
	var s things
	m.Init(&s, nil)
	for _, name := range []int{0, 1} { // ann waits to send, and bob closes
		var o model.Odometer
		o.Reset()
		if !m.Actions[name].Do(&s, o.Choice()) {
			t.Fatalf("%s is not enabled", m.Actions[name].Name)
		}
	}
	if w := m.Waits(&s); len(w) != 0 {
		t.Errorf("got %v", w)
	}
}
