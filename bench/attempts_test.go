package bench

import (
	"testing"

	"github.com/muster-mc/muster/model"
)

// gridState is a position in a grid that is walked from one corner. The model has an
// action that chooses a number and is never enabled.
type gridState struct{ Row, Column, Most uint32 }

const (
	side     = 300
	attempts = 100 // of the last action in each state
)

func grid(withAttempts bool) *model.Model[gridState] {
	forth := func(at func(*gridState) *uint32) func(*gridState, *model.Choice) bool {
		return func(s *gridState, _ *model.Choice) bool {
			if *at(s) == side-1 {
				return false
			}
			*at(s)++
			return true
		}
	}
	m := &model.Model[gridState]{
		Name: "grid", AllowDeadlock: true,
		Actions: []model.Action[gridState]{
			{Name: "Down", Do: forth(func(s *gridState) *uint32 { return &s.Row })},
			{Name: "Right", Do: forth(func(s *gridState) *uint32 { return &s.Column })},
		},
		Properties: []model.Property[gridState]{
			model.Always("InRange", func(s *gridState) bool { return s.Row < side && s.Column < side }),
		},
	}
	if withAttempts {
		m.Actions = append(m.Actions, model.Action[gridState]{Name: "Never", Do: func(s *gridState, c *model.Choice) bool {
			if n := c.Int("n", attempts); s.Most < uint32(n)+1 {
				return false
			}
			s.Row = 0
			return true
		}})
	}
	return m
}

// BenchmarkDisabled measures the cost of calling an action with an answer for which it
// is disabled.
func BenchmarkDisabled(b *testing.B) {
	with, without := engine(b, grid(true), 1), engine(b, grid(false), 1)
	var spent [2]float64
	for b.Loop() {
		for i, search := range []search{with, without} {
			started := cpu()
			search()
			spent[i] += float64(cpu() - started)
		}
	}
	b.ReportMetric((spent[0]-spent[1])/float64(b.N)/(side*side*attempts), "cpu-ns/attempt")
	b.ReportMetric(0, "ns/op")
}
