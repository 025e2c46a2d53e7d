package audit_test

import (
	"context"
	"fmt"

	"github.com/muster-mc/muster/audit"
	"github.com/muster-mc/muster/model"
)

func ExampleRun() {
	type door struct{ Open, Locked bool }
	doors := &model.Model[door]{
		Name: "door",
		Actions: []model.Action[door]{
			{Name: "Push", Do: func(s *door, _ *model.Choice) bool {
				if s.Locked {
					return false
				}
				s.Open = !s.Open
				return true
			}},
			{Name: "Turn", Do: func(s *door, _ *model.Choice) bool {
				if s.Open {
					return false
				}
				s.Locked = !s.Locked
				return true
			}},
		},
		Properties: []model.Property[door]{
			model.Always("OpenOrLocked", func(s *door) bool { return !s.Open || !s.Locked }),
			model.Reachable("Opened", func(s *door) bool { return s.Open }),
		},
	}
	r, err := audit.Run(context.Background(), doors, audit.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, m := range r.Mutants {
		fmt.Println(m, "-", m.Outcome, m.By)
	}
	// Output:
	// Push: its update of Open is lost - killed [Opened]
	// Push: it may happen twice - hidden []
	// Push: it may act on a stale Locked - killed [OpenOrLocked Deadlock]
	// Turn: its update of Locked is lost - survived []
	// Turn: it may happen twice - hidden []
	// Turn: it may act on a stale Open - killed [OpenOrLocked Deadlock]
}
