package model_test

import (
	"testing"

	"github.com/muster-mc/muster/model"
)

type list struct{ items [3]int }

// firstTwo are the elements that the claims are about. The third element is not among them.
func firstTwo(s *list) []int { return s.items[:2] }

func TestClaimsAboutElements(t *testing.T) {
	isEven := func(n *int) bool { return *n%2 == 0 }
	differ := func(a, b *int) bool { return *a != *b }
	for _, c := range []struct {
		state                 list
		every, everyTwo, some bool
		count                 int
	}{
		{list{[3]int{2, 4, 1}}, true, true, true, 2},
		{list{[3]int{2, 2, 1}}, true, false, true, 2},
		{list{[3]int{2, 1, 1}}, false, true, true, 1},
		{list{[3]int{1, 2, 2}}, false, true, true, 1},
		{list{[3]int{1, 3, 2}}, false, true, false, 0},
		{list{[3]int{1, 1, 2}}, false, false, false, 0},
	} {
		s := &c.state
		every, some := model.Every(firstTwo, isEven)(s), model.Some(firstTwo, isEven)(s)
		two, count := model.EveryTwo(firstTwo, differ)(s), model.Count(firstTwo, isEven)(s)
		if every != c.every || two != c.everyTwo || some != c.some || count != c.count {
			t.Errorf("of %v: every %t, every two %t, some %t, %d; want %t, %t, %t, %d",
				s.items, every, two, some, count, c.every, c.everyTwo, c.some, c.count)
		}
	}
}

// Of no elements, everything is true of every one and nothing of some.
func TestClaimsAboutNoElement(t *testing.T) {
	none := func(*list) []int { return nil }
	never, neverTwo := func(*int) bool { return false }, func(_, _ *int) bool { return false }
	s := &list{}
	if !model.Every(none, never)(s) || !model.EveryTwo(none, neverTwo)(s) || model.Some(none, never)(s) || model.Count(none, never)(s) != 0 {
		t.Error("a claim about no element is not what it says")
	}
}

// A pair is asked about once, and no element is paired with itself: three elements are three pairs.
func TestEveryTwoIsAPairOnce(t *testing.T) {
	s, seen := &list{[3]int{1, 2, 3}}, map[[2]int]int{}
	all := func(s *list) []int { return s.items[:] }
	model.EveryTwo(all, func(a, b *int) bool {
		seen[[2]int{*a, *b}]++
		return true
	})(s)
	for _, pair := range [][2]int{{1, 2}, {1, 3}, {2, 3}} {
		if seen[pair] != 1 {
			t.Errorf("the pair %v was asked about %d times", pair, seen[pair])
		}
	}
	if len(seen) != 3 {
		t.Errorf("%v; want three pairs", seen)
	}
}
