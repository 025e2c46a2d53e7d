package bench

import (
	"testing"
	"time"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/models/twophase"
)

// BenchmarkWholeRuns compares a search that also checks a leads-to property with one that
// checks properties of states only. The runs alternate, with one worker. The first
// property is relevant in few states, the second in almost all.
func BenchmarkWholeRuns(b *testing.B) {
	for _, claim := range []string{"CommitReachesAll", "AbortReachesAll"} {
		b.Run(claim, func(b *testing.B) { wholeRuns(b, claim) })
	}
}

func wholeRuns(b *testing.B, claim string) {
	m := twophase.New(twophase.Config{RMs: 8, Live: true})
	safety := explore.Options{Workers: 1, SafetyOnly: true}
	both := explore.Options{Workers: 1, Properties: []string{"Consistent", "AllCommit", "AllAbort", explore.Deadlock, claim}}
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
