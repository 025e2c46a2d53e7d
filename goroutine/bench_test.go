package goroutine_test

import (
	"context"
	"runtime"
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/goroutine"
	"github.com/muster-mc/muster/model"
)

// relay is a ring of goroutines that pass values on by a channel without a buffer, one with
// a buffer, and a select.
type relay struct {
	Threads [6]goroutine.Thread
	Out     goroutine.Chan[uint8, [1]uint8]
	In      goroutine.Chan[uint8, [2]uint8]
	Mu      goroutine.Mutex
	Held    [6]uint8
	Count   uint8
}

func newRelay(n int) *model.Model[relay] {
	p := goroutine.Program[relay]{
		Name:    "relay",
		Threads: func(s *relay) []goroutine.Thread { return s.Threads[:n] },
		Init:    func(s *relay, _ *model.Choice) bool { s.Out.Make(0); s.In.Make(2); return true },
		Bodies: []goroutine.Body[relay]{{Name: "node", Copies: n, Code: []goroutine.Statement[relay]{
			goroutine.Do("select { out <- v, v = <-out }", func(s *relay, g G) Next {
				switch g.Select(s.Out.CanSend(g), s.Out.CanRecv(g)) {
				case 0:
					return s.Out.Send(g, uint8(g.ID()+1))
				case 1:
					return s.Out.Recv(g, &s.Held[g.ID()])
				}
				return goroutine.Blocked
			}),
			goroutine.Do("mu.Lock()", func(s *relay, g G) Next { return s.Mu.Lock(g) }),
			goroutine.Do("count++", func(s *relay, g G) Next { s.Count = (s.Count + 1) % 4; return goroutine.On }),
			goroutine.Do("mu.Unlock()", func(s *relay, g G) Next { return s.Mu.Unlock(g) }),
			goroutine.Do("in <- v", func(s *relay, g G) Next { return s.In.Send(g, s.Held[g.ID()]) }),
			goroutine.Do("v = <-in", func(s *relay, g G) Next {
				return s.In.Recv(g, &s.Held[g.ID()]).Then(goroutine.Goto(0))
			}),
		}}},
	}
	m := p.Model()
	m.AllowDeadlock = true // all may be in the select but one, if n is odd
	return m
}

// costOf is what a run took: its successors, and what it allocated.
func costOf[S any](tb testing.TB, m *model.Model[S]) (generated, allocations uint64) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	r, err := explore.Check(context.Background(), m, explore.Options{Store: explore.StoreCompact, Workers: 1})
	runtime.ReadMemStats(&after)
	if err != nil || r.Verdict != explore.Holds {
		tb.Fatalf("got %v, %v", r, err)
	}
	return r.Counts.Generated, after.Mallocs - before.Mallocs
}

// A step allocates nothing: a run of many more successors allocates hardly more.
func TestStepsAllocateNothing(t *testing.T) {
	fewSteps, few := costOf(t, newRelay(2))
	manySteps, many := costOf(t, newRelay(3))
	if manySteps < 20*fewSteps {
		t.Fatalf("%d successors and %d say nothing", fewSteps, manySteps)
	}
	if each := (float64(many) - float64(few)) / float64(manySteps-fewSteps); each > 0.01 {
		t.Errorf("%.3f allocations for each successor", each)
	}
}

func BenchmarkRelay(b *testing.B) {
	m := newRelay(3)
	generated := uint64(0)
	for b.Loop() {
		n, _ := costOf(b, m)
		generated += n
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(generated), "ns/successor")
	b.ReportMetric(float64(generated)/float64(b.N), "successors")
}

// BenchmarkPhilosophers has no channels.
func BenchmarkPhilosophers(b *testing.B) {
	p := newTable(5, true)
	p.Properties = nil
	m := p.Model()
	generated := uint64(0)
	for b.Loop() {
		n, _ := costOf(b, m)
		generated += n
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(generated), "ns/successor")
	b.ReportMetric(float64(generated)/float64(b.N), "successors")
}
