package lin_test

import (
	"flag"
	"math/rand/v2"
	"testing"

	"github.com/muster-mc/muster/lin"
	"github.com/muster-mc/muster/lin/internal/random"
)

var histories = flag.Int("histories", 3000, "random histories of each object")

// The monitor and the history agree with a search that tries all orders.
func TestRandomHistories(t *testing.T) {
	compare(t, "register", random.Register)
	compare(t, "write-once", random.Once)
	compare(t, "compare-and-swap", random.CAS)
	compare(t, "map", random.Map)
	compare(t, "queue", random.Queue)
	compare(t, "stack", random.Stack)
	compare(t, "set", random.Set)
	compare(t, "lock", random.Lock)
}

func compare[S lin.Object[S, A, R], A, R comparable](t *testing.T, name string, kind random.Kind[S, A, R]) {
	t.Run(name, func(t *testing.T) {
		rng := rand.New(rand.NewPCG(1, 2))
		holds, sequential := 0, 0
		for range *histories {
			list := kind.History(rng)
			var m lin.Monitor[random.Client, S, A, R]
			var h lin.History[random.Client, S, A, R]
			for _, e := range list {
				if e.IsCall {
					m.Call(e.Client, e.Arguments)
					h.Call(e.Client, e.Arguments)
				} else {
					m.Answer(e.Client, e.Answer)
					h.Answer(e.Client, e.Answer)
				}
			}
			var object S
			calls := callsOf(list)
			want, wantAnyTime := brute(calls, object, true), brute(calls, object, false)
			if m.OK() != want || h.IsLinearizable() != want {
				t.Fatalf("the monitor says %v, the history %v, all orders %v: %+v", m.OK(), h.IsLinearizable(), want, list)
			}
			if h.IsSequentiallyConsistent() != wantAnyTime {
				t.Fatalf("the history says %v, all orders %v: %+v", h.IsSequentiallyConsistent(), wantAnyTime, list)
			}
			if want {
				holds++
			}
			if wantAnyTime {
				sequential++
			}
		}
		if holds < *histories/5 || holds > *histories*19/20 || sequential < holds || sequential == *histories {
			t.Errorf("of %d histories %d are linearizable and %d sequentially consistent: they test one side only", *histories, holds, sequential)
		}
	})
}

// bruteCall is a call from one place of the list to another.
type bruteCall[A, R comparable] struct {
	client    random.Client
	from, to  int // to is -1 while there is no answer
	arguments A
	answer    R
}

func callsOf[A, R comparable](list []random.Event[A, R]) []bruteCall[A, R] {
	var calls []bruteCall[A, R]
	for at, e := range list {
		if e.IsCall {
			calls = append(calls, bruteCall[A, R]{client: e.Client, from: at, to: -1, arguments: e.Arguments})
			continue
		}
		for i := range calls {
			if c := &calls[i]; c.client == e.Client && c.to < 0 {
				c.to, c.answer = at, e.Answer
			}
		}
	}
	return calls
}

// brute tries every call that may be the first, without a memory.
func brute[S lin.Object[S, A, R], A, R comparable](calls []bruteCall[A, R], object S, realTime bool) bool {
	done := true
	for i, c := range calls {
		done = done && c.to < 0
		first := true
		for j, other := range calls {
			earlier := other.to >= 0 && other.to < c.from
			first = first && (i == j || !earlier || !realTime && other.client != c.client)
		}
		after, answer, ok := object.Apply(c.arguments)
		if !first || !ok || c.to >= 0 && answer != c.answer {
			continue
		}
		rest := append(append([]bruteCall[A, R]{}, calls[:i]...), calls[i+1:]...)
		if brute(rest, after, realTime) {
			return true
		}
	}
	return done
}
