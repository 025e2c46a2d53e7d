package system_test

import (
	"strings"
	"sync/atomic"
	"testing"

	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
)

func TestNilStaysNil(t *testing.T) {
	s := system.Of(&model.Model[die]{Actions: []model.Action[die]{{Name: "A"}}, Properties: []model.Property[die]{{Name: "P"}}})
	p := s.Properties[0]
	if s.Actions[0].Do != nil || s.Constraint != nil || s.Terminal != nil || p.State != nil || p.Step != nil || p.Explain != nil || p.ExplainStep != nil {
		t.Error("a function is there that the model does not have")
	}
	if s.Init.Do == nil {
		t.Error("there is no Init")
	}
}

func TestProblem(t *testing.T) {
	for want, change := range map[string]func(m *model.Model[die]){
		"":                           func(m *model.Model[die]) {},
		"it has no Name":             func(m *model.Model[die]) { m.Name = "" },
		"it has no Actions":          func(m *model.Model[die]) { m.Actions = nil },
		"action 1 has no Name":       func(m *model.Model[die]) { m.Actions[1].Name = "" },
		"an action is named Init":    func(m *model.Model[die]) { m.Actions[0].Name = "Init" },
		"action Add has no Do":       func(m *model.Model[die]) { m.Actions[0].Do = nil },
		"two actions are named Add":  func(m *model.Model[die]) { m.Actions[1].Name = "Add" },
		"action Add has FairBy":      func(m *model.Model[die]) { m.Actions[0].FairBy = []string{"n"} },
		"two properties are named":   func(m *model.Model[die]) { m.Properties[1].Name = "Small" },
		"a property is named Panic":  func(m *model.Model[die]) { m.Properties[1].Name = "Panic" },
		"property Small has no Stat": func(m *model.Model[die]) { m.Properties[0].State = nil },
		"property Noted has no Step": func(m *model.Model[die]) { m.Properties[2].Step = nil },
		"the name \"a\\nb\"":         func(m *model.Model[die]) { m.Name = "a\nb" },
	} {
		m := dice()
		change(m)
		if got := system.Of(m).Problem(); !strings.HasPrefix(got, want) || want == "" && got != "" {
			t.Errorf("the problem is %q, want %q", got, want)
		}
	}
	if got := system.Of[die](nil).Problem(); got != "the model is nil" {
		t.Errorf("the problem is %q", got)
	}
}

func TestContractFindsEachBreach(t *testing.T) {
	runs := 0
	changes := func(s *die) bool { s.Top++; return true }
	for want, change := range map[string]func(m *model.Model[die]){
		"": func(m *model.Model[die]) {},
		"changed the state and then returned false": func(m *model.Model[die]) {
			m.Actions[0].Do = func(s *die, _ *model.Choice) bool { s.Top++; return false }
		},
		"asked other questions": func(m *model.Model[die]) {
			m.Actions[0].Do = func(s *die, c *model.Choice) bool { runs++; c.Int("n", 1+runs%2); return true }
		},
		"gave another state": func(m *model.Model[die]) {
			m.Actions[0].Do = func(s *die, _ *model.Choice) bool { runs++; s.Top = int8(runs % 2); return true }
		},
		"was enabled once and disabled once": func(m *model.Model[die]) {
			m.Actions[0].Do = func(*die, *model.Choice) bool { runs++; return runs%2 == 0 }
		},
		"property Small changed the state": func(m *model.Model[die]) { m.Properties[0].State = changes },
		"that property Noted changed": func(m *model.Model[die]) {
			m.Properties[2].Step = func(before, _ *die) bool { return changes(before) }
		},
		"that Constraint changed":    func(m *model.Model[die]) { m.Constraint = changes },
		"Terminal changed the state": func(m *model.Model[die]) { m.Terminal = changes },
	} {
		m := dice()
		change(m)
		s := systemOf(t, m)
		state := &die{Top: 2}
		c := system.NewContract(s, []int{0, 1, 2, 3}, new(atomic.Bool), s.Watch)
		got := c.Check(s.Actions, state, s.Codec.New().Append(nil, state))
		if !strings.Contains(got, want) || want == "" && got != "" {
			t.Errorf("the breach is %q, want %q", got, want)
		}
	}
}
