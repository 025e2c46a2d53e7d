package explore_test

import (
	"context"
	"strings"
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
)

// stock is a state whose parts a search restores in every way that it has.
type stock struct {
	Count map[string]uint8
	Last  *uint8
	Log   []string
	Note  []int `muster:"-"`
}

// changing returns a model whose first action changes the state and then returns
// false.
func changing(change func(*stock)) *model.Model[stock] {
	return &model.Model[stock]{
		Name: "stock", AllowDeadlock: true,
		Init: func(s *stock, _ *model.Choice) bool {
			s.Count["a"], s.Last, s.Log = 1, new(uint8), []string{"x"}
			return true
		},
		Actions: []model.Action[stock]{
			{Name: "Refuse", Do: func(s *stock, _ *model.Choice) bool { change(s); return false }},
			{Name: "Add", Do: func(s *stock, c *model.Choice) bool {
				name := model.Pick(c, "name", []string{"a", "b", "c"})
				if s.Count[name] == 3 {
					return false
				}
				s.Count[name]++
				return true
			}},
		},
		Properties: []model.Property[stock]{
			model.Always("AIsThere", func(s *stock) bool { return s.Count["a"] > 0 && *s.Last == 0 && len(s.Log) == 1 }),
		},
	}
}

// An action that changes a map, a pointee or an element and returns false is caught.
func TestRefusingChangesOfEveryPart(t *testing.T) {
	for name, change := range map[string]func(*stock){
		"entry":    func(s *stock) { s.Count["a"]++ },
		"new key":  func(s *stock) { s.Count["z"] = 1 },
		"no entry": func(s *stock) { delete(s.Count, "a") },
		"pointee":  func(s *stock) { *s.Last = 1 },
		"element":  func(s *stock) { s.Log[0] = "y" },
	} {
		_, err := explore.Check(context.Background(), changing(change), explore.Options{})
		if err == nil || !strings.Contains(err.Error(), "returned false") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What an action leaves in a choice from nothing, or in memory that two parts share
// then, is not in the states after it.
func TestWhatAnAttemptLeavesIsGone(t *testing.T) {
	spoil := func(s *stock) {
		s.Count["a"], s.Count["z"] = 0, 9
		*s.Last, s.Log[0] = 7, "y"
		s.Log = append(s.Log, "z")
		s.Note = append(s.Note, 1)
		s.Count, s.Last = map[string]uint8{}, nil
	}
	m := changing(func(*stock) {})
	m.Actions[0] = model.Action[stock]{Name: "Nothing", Do: func(s *stock, c *model.Choice) bool {
		c.Int("none", 0)
		spoil(s)
		return true
	}}
	for _, constraint := range []func(*stock) bool{nil, func(s *stock) bool { return len(s.Note) == 0 }} {
		m.Constraint = constraint
		r, err := explore.Check(context.Background(), m, explore.Options{Workers: 1})
		if err != nil || r.Verdict != explore.Holds || r.Counts.Distinct != 3*4*4 {
			t.Errorf("got %v, %v", r, err)
		}
	}
}
