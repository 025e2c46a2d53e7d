package bench

import (
	"slices"
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/models/agent"
	"github.com/muster-mc/muster/models/incident/recoverers"
	"github.com/muster-mc/muster/models/lease"
	"github.com/muster-mc/muster/models/linearizability"
	"github.com/muster-mc/muster/models/ownership/zombie"
)

// BenchmarkSmallOrbits compares the search of orbits with the search of all states where
// there is least to gain: groups of two, in spaces whose representatives are checked one by
// one. Both are run in turn, and the median of the ratios of their processor times counts.
func BenchmarkSmallOrbits(b *testing.B) {
	b.Run("lease", func(b *testing.B) { smallOrbits(b, lease.New(lease.Config{})) })
	b.Run("linearizability", func(b *testing.B) { smallOrbits(b, linearizability.New(linearizability.Config{})) })
	b.Run("zombie", func(b *testing.B) { smallOrbits(b, zombie.New(zombie.Config{})) })
	b.Run("recoverers", func(b *testing.B) { smallOrbits(b, recoverers.New(recoverers.Config{})) })
	b.Run("agent", func(b *testing.B) { smallOrbits(b, agent.New(agent.Config{})) })
}

func smallOrbits[S any](b *testing.B, m *model.Model[S]) {
	modes := []explore.SymmetryMode{explore.SymmetryOn, explore.SymmetryOff}
	var ratios []float64
	spent := make([][]float64, len(modes))
	for i := 0; b.Loop(); i++ {
		var both [2]float64
		for k := range modes {
			k = (k + i) % len(modes)
			began := cpu()
			if _, err := explore.Check(b.Context(), m, explore.Options{Workers: 1, SafetyOnly: true, KeepGoing: true, Symmetry: modes[k]}); err != nil {
				b.Fatal(err)
			}
			both[k] = float64(cpu()-began) / 1e6
			spent[k] = append(spent[k], both[k])
		}
		ratios = append(ratios, both[0]/both[1])
	}
	b.ReportMetric(median(ratios), "times")
	b.ReportMetric(median(spent[0]), "cpu-ms/orbits")
	b.ReportMetric(median(spent[1]), "cpu-ms/all")
}

func median(list []float64) float64 {
	slices.Sort(list)
	return list[len(list)/2]
}
