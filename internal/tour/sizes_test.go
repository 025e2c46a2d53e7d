package tour_test

import (
	"fmt"
	"testing"

	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/internal/tour"
	"github.com/muster-mc/muster/models/activation"
	"github.com/muster-mc/muster/models/lease"
	"github.com/muster-mc/muster/models/migration"
	"github.com/muster-mc/muster/models/registry"
	"github.com/muster-mc/muster/models/wal"
)

// The suites of five models: their tests and steps. They are pinned, for a change of a
// size is a change of every test that users have.
func TestSizes(t *testing.T) {
	for i, c := range []struct {
		model *system.System
		// The default, actions, arguments, states and edges.
		want string
	}{
		{system.Of(migration.New(migration.Config{})), "59 states: 15 98, 2 11, 5 27, 24 144, 50 448"},
		{system.Of(activation.New(activation.Config{})), "714 states: 1 22, 1 4, 1 11, 59 1516, 177 4610"},
		{system.Of(registry.New(registry.Config{})), "6174 states: 7 84, 1 8, 2 22, 1072 12697, 4095 60052"},
		{system.Of(lease.New(lease.Config{})), "18808 states: 5 111, 1 9, 1 17, 1218 29203, 10896 212661"},
		{system.Of(wal.New(wal.Config{})), "26856 states: 7 105, 1 12, 2 26, 5165 69142, 19495 239083"},
	} {
		if i > 1 && testing.Short() {
			break
		}
		got := ""
		for _, cover := range []tour.Cover{0, tour.Actions, tour.Arguments, tour.States, tour.Edges} {
			g, goals, config, err := tour.Open(t.Context(), c.model, tour.Config{Cover: cover})
			if err != nil {
				t.Fatal(err)
			}
			p := tour.NewPlanner(g, goals)
			tests, steps := 0, 0
			for run := p.Tour(config.MaxSteps); run != nil; run = p.Tour(config.MaxSteps) {
				tests++
				steps += len(run) - 1
			}
			if got == "" {
				got = fmt.Sprintf("%d states:", g.States())
			} else {
				got += ","
			}
			got += fmt.Sprintf(" %d %d", tests, steps)
			if goals.Left() > 0 {
				t.Errorf("%s, %v: %d goals are left", c.model.Name, cover, goals.Left())
			}
		}
		if got != c.want {
			t.Errorf("%s: got %s; want %s", c.model.Name, got, c.want)
		}
	}
}
