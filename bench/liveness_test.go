package bench

import (
	"testing"
	"time"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/models/twophase"
)

// BenchmarkWholeRuns compares searches that also decide on a leads-to with one for
// states alone, turn by turn, with one worker. The first claim is about few of the
// states, the second about nearly all.
func BenchmarkWholeRuns(b *testing.B) {
	for _, claim := range []string{"CommitReachesAll", "AbortReachesAll"} {
		b.Run(claim, func(b *testing.B) { wholeRuns(b, claim) })
	}
}

func wholeRuns(b *testing.B, claim string) {
	beside(b, twophase.New(twophase.Config{RMs: 8, Live: true}), "Consistent", "AllCommit", "AllAbort", explore.Deadlock, claim)
}

// BenchmarkFairByArguments does the same for models in which fairness tells the steps
// of an action apart.
func BenchmarkFairByArguments(b *testing.B) {
	b.Run("election", func(b *testing.B) { beside(b, NewElection()) })
	b.Run("table", func(b *testing.B) { beside(b, NewTable()) })
	b.Run("network", func(b *testing.B) { beside(b, NewNetwork()) })
}

// beside compares searches for some properties, or for all, with those for states alone.
func beside[S any](b *testing.B, m *model.Model[S], properties ...string) {
	safety := explore.Options{Workers: 1, SafetyOnly: true}
	both := explore.Options{Workers: 1, Properties: properties}
	var spent [2]time.Duration
	generated := uint64(0)
	for b.Loop() {
		for i, o := range []explore.Options{safety, both} {
			s := stored(b, m, o, nil)
			started := cpu()
			_, n := s()
			spent[i] += cpu() - started
			generated += n
		}
	}
	per := func(d time.Duration, unit string) { b.ReportMetric(2*float64(d)/float64(generated), unit) }
	per(spent[0], "safety-cpu-ns/generated")
	per(spent[1], "whole-runs-cpu-ns/generated")
	b.ReportMetric(float64(spent[1])/float64(spent[0]), "whole-runs/safety")
}
