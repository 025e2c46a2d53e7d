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

func element(t *rapid.T) int { return rapid.IntRange(0, 4).Draw(t, "element") }
