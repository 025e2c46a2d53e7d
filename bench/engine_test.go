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

// search explores a model from its zero state and returns the counts.
type search func() (distinct, generated uint64)

// engine returns the engine's search. In contrast to the plain searches it checks
// properties and records predecessors for traces.
func engine[S any](b testing.TB, m *model.Model[S], workers int) search {
	return stored(b, m, explore.Options{Workers: workers}, nil)
}

// stored returns the engine's search with options. If bytes is not nil, the search sets
// it to the memory of a state: in the visited set, the frontier and the log together. All
// states are searched, as the plain searches do.
func stored[S any](b testing.TB, m *model.Model[S], o explore.Options, bytes *float64) search {
	o.Symmetry = explore.SymmetryOff
	return func() (uint64, uint64) {
		r, err := explore.Check(context.Background(), m, o)
		if err != nil || r.Verdict != explore.Holds {
			b.Fatal(r, err)
		}
		if bytes != nil {
			*bytes = float64(r.Bytes) / float64(r.Counts.Distinct)
		}
		return r.Counts.Distinct, r.Counts.Generated
	}
}

// engines measures the search with one worker and each kind of set.
func engines[S any](b *testing.B, m *model.Model[S]) {
	for _, kind := range []explore.StoreKind{explore.StoreCompact, explore.StoreExact} {
		b.Run(string(kind), func(b *testing.B) {
			var bytes float64
			measure(b, stored(b, m, explore.Options{Workers: 1, Store: kind}, &bytes))
			b.ReportMetric(bytes, "B/state")
		})
	}
}

// BenchmarkTwoPhase8 compares the engine with one worker and the plain search.
func BenchmarkTwoPhase8(b *testing.B) {
	m := twophase.New(twophase.Config{RMs: 8})
	b.Run("plain", func(b *testing.B) { measure(b, func() (uint64, uint64) { return plain(m) }) })
	engines(b, m)
}

func BenchmarkLease(b *testing.B) {
	m := lease.New(lease.Config{Actors: 2, MaxToken: 4})
	b.Run("plain", func(b *testing.B) { measure(b, func() (uint64, uint64) { return plain(m) }) })
	engines(b, m)
}

// BenchmarkReplication has states with slices and a bag, so the map of the plain search
// has strings as keys.
func BenchmarkReplication(b *testing.B) {
	m := newReplication(3, 4)
	b.Run("plain", func(b *testing.B) { measure(b, func() (uint64, uint64) { return plainKeyed(m, byHand) }) })
	engines(b, m)
}

// measure reports the cost of a search for each generated state. Allocations are those of
// Go's allocator; mapped memory, as of the engine's visited set, is not included.
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

// The compared searches have equal counts.
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
