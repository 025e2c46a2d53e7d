// Package porcupinetest compares the verdicts of package lin with those of Porcupine. It is a
// module of its own, so that nothing else depends on Porcupine.
package porcupinetest

import (
	"flag"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/anishathalye/porcupine"
	"github.com/muster-mc/muster/lin"
	"github.com/muster-mc/muster/lin/internal/random"
)

var histories = flag.Int("histories", 2000, "random histories of each object")

func TestPorcupineAgrees(t *testing.T) {
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
		rng := rand.New(rand.NewPCG(3, 4))
		m := modelOf[S, A, R]()
		kind.Clients, kind.Calls = kind.Clients+1, kind.Calls+3
		for range *histories {
			list := kind.History(rng)
			var monitor lin.Monitor[random.Client, S, A, R]
			var history lin.History[random.Client, S, A, R]
			for _, e := range list {
				if e.IsCall {
					monitor.Call(e.Client, e.Arguments)
					history.Call(e.Client, e.Arguments)
				} else {
					monitor.Answer(e.Client, e.Answer)
					history.Answer(e.Client, e.Answer)
				}
			}
			want := porcupine.CheckOperations(m, operationsOf(list))
			if monitor.OK() != want || history.IsLinearizable() != want {
				t.Fatalf("the monitor says %v, the history %v, Porcupine %v: %+v", monitor.OK(), history.IsLinearizable(), want, list)
			}
		}
	})
}

// output is an answer. A call without an answer has taken effect or not.
type output[R comparable] struct {
	known  bool
	answer R
}

func modelOf[S lin.Object[S, A, R], A, R comparable]() porcupine.Model {
	var object S
	m := porcupine.NondeterministicModel{
		Init: func() []any { return []any{object} },
		Step: func(state, input, out any) []any {
			after, answer, ok := state.(S).Apply(input.(A))
			o := out.(output[R])
			switch {
			case !o.known && ok:
				return []any{state, after}
			case !o.known:
				return []any{state}
			case ok && answer == o.answer:
				return []any{after}
			}
			return nil
		},
	}
	return m.ToModel()
}

func operationsOf[A, R comparable](list []random.Event[A, R]) []porcupine.Operation {
	var ops []porcupine.Operation
	open := map[random.Client]int{}
	for at, e := range list {
		if e.IsCall {
			open[e.Client] = len(ops)
			ops = append(ops, porcupine.Operation{
				ClientId: int(e.Client), Input: e.Arguments, Output: output[R]{}, Call: int64(at), Return: math.MaxInt64,
			})
			continue
		}
		op := &ops[open[e.Client]]
		op.Output, op.Return = output[R]{true, e.Answer}, int64(at)
	}
	return ops
}
