package model_test

import (
	"testing"

	"github.com/muster-mc/muster/model"
)

type number struct{ N, M int }

func TestProperties(t *testing.T) {
	positive := func(s *number) bool { return s.N > 0 }
	grows := func(a, b *number) bool { return a.N < b.N }
	for _, c := range []struct {
		property model.Property[number]
		kind     model.Kind
	}{
		{model.Always("P", positive), model.KindAlways},
		{model.Reachable("P", positive), model.KindReachable},
		{model.AlwaysStep("P", grows), model.KindAlwaysStep},
		{model.AlwaysOf("P", func(s *number) int { return s.N }, func(n *int) bool { return *n > 0 }), model.KindAlways},
	} {
		p := c.property
		if p.Name != "P" || p.Kind != c.kind {
			t.Errorf("got %s, a %s; want P, a %s", p.Name, p.Kind, c.kind)
		}
		if steps := c.kind == model.KindAlwaysStep; (p.Step != nil) != steps || (p.State != nil) == steps {
			t.Errorf("a %s has a predicate of steps: %v, of states: %v", p.Kind, p.Step != nil, p.State != nil)
		}
		if p.State != nil && (!p.State(&number{N: 1}) || p.State(&number{M: 1})) {
			t.Errorf("a %s says %v of 1 and %v of 0", p.Kind, p.State(&number{N: 1}), p.State(&number{}))
		}
	}
}

// What is explained is a copy: a property can be used with and without.
func TestExplained(t *testing.T) {
	plain := model.Always("P", func(*number) bool { return true })
	explained := plain.Explained(func(*number) string { return "state" }).
		ExplainedStep(func(_, _ *number) string { return "step" })
	if plain.Explain != nil || plain.ExplainStep != nil {
		t.Error("the original is explained too")
	}
	if got := explained.Explain(nil) + ", " + explained.ExplainStep(nil, nil); got != "state, step" {
		t.Errorf("got %s, want state, step", got)
	}
}

// The part that a property reads, and the verdict on it, are those of the state.
func TestAlwaysOf(t *testing.T) {
	sum := func(s *number) [2]int { return [2]int{s.N, s.M} }
	p := model.AlwaysOf("Sum", sum, func(part *[2]int) bool { return part[0]+part[1] < 10 })
	for n := range 20 {
		s, part := &number{n, n / 2}, [2]int{}
		p.Part.Read(s, &part)
		if part != sum(s) {
			t.Errorf("of %v it read %v", *s, part)
		}
		if got, want := p.Part.Holds(&part), p.State(s); got != want {
			t.Errorf("of the part %v it says %v, of the state %v", part, got, want)
		}
	}
	if got := p.Part.Type.String(); got != "[2]int" {
		t.Errorf("the part is a %s, want [2]int", got)
	}
}
