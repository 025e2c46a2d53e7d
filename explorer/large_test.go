package explorer

import (
	"strings"
	"testing"

	"github.com/muster-mc/muster/model"
)

// large is a state of ten thousand values.
type large struct {
	Count uint16
	Cells [2500]struct{ A, B, C, D uint16 }
}

func larges() *model.Model[large] {
	return &model.Model[large]{
		Name: "large",
		Init: func(s *large, _ *model.Choice) bool {
			for i := range s.Cells {
				s.Cells[i].A, s.Cells[i].D = uint16(i), uint16(i*7)
			}
			return true
		},
		Actions: []model.Action[large]{{Name: "Set", Do: func(s *large, c *model.Choice) bool {
			at := c.Int("at", 4)*800 + 7
			s.Cells[at].B++
			s.Count++
			return true
		}}},
		Properties: []model.Property[large]{model.Always("Bounded", func(s *large) bool { return s.Count < 60000 })},
	}
}

// BenchmarkStepOfALargeState takes a step of a run and shows the state to which the step
// leads. The explorer has seen the states before that.
func BenchmarkStepOfALargeState(b *testing.B) {
	c := serve(b, larges())
	run := ""
	for b.Loop() {
		run += " Set(at=0)"
		if strings.Count(run, "Set") > 500 {
			run = " Set(at=1)"
		}
		c.at(run)
	}
}
