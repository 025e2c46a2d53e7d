package run

import (
	"testing"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/explore"
)

// BenchmarkTwophase is a search of 1,745,408 states by two workers in this process, with a
// queue and a bucket in memory: what the tasks themselves take.
func BenchmarkTwophase(b *testing.B) {
	x := trial{name: "twophase", with: catalog.With{"rms": "8"}}
	for b.Loop() {
		g := &rig{model: x.open(b), options: explore.Options{Symmetry: explore.SymmetryOff}, workers: 2, block: 64 << 10, partitions: 16}
		r, err := g.check(b)
		if err != nil || r.Counts.Distinct != 1745408 {
			b.Fatal(err, r)
		}
		d := r.Distribution
		b.ReportMetric(float64(d.BytesWritten)/float64(r.Counts.Distinct), "written-B/state")
		b.ReportMetric(float64(d.BytesRead)/float64(r.Counts.Distinct), "read-B/state")
	}
}
