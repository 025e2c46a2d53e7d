package lin_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
	"github.com/muster-mc/muster/lin"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// A call can begin in the step in which another of the client ends, begin and end in one
// step, and have no answer.
func TestLanes(t *testing.T) {
	got := lin.Lanes([]lin.Call{
		{Client: "b", Arguments: "write 1", Answer: "ok", From: 1, To: 3},
		{Client: "a", Arguments: "read", Answer: "0", From: 2, To: 3},
		{Client: "b", Arguments: "read", Answer: "1", From: 3, To: 12},
		{Client: "a", Arguments: "read", Answer: "7", From: 5, To: 5, Wrong: true},
		{Client: "a", Arguments: "write 2", From: 12},
	})
	want := `
step  1 2         3   5         12
a       [read----0]   [read--7]   [write 2-->
                      ^^^^^^^^^
b     [write 1--ok] [read------1]
`
	if "\n"+got != want {
		t.Errorf("got\n%s", got)
	}
}

// waiter calls in one step and gets its answers in others.
type waiter struct {
	Step uint8
	Lock lin.Monitor[clientID, lin.Lock[clientID], lin.LockOp[clientID], uint8]
	Past lin.RegisterHistory[clientID, uint8]
}

func scripted(steps []func(s *waiter), properties ...model.Property[waiter]) *model.Model[waiter] {
	return &model.Model[waiter]{
		Name: "scripted",
		Actions: []model.Action[waiter]{{Name: "Go", Do: func(s *waiter, _ *model.Choice) bool {
			if int(s.Step) == len(steps) {
				return false
			}
			steps[s.Step](s)
			s.Step++
			return true
		}}},
		Properties: properties, AllowDeadlock: true,
	}
}

// A lock that is given to two clients.
func TestAnswerWhileWaiting(t *testing.T) {
	m := scripted([]func(s *waiter){
		func(s *waiter) { s.Lock.Call(1, lin.Acquire[clientID](1)) },
		func(s *waiter) { s.Lock.Answer(1, 1); s.Lock.Call(2, lin.Acquire[clientID](2)) },
		func(s *waiter) { s.Lock.Answer(2, 2) },
	}, lin.Linearizable("Exclusive", func(s *waiter) *lin.Monitor[clientID, lin.Lock[clientID], lin.LockOp[clientID], uint8] {
		return &s.Lock
	}))
	p := mctest.Breaks(t, m, explore.Options{}, "Exclusive", 4).Properties[0]
	if want := "The acquire of client 2, steps 3 to 4, cannot be answered 2: no answer is possible yet, since the operation has to wait."; !strings.Contains(p.Detail, want) {
		t.Errorf("got\n%s\nwant %s", p.Detail, want)
	}
	var page bytes.Buffer
	if err := p.Trace.HTML(&page, trace.HTMLOptions{Detail: p.Detail}); err != nil || !strings.Contains(page.String(), "[acquire--2]") {
		t.Errorf("the page does not show the lanes (%v)", err)
	}
}

// Two clients that read two writes in different orders: neither linearizable nor sequentially
// consistent. A stale read is sequentially consistent.
func TestSequentialConsistency(t *testing.T) {
	past := func(s *waiter) *lin.RegisterHistory[clientID, uint8] { return &s.Past }
	write := func(c clientID, v uint8) func(s *waiter) {
		return func(s *waiter) { s.Past.Call(c, lin.Write(v)); s.Past.Answer(c, 0) }
	}
	read := func(c clientID, v uint8) func(s *waiter) {
		return func(s *waiter) { s.Past.Call(c, lin.Read[uint8]()); s.Past.Answer(c, v) }
	}
	stale := []func(s *waiter){write(1, 1), read(2, 0), read(2, 1)}
	mctest.Holds(t, scripted(stale, lin.SequentiallyConsistent("Sequential", past)), explore.Options{})
	mctest.Breaks(t, scripted(stale, lin.LinearizableHistory("Linearizable", past)), explore.Options{}, "Linearizable", 3)

	back := []func(s *waiter){write(1, 1), read(2, 1), read(2, 0)}
	p := mctest.Breaks(t, scripted(back, lin.SequentiallyConsistent("Sequential", past)), explore.Options{}, "Sequential", 4).Properties[0]
	if !strings.Contains(p.Detail, "[read--0]") || !strings.Contains(p.Detail, "No order of these calls") {
		t.Errorf("it is explained by\n%s", p.Detail)
	}
}

// A trace has the calls and answers of a step, and nothing of the memory in which the monitor works.
func TestTraceHasTheEvents(t *testing.T) {
	type seen struct {
		Step  uint8
		Calls lin.RegisterMonitor[clientID, uint8]
	}
	m := &model.Model[seen]{
		Name: "seen",
		Actions: []model.Action[seen]{{Name: "Go", Do: func(s *seen, _ *model.Choice) bool {
			switch s.Step++; s.Step {
			case 1:
				s.Calls.Call(1, lin.Write[uint8](1))
				s.Calls.Call(2, lin.Read[uint8]())
			case 2:
				s.Calls.Answer(2, 1)
				s.Calls.Answer(1, 0)
			default:
				s.Step--
				return false
			}
			return true
		}}},
		Properties: []model.Property[seen]{model.Always("NotYet", func(s *seen) bool { return s.Step < 2 })},
	}
	var got []string
	for _, c := range mctest.Breaks(t, m, explore.Options{}, "NotYet", 3).Properties[0].Trace.Steps[2].Changes {
		got = append(got, c.String())
	}
	want := []string{
		"Step: 1 -> 2", "Calls.pending: - 1: write 1", "Calls.pending: - 2: read", "Calls.ways: + 1",
		"Calls.events: nothing -> 2 is answered 1, 1 is answered ok",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestMistakesPanic(t *testing.T) {
	for want, do := range map[string]func(m *lin.RegisterMonitor[clientID, uint8], h *lin.RegisterHistory[clientID, uint8]){
		"client 1 calls read, and its call before has no answer yet": func(m *lin.RegisterMonitor[clientID, uint8], _ *lin.RegisterHistory[clientID, uint8]) {
			m.Call(1, lin.Read[uint8]())
			m.Call(1, lin.Read[uint8]())
		},
		"client 2 accepts the answer 7, and has no call pending": func(m *lin.RegisterMonitor[clientID, uint8], _ *lin.RegisterHistory[clientID, uint8]) {
			m.Call(1, lin.Read[uint8]())
			m.Answer(2, 7)
		},
		"there are 8 calls pending already": func(m *lin.RegisterMonitor[clientID, uint8], _ *lin.RegisterHistory[clientID, uint8]) {
			for c := range clientID(9) {
				m.Call(c, lin.Read[uint8]())
			}
		},
		"client 3 accepts the answer 7, and has no call pending": func(_ *lin.RegisterMonitor[clientID, uint8], h *lin.RegisterHistory[clientID, uint8]) {
			h.Answer(3, 7)
		},
		"client 3 calls write 1, and its call before": func(_ *lin.RegisterMonitor[clientID, uint8], h *lin.RegisterHistory[clientID, uint8]) {
			h.Call(3, lin.Read[uint8]())
			h.Call(3, lin.Write[uint8](1))
		},
	} {
		func() {
			defer func() {
				if got, _ := recover().(string); !strings.Contains(got, want) {
					t.Errorf("got %q, want %q", got, want)
				}
			}()
			do(new(lin.RegisterMonitor[clientID, uint8]), new(lin.RegisterHistory[clientID, uint8]))
		}()
	}
}
