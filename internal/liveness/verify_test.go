package liveness

import (
	"testing"

	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
)

// What a judge runs of a loop of two states that pays what it owes to each of many
// answers, one after the other, is proportional to the number of answers.
func TestVerifyIsLinearInDemands(t *testing.T) {
	attempts := func(answers int) int {
		count := 0
		m := system.Of(&model.Model[place]{
			Name: "flip", AllowDeadlock: true,
			Actions: []model.Action[place]{{Name: "Flip", Fair: model.StrongEach, Do: func(s *place, c *model.Choice) bool {
				count++
				c.Int("answer", answers)
				s.N = 1 - s.N
				return true
			}}},
		})
		w := system.NewWalk(m, m.Actions)
		w.Take(0, nil)
		for i := range answers + answers%2 {
			w.Take(0, []int{i % answers})
		}
		w.Run.Loop = 1
		count = 0
		verdict := Verify(system.NewWalk(m, m.Actions), &w.Run, "", nil)
		if verdict.Problem != "" || len(verdict.Fair) != answers {
			t.Fatalf("%d answers: %s, and %d accounts", answers, verdict.Problem, len(verdict.Fair))
		}
		return count
	}
	few, many := attempts(100), attempts(800)
	if many > 9*few {
		t.Errorf("%d attempts for 100 answers, and %d for 800", few, many)
	}
}
