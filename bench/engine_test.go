package bench

import (
	"context"
	"runtime"
	"testing"
	"time"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/models/lease"
	"github.com/muster-mc/muster/models/twophase"
)

// search explores a model from its zero state and counts.
type search func() (distinct, generated uint64)

// engine is the engine's search, which checks the model's properties and keeps
// what it needs for traces; the plain ones do neither.
func engine[S any](b testing.TB, m *model.Model[S], workers int) search {
	return func() (uint64, uint64) {
		r, err := explore.Check(context.Background(), m, explore.Options{Workers: workers})
		if err != nil || r.Verdict != explore.Holds {
			b.Fatal(r, err)
		}
		return r.Counts.Distinct, r.Counts.Generated
	}
}

// What a state costs with one worker, beside the plain search of the same
// model.
func BenchmarkTwoPhase8(b *testing.B) {
	m := twophase.New(twophase.Config{RMs: 8})
	b.Run("plain", func(b *testing.B) { measure(b, func() (uint64, uint64) { return plain(m) }) })
	b.Run("engine", func(b *testing.B) { measure(b, engine(b, m, 1)) })
}

func BenchmarkLease(b *testing.B) {
	m := lease.New(lease.Config{Actors: 2, MaxToken: 4})
	b.Run("plain", func(b *testing.B) { measure(b, func() (uint64, uint64) { return plain(m) }) })
	b.Run("engine", func(b *testing.B) { measure(b, engine(b, m, 1)) })
}

// The states have slices and a bag, so the plain search knows them by strings.
func BenchmarkReplication(b *testing.B) {
	m := newReplication(3, 4)
	b.Run("plain", func(b *testing.B) { measure(b, func() (uint64, uint64) { return plainKeyed(m, byHand) }) })
	b.Run("engine", func(b *testing.B) { measure(b, engine(b, m, 1)) })
}

// measure reports what a search costs for each state that it generates. What is
// allocated is what Go's allocator gave: the engine's set of visited states,
// where it is mapped memory, is not in it.
func measure(b *testing.B, s search) {
	var states uint64
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	started := cpu()
	for b.Loop() {
		_, generated := s()
		states += generated
	}
	spent := cpu() - started
	runtime.ReadMemStats(&after)

	per := func(total float64, unit string) { b.ReportMetric(total/float64(states), unit+"/generated") }
	per(float64(spent/time.Nanosecond), "cpu-ns")
	per(float64(after.TotalAlloc-before.TotalAlloc), "B")
	per(float64(after.Mallocs-before.Mallocs), "allocs")
}

// The searches that are compared do the same work.
func TestPlainSearchesAgreeWithTheEngine(t *testing.T) {
	two := twophase.New(twophase.Config{RMs: 5})
	leases := lease.New(lease.Config{})
	replicas := newReplication(2, 2)
	for _, c := range []struct {
		name                string
		plain, engine       search
		distinct, generated uint64
	}{
		{"twophase", func() (uint64, uint64) { return plain(two) }, engine(t, two, 1), 8_832, 58_146},
		{"lease", func() (uint64, uint64) { return plain(leases) }, engine(t, leases, 1), 18_808, 92_833},
		{"replication", func() (uint64, uint64) { return plainKeyed(replicas, byHand) }, engine(t, replicas, 1), 4_167, 17_881},
	} {
		t.Run(c.name, func(t *testing.T) {
			for kind, s := range map[string]search{"plain": c.plain, "engine": c.engine} {
				distinct, generated := s()
				if kind == "plain" {
					generated++ // the engine counts the initial state
				}
				if distinct != c.distinct || generated != c.generated {
					t.Errorf("%s: %d distinct and %d generated, want %d and %d", kind, distinct, generated, c.distinct, c.generated)
				}
			}
		})
	}
}
