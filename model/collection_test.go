package model_test

import (
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/muster-mc/muster/model"
)

// A set does what a map does.
func TestSet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var got model.Set[int]
		want := map[int]bool{}
		t.Repeat(map[string]func(*rapid.T){
			"Add": func(t *rapid.T) {
				e := element(t)
				if got.Add(e) == want[e] {
					t.Fatalf("%d was new: %v", e, want[e])
				}
				want[e] = true
			},
			"Remove": func(t *rapid.T) {
				e := element(t)
				if got.Remove(e) != want[e] {
					t.Fatalf("%d was there: %v", e, !want[e])
				}
				delete(want, e)
			},
			"Clear": func(t *rapid.T) {
				got.Clear()
				clear(want)
			},
			"": func(t *rapid.T) {
				e := element(t)
				if got.Has(e) != want[e] {
					t.Fatalf("has %d: got %v", e, got.Has(e))
				}
				if items := slices.Sorted(slices.Values(got.Items())); got.Len() != len(want) || !slices.Equal(items, slices.Sorted(maps.Keys(want))) {
					t.Fatalf("got %d elements %v, want %v", got.Len(), items, want)
				}
			},
		})
	})
}

// A bag does what a map of counts does.
func TestBag(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var got model.Bag[int]
		var want []int
		count := func(e int) int {
			return len(want) - len(slices.DeleteFunc(slices.Clone(want), func(x int) bool { return x == e }))
		}
		t.Repeat(map[string]func(*rapid.T){
			"Add": func(t *rapid.T) {
				e := element(t)
				got.Add(e)
				want = append(want, e)
			},
			"Remove": func(t *rapid.T) {
				e := element(t)
				i := slices.Index(want, e)
				if got.Remove(e) != (i >= 0) {
					t.Fatalf("%d was there: %v", e, i < 0)
				}
				if i >= 0 {
					want = slices.Delete(want, i, i+1)
				}
			},
			"Clear": func(t *rapid.T) {
				got.Clear()
				want = nil
			},
			"": func(t *rapid.T) {
				e := element(t)
				if got.Count(e) != count(e) || got.Has(e) != (count(e) > 0) {
					t.Fatalf("%d is there %d times, or %v; want %d times", e, got.Count(e), got.Has(e), count(e))
				}
				items := slices.Sorted(slices.Values(got.Items()))
				if got.Len() != len(want) || !slices.Equal(items, slices.Sorted(slices.Values(want))) {
					t.Fatalf("got %d elements %v, want %v", got.Len(), items, want)
				}
			},
		})
	})
}

// A loop over the elements that removes the one that it has reached meets them all.
func TestRemoveInALoop(t *testing.T) {
	var s model.Set[int]
	var b model.Bag[int]
	fill := func() {
		s.Clear()
		b.Clear()
		for _, e := range []int{1, 2, 3, 4, 5} {
			s.Add(e)
			b.Add(e / 2)
		}
	}
	var met []int
	meet := func(e int) { met = append(met, e) }
	for name, loop := range map[string]func(){
		"Items of a set": func() {
			for _, e := range s.Items() {
				meet(e)
				s.Remove(e)
			}
			b.Clear()
		},
		"All of a set": func() {
			for e := range s.All() {
				meet(e)
				s.Remove(e)
			}
			b.Clear()
		},
		"Items of a bag": func() {
			for _, e := range b.Items() {
				meet(e)
				b.Remove(e)
			}
			s.Clear()
		},
		"All of a bag": func() {
			for e := range b.All() {
				meet(e)
				b.Remove(e)
			}
			s.Clear()
		},
		"Items of a set, and RemoveFunc": func() {
			for _, e := range s.Items() {
				meet(e)
				s.RemoveFunc(func(other int) bool { return other == e })
			}
			b.Clear()
		},
		"Items of a bag, and RemoveFunc": func() {
			seen := map[int]bool{}
			for _, e := range b.Items() {
				if b.RemoveFunc(func(other int) bool { return other == e }) == seen[e] {
					t.Errorf("RemoveFunc of %d, met before: %v", e, seen[e])
				}
				seen[e] = true
				meet(e)
			}
			s.Clear()
		},
		"RemoveFunc": func() {
			if !s.RemoveFunc(func(e int) bool { meet(e); return true }) || !b.RemoveFunc(func(int) bool { return true }) {
				t.Error("RemoveFunc reports that nothing was there")
			}
		},
	} {
		met = nil
		fill()
		loop()
		if len(met) != 5 || s.Len() > 0 || b.Len() > 0 {
			t.Errorf("%s: met %v; %v and %v are left", name, met, s.Items(), b.Items())
		}
	}
}

// All meets what was there at the beginning and still is, each element once, whatever
// else is removed and added.
func TestAllToleratesChanges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var s model.Set[int]
		for range rapid.IntRange(0, 20).Draw(t, "elements") {
			s.Add(rapid.IntRange(0, 30).Draw(t, "element"))
		}
		first, gone, met := slices.Clone(s.Items()), map[int]bool{}, map[int]bool{}
		for e := range s.All() {
			if met[e] || gone[e] || !slices.Contains(first, e) {
				t.Fatalf("met %d; before that %v, and removed %v", e, met, gone)
			}
			met[e] = true
			for range rapid.IntRange(0, 3).Draw(t, "changes") {
				if x := rapid.IntRange(0, 30).Draw(t, "changed"); slices.Contains(first, x) {
					s.Remove(x)
					gone[x] = true
				} else {
					s.Add(x)
				}
			}
		}
		for _, e := range first {
			if !met[e] && !gone[e] {
				t.Fatalf("%d was not met", e)
			}
		}
	})
}

// Equal elements of a bag are one choice.
func TestDistinct(t *testing.T) {
	var b model.Bag[int]
	for _, e := range []int{1, 2, 1, 3, 2, 1} {
		b.Add(e)
	}
	if got := b.Distinct(); !slices.Equal(got, []int{1, 2, 3}) || b.Len() != 6 {
		t.Errorf("got %v of %v", got, b.Items())
	}
	b.Remove(1)
	b.Remove(1)
	b.Remove(2)
	if got := b.Distinct(); !slices.Equal(slices.Sorted(slices.Values(got)), []int{1, 2, 3}) {
		t.Errorf("got %v", got)
	}
}

// Sets and bags that are not larger than they have room for allocate nothing.
func TestCollectionsDoNotAllocate(t *testing.T) {
	var s model.Set[int]
	var b model.Bag[int]
	for e := range 8 {
		s.Add(e)
		b.Add(e)
	}
	sum := 0
	got := testing.AllocsPerRun(20, func() {
		for e := range s.All() {
			sum += e
		}
		for e := range b.All() {
			sum += e
		}
		sum += len(b.Distinct())
		kept := func(e int) bool { return e > 100 }
		s.RemoveFunc(kept)
		b.RemoveFunc(kept)
	})
	if got > 0 {
		t.Errorf("%v allocations", got)
	}
}

func element(t *rapid.T) int { return rapid.IntRange(0, 4).Draw(t, "element") }
