package model_test

import (
	"fmt"
	"reflect"
	"testing"

	"github.com/muster-mc/muster/model"
)

// office is a state that refers to memory in every way.
type office struct {
	Desk   [2][]int
	Files  map[string][]int
	Boss   *office
	Memo   *[]int
	Name   string
	hidden map[int]*int
}

func newOffice() *office {
	one := 1
	return &office{
		Desk:  [2][]int{{1, 2}, nil},
		Files: map[string][]int{"a": {1}},
		Boss:  &office{Name: "boss", Files: map[string][]int{"b": nil}},
		Memo:  &[]int{3}, Name: "x", hidden: map[int]*int{1: &one},
	}
}

// ransack changes everything that can be reached.
func ransack(s *office) {
	s.Desk[0][0], s.Desk[1] = 9, append(s.Desk[1], 9)
	s.Files["a"][0], s.Files["c"] = 9, nil
	s.Boss.Name, s.Boss.Files["b"] = "gone", []int{9}
	(*s.Memo)[0], s.Name = 9, ""
	*s.hidden[1] = 9
	delete(s.hidden, 1)
}

// offices is a model with an action for each case of being enabled or not.
func offices() *model.Model[office] {
	ready := func(answer bool) func(*office, *model.Choice) bool {
		return func(s *office, _ *model.Choice) bool { ransack(s); return answer }
	}
	return &model.Model[office]{
		Name: "office",
		Actions: []model.Action[office]{
			{Name: "Yes", Do: ready(true)},
			{Name: "No", Do: ready(false)},
			{Name: "InOneWay", Do: func(s *office, c *model.Choice) bool {
				ransack(s)
				return c.Int("n", 3) == 1 && c.Bool("b")
			}},
			{Name: "InNoWay", Do: func(s *office, c *model.Choice) bool {
				ransack(s)
				return c.Int("n", 3) == 1 && c.Int("m", 2) == 2
			}},
			{Name: "FromNothing", Do: func(s *office, c *model.Choice) bool {
				c.Int("n", 0)
				return true
			}},
			{Name: "PanicFromNothing", Do: func(s *office, c *model.Choice) bool {
				return s.Desk[1][c.Int("n", len(s.Desk[1]))] > 0
			}},
			{Name: "LaterFromSomething", Do: func(s *office, c *model.Choice) bool {
				n := c.Int("n", 2)
				return s.Desk[0][c.Int("m", n)] > 0
			}},
			{Name: "Panic", Do: func(*office, *model.Choice) bool { panic("trouble") }},
		},
	}
}

func TestEnabled(t *testing.T) {
	for _, c := range []struct {
		action string
		want   bool
	}{
		{"Yes", true}, {"No", false}, {"InOneWay", true}, {"InNoWay", false},
		{"FromNothing", false}, {"PanicFromNothing", false}, {"LaterFromSomething", true},
	} {
		t.Run(c.action, func(t *testing.T) {
			s := newOffice()
			if got := model.Enabled(offices(), c.action, s); got != c.want {
				t.Errorf("got %v, want %v", got, c.want)
			}
			if !reflect.DeepEqual(s, newOffice()) {
				t.Errorf("the state was changed to %+v", s)
			}
		})
	}
}

func TestEnabledPanics(t *testing.T) {
	for action, want := range map[string]string{
		"Panic": "trouble",
		"Yse":   "model: Enabled: office has no action Yse",
	} {
		func() {
			defer func() {
				if got := fmt.Sprint(recover()); got != want {
					t.Errorf("%s: got the panic %q, want %q", action, got, want)
				}
			}()
			model.Enabled(offices(), action, newOffice())
		}()
	}
}
