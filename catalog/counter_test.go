package catalog_test

import (
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

// counterConfig has a parameter of each type.
type counterConfig struct {
	Limit  int    `flag:"limit" default:"3" min:"0" max:"9" help:"where the counter stops"`
	Start  int    `flag:"start" default:"0" min:"-2" max:"2" help:"where it starts"`
	Down   bool   `flag:"down" help:"let it count down too"`
	Step   string `flag:"step" default:"one" oneof:"one two" help:"how far it goes at once"`
	Secret int    // for library users only
	Bug    string
}

type counter struct{ N int }

// newCounter counts from Start up to Limit.
func newCounter(c counterConfig) *model.Model[counter] {
	c = catalog.Settle(c)
	if c.Start > c.Limit {
		panic("it starts beyond its limit")
	}
	step := map[string]int{"one": 1, "two": 2}[c.Step]
	return &model.Model[counter]{
		Name: "counter",
		Init: func(s *counter, _ *model.Choice) bool { s.N = c.Start; return true },
		Actions: []model.Action[counter]{
			{Name: "Up", Do: func(s *counter, _ *model.Choice) bool {
				if s.N >= c.Limit && c.Bug != "no-limit" || s.N > 20 {
					return false
				}
				s.N += step
				return true
			}},
			{Name: "Down", Fault: "slip", Do: func(s *counter, _ *model.Choice) bool {
				if !c.Down || s.N <= c.Start {
					return false
				}
				s.N--
				return true
			}},
		},
		Properties: []model.Property[counter]{
			model.Always("WithinLimit", func(s *counter) bool { return s.N <= c.Limit }),
			model.Reachable("Full", func(s *counter) bool { return s.N == c.Limit }),
		},
		AllowDeadlock: c.Step == "one",
		Terminal:      func(*counter) bool { return true },
	}
}

var counterEntry = catalog.Define("counter", "a counter with a limit", newCounter,
	catalog.Bug{Name: "no-limit", Doc: "it goes on", Breaks: "WithinLimit", Length: 5},
	catalog.Bug{Name: "odd-limit", Doc: "two steps miss an odd limit", Breaks: "WithinLimit", Length: 3,
		With: catalog.With{"step": "two"}},
	catalog.Fix{Name: "even-limit", Doc: "two steps meet an even limit",
		With: catalog.With{"step": "two", "limit": "4"}},
)
