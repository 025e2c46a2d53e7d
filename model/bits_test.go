package model_test

import (
	"context"
	"fmt"
	"maps"
	"os"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// Bits do what a map does.
func TestBits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var got model.Bits
		want := map[int]bool{}
		number := rapid.IntRange(0, 63)
		t.Repeat(map[string]func(*rapid.T){
			"Add": func(t *rapid.T) {
				n := number.Draw(t, "number")
				if got.Add(n) == want[n] {
					t.Fatalf("%d was new: %v", n, want[n])
				}
				want[n] = true
			},
			"Remove": func(t *rapid.T) {
				n := number.Draw(t, "number")
				if got.Remove(n) != want[n] {
					t.Fatalf("%d was there: %v", n, !want[n])
				}
				delete(want, n)
			},
			"": func(t *rapid.T) {
				numbers := slices.Sorted(maps.Keys(want))
				if all := slices.Collect(got.All()); !slices.Equal(all, numbers) || got.Len() != len(want) {
					t.Fatalf("got %d elements %v, want %v", got.Len(), all, numbers)
				}
				if got != model.BitsOf(numbers...) {
					t.Fatalf("%v is not %v", got, model.BitsOf(numbers...))
				}
				for n := range 64 {
					if got.Has(n) != want[n] {
						t.Fatalf("has %d: got %v", n, got.Has(n))
					}
				}
			},
		})
	})
}

// Numbers that a set cannot hold are never in it, and adding one is a mistake.
func TestBitsOutOfRange(t *testing.T) {
	full := ^model.Bits(0)
	for _, n := range []int{-1, 64, 1 << 32} {
		if full.Has(n) || full.Remove(n) || full.Len() != 64 {
			t.Errorf("%d is in %v", n, full)
		}
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%d was added", n)
				}
			}()
			full.Add(n)
		}()
	}
}

// Election: three nodes vote for a leader, each once.
type Election struct {
	Voted, Elected model.Bits
}

// Vote is a vote by one of those who have not voted yet.
func Vote(s *Election, c *model.Choice) bool {
	s.Voted.Add(model.Member(c, "node", model.BitsOf(0, 1, 2)&^s.Voted))
	return true
}

// Elect makes a leader of one who has voted.
func Elect(s *Election, c *model.Choice) bool {
	leader := model.Member(c, "leader", s.Voted)
	if s.Elected.Len() > 0 || s.Voted.Len() < 2 {
		return false
	}
	s.Elected.Add(leader)
	return true
}

func ExampleBits() {
	election := &model.Model[Election]{
		Name: "election",
		Actions: []model.Action[Election]{
			{Name: "Vote", Do: Vote},
			{Name: "Elect", Do: Elect},
		},
		Properties: []model.Property[Election]{
			model.Always("FirstIsNotElected", func(s *Election) bool { return !s.Elected.Has(0) }),
		},
	}
	report, err := explore.Check(context.Background(), election, explore.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	_ = report.Properties[0].Trace.Text(os.Stdout, trace.TextOptions{})
	// Output:
	//   1  Init               (all zero)
	//   2  Vote(node=0)       Voted: {} -> {0}
	//   3  Vote(node=1)       Voted: {0} -> {0 1}
	//   4  Elect(leader=0)    Elected: {} -> {0}
}
