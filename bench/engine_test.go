package bench

import (
	"context"
	"syscall"
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/models/twophase"
)

// cpu returns the processor time of this process, in nanoseconds: on a machine
// with other work to do it says more than the clock on the wall.
func cpu(b *testing.B) int64 {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		b.Fatal(err)
	}
	return r.Utime.Nano() + r.Stime.Nano()
}

func measure(b *testing.B, explore func() (distinct, generated uint64)) {
	var total uint64
	started := cpu(b)
	for b.Loop() {
		_, generated := explore()
		total += generated
	}
	b.ReportMetric(float64(cpu(b)-started)/float64(total), "cpu-ns/generated")
}

func engine[S any](b *testing.B, m *model.Model[S], workers int) func() (uint64, uint64) {
	return func() (uint64, uint64) {
		r, err := explore.Check(context.Background(), m, explore.Options{Workers: workers})
		if err != nil || r.Verdict != explore.Holds {
			b.Fatal(r, err)
		}
		return r.Counts.Distinct, r.Counts.Generated
	}
}

func BenchmarkTwoPhase8(b *testing.B) {
	m := twophase.New(twophase.Config{RMs: 8})
	b.Run("plain", func(b *testing.B) { measure(b, func() (uint64, uint64) { return plain(m) }) })
	b.Run("engine", func(b *testing.B) { measure(b, engine(b, m, 1)) })
}
