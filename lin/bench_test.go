package lin_test

import (
	"fmt"
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/lin"
)

// BenchmarkMonitor takes a monitor of n clients, each of which writes and reads, through a
// whole history in the same memory.
func BenchmarkMonitor(b *testing.B) {
	for _, n := range []clientID{2, 3, 5} {
		b.Run(fmt.Sprintf("clients=%d", n), func(b *testing.B) {
			var m lin.RegisterMonitor[clientID, clientID]
			b.ReportAllocs()
			for b.Loop() {
				for c := range n {
					m.Call(c, lin.Write(c+1))
				}
				for c := range n {
					m.Answer(c, 0)
					m.Call(c, lin.Read[clientID]())
				}
				for c := range n {
					m.Answer(c, n)
				}
				for c := range n { // back to the first value, whatever was the last
					m.Call(c, lin.Write(clientID(0)))
					m.Answer(c, 0)
				}
			}
			if !m.OK() {
				b.Fatal("the history is linearizable")
			}
		})
	}
}

// BenchmarkSearch is a search of a model with a monitor: the time for a generated state.
func BenchmarkSearch(b *testing.B) {
	m := newRegister(3)
	b.ReportAllocs()
	generated := uint64(0)
	for b.Loop() {
		r, err := explore.Check(b.Context(), m, explore.Options{Workers: 1})
		if err != nil {
			b.Fatal(err)
		}
		generated += r.Counts.Generated
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(generated), "ns/generated")
}
