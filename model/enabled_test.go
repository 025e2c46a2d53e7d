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

// hall refers to memory in the ways that office does not, and has fields that do not.
type hall struct {
	Rows   [2]struct{ Seats, Taken []bool }
	Number [3]int8
	Guests []*office
	Empty  []int
	Plain  map[string]int
	Bits   *model.Bits
	queue  [][]string
}

func newHall() *hall {
	bits := model.BitsOf(1)
	h := &hall{Number: [3]int8{1, 2, 3}, Guests: []*office{newOffice(), nil}, Plain: map[string]int{"a": 1}, Bits: &bits,
		queue: [][]string{{"x"}, nil}, Empty: []int{7}}
	h.Empty = h.Empty[:0]
	h.Rows[1].Taken = []bool{true, false}
	return h
}

func TestEnabledCopiesEveryKindOfField(t *testing.T) {
	m := &model.Model[hall]{Name: "hall", Actions: []model.Action[hall]{{Name: "Ransack", Do: func(s *hall, c *model.Choice) bool {
		if !reflect.DeepEqual(s, newHall()) {
			t.Errorf("attempt %d begins with %+v", c.Int("n", 3), s)
		}
		s.Rows[1].Taken[0], s.Number[0], s.Empty = false, 9, append(s.Empty, 9)
		ransack(s.Guests[0])
		s.Guests[1], s.Plain["a"], s.Plain["b"] = &office{}, 9, 9
		s.Bits.Add(5)
		s.queue[0][0] = "y"
		return c.Int("n", 3) == 2
	}}}}
	s := newHall()
	for range 2 { // the second time, the type is known
		if !model.Enabled(m, "Ransack", s) {
			t.Error("got false, want true")
		}
	}
	if !reflect.DeepEqual(s, newHall()) || s.Empty[:1][0] != 7 {
		t.Errorf("the state was changed to %+v", s)
	}
}

// BenchmarkEnabled asks whether an action is enabled with one of five answers, and it never is. The
// messages of the state are in sets.
func BenchmarkEnabled(b *testing.B) {
	type letter struct{ From, To int8 }
	type place struct {
		Done  model.Bits
		Inbox [5]model.Set[letter]
	}
	m := &model.Model[place]{Name: "place", Actions: []model.Action[place]{{Name: "Read", Do: func(s *place, c *model.Choice) bool {
		return s.Done.Has(c.Int("node", 5))
	}}}}
	var s place
	s.Inbox[1].Add(letter{1, 2})
	s.Inbox[1].Add(letter{2, 2})
	s.Inbox[4].Add(letter{1, 5})
	b.ReportAllocs()
	for b.Loop() {
		model.Enabled(m, "Read", &s)
	}
}
