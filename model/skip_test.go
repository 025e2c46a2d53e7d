package model_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/muster-mc/muster/model"
)

// answered runs questions whose numbers of answers depend on the answers before, as a tree
// says, and returns the answers.
func answered(c *model.Choice, tree []uint8) []int {
	var answers []int
	at := 0
	for range 3 {
		n := int(tree[at%len(tree)]) % 4
		answers = append(answers, c.Int("n", n))
		at = at*3 + answers[len(answers)-1] + 1
	}
	return answers
}

// To skip after a call leaves out exactly the combinations that begin as that call did.
func TestSkip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tree := rapid.SliceOfN(rapid.Uint8(), 1, 40).Draw(t, "tree")
		unwanted := rapid.IntRange(0, 3).Draw(t, "unwanted")
		question := rapid.IntRange(0, 2).Draw(t, "question")
		run := func(skip bool) (useful [][]int) {
			var o model.Odometer
			o.Reset()
			for more := true; more; more = o.Next() {
				answers := answered(o.Choice(), tree)
				if void := o.Void(); answers[question] != unwanted && !void {
					useful = append(useful, answers)
				} else if skip && answers[question] == unwanted {
					o.Skip(question)
				}
			}
			return useful
		}
		if got, want := run(true), run(false); !slices.EqualFunc(got, want, slices.Equal) {
			t.Fatalf("got  %v\nwant %v", got, want)
		}
	})
}

// After the last question, or one that was not asked, there is nothing to leave out.
func TestSkipOfTheLastQuestion(t *testing.T) {
	var o model.Odometer
	o.Reset()
	calls := 0
	for more := true; more; more = o.Next() {
		o.Choice().Int("a", 2)
		o.Choice().Int("b", 3)
		o.Skip(1 + calls%2)
		calls++
	}
	if calls != 6 {
		t.Errorf("%d calls, want 6", calls)
	}
}
