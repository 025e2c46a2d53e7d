package explore_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
)

// climb is a number that goes up, and what the last step said.
type climb struct {
	At   uint8
	Said string `muster:"-"`
}

func climbing(explain func() model.RunExplainer[climb]) *model.Model[climb] {
	return &model.Model[climb]{
		Name: "climb",
		Actions: []model.Action[climb]{{Name: "Up", Do: func(s *climb, c *model.Choice) bool {
			by := uint8(c.Int("by", 2) + 1)
			s.At += by
			s.Said = fmt.Sprint("by ", by)
			return true
		}}},
		Properties: []model.Property[climb]{
			model.Always("Low", func(s *climb) bool { return s.At < 5 }).
				Explained(func(s *climb) string { return fmt.Sprintf("it is at %d", s.At) }).
				ExplainedRun(explain),
		},
		AllowDeadlock: true,
		Constraint:    func(s *climb) bool { return s.At < 20 },
	}
}

// An explanation of a run sees the states from the first one on, as the actions left them.
func TestExplainedRun(t *testing.T) {
	for name, c := range map[string]struct {
		explain func() model.RunExplainer[climb]
		want    string
	}{
		"the run": {func() model.RunExplainer[climb] {
			var seen []string
			return model.RunExplainer[climb]{
				See: func(s *climb) { seen = append(seen, fmt.Sprintf("%d %s", s.At, s.Said)) },
				Say: func() string { return strings.Join(seen, ", ") },
			}
		}, "0 , 1 by 1, 3 by 2, 5 by 2"},
		"nothing to say": {func() model.RunExplainer[climb] {
			return model.RunExplainer[climb]{See: func(*climb) {}, Say: func() string { return "" }}
		}, "it is at 5"},
		"a panic while it sees": {func() model.RunExplainer[climb] {
			return model.RunExplainer[climb]{See: func(*climb) { panic("no") }, Say: func() string { return "seen" }}
		}, "it is at 5"},
		"a panic while it speaks": {func() model.RunExplainer[climb] {
			return model.RunExplainer[climb]{See: func(*climb) {}, Say: func() string { panic("no") }}
		}, "(the property's explanation panicked)"},
	} {
		r, err := explore.Check(t.Context(), climbing(c.explain), explore.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := r.Properties[0].Detail; got != c.want {
			t.Errorf("%s: it is explained by %q, want %q", name, got, c.want)
		}
	}
}

// Each run that is shown has an explanation of its own.
func TestExplainedRunsAreApart(t *testing.T) {
	r, err := explore.Check(t.Context(), climbing(func() model.RunExplainer[climb] {
		n := 0
		return model.RunExplainer[climb]{See: func(*climb) { n++ }, Say: func() string { return fmt.Sprint(n, " states") }}
	}), explore.Options{Traces: 2, KeepGoing: true})
	if err != nil {
		t.Fatal(err)
	}
	p := r.Properties[0]
	if p.Detail != "4 states" || len(p.Further) != 1 || p.Further[0].Detail != fmt.Sprint(p.Further[0].Trace.Length, " states") {
		t.Errorf("the explanations are %q and %+v", p.Detail, p.Further)
	}
}
