package bench

import (
	"testing"

	"github.com/muster-mc/muster/model"
)

// A counter, and a second action that asks for a number and is never enabled.
type counterState struct{ Count, Most uint32 }

const (
	counts   = 20_000
	attempts = 500 // of the second action in each state
)

func counter(withAttempts bool) *model.Model[counterState] {
	m := &model.Model[counterState]{
		Name: "counter", AllowDeadlock: true,
		Actions: []model.Action[counterState]{{Name: "Count", Do: func(s *counterState, _ *model.Choice) bool {
			if s.Count == counts {
				return false
			}
			s.Count++
			return true
		}}},
		Properties: []model.Property[counterState]{
			model.Always("InRange", func(s *counterState) bool { return s.Count <= counts }),
		},
	}
	if withAttempts {
		m.Actions = append(m.Actions, model.Action[counterState]{Name: "Never", Do: func(s *counterState, c *model.Choice) bool {
			if n := c.Int("n", attempts); s.Most < uint32(n)+1 {
				return false
			}
			s.Count = 0
			return true
		}})
	}
	return m
}

// BenchmarkDisabled measures what it costs to try an action with an answer for
// which it is not enabled.
func BenchmarkDisabled(b *testing.B) {
	with, without := engine(b, counter(true), 1), engine(b, counter(false), 1)
	var spent [2]float64
	for b.Loop() {
		for i, search := range []search{with, without} {
			started := cpu()
			search()
			spent[i] += float64(cpu() - started)
		}
	}
	b.ReportMetric((spent[0]-spent[1])/float64(b.N)/(counts*attempts), "cpu-ns/attempt")
	b.ReportMetric(0, "ns/op")
}
