package liveness

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// A silent shows nothing of what it is.
type silent int

func (silent) String() string { return "silent" }

// The label of a step is that of the text of its arguments, whatever their types, and
// whichever labels were asked for before.
func TestLabelsAreThoseOfTexts(t *testing.T) {
	shared := &[]int{0}
	values := []any{0, 1, 300, -1, false, true, "", "0", "1", silent(1), silent(2), struct{ A, B int }{1, 2},
		[2]bool{true}, []int{1, 2}, []int{1}, 0.5, nil, shared, uint8(1), []any{"x", 1}}
	rapid.Check(t, func(t *rapid.T) {
		actions := []system.Action{{Name: "A", Fair: model.WeakEach}, {Name: "B", Fair: model.StrongEach, FairBy: []string{"x"}}}
		l := newLabels(len(actions))
		c := newCombinations(l, actions)
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			action := rapid.IntRange(0, 1).Draw(t, "action")
			*shared = append(*shared, 1) // so that it is shown in another way
			var arguments []model.Argument
			for range rapid.IntRange(0, 2).Draw(t, "arguments") {
				arguments = append(arguments, model.Argument{Name: rapid.SampledFrom([]string{"x", "y"}).Draw(t, "name"),
					Value: rapid.SampledFrom(values).Draw(t, "value")})
			}
			told, missing := toldApart(actions[action].FairBy, trace.ArgumentsOf(arguments))
			got := c.Label(action, arguments)
			switch {
			case missing != "":
				if got != noLabel {
					t.Fatalf("%v has label %d without %s", arguments, got, missing)
				}
			case l.list[got] != label{action, told.Plain()}:
				t.Fatalf("%v has the label %v, want %s", arguments, l.list[got], told.Plain())
			}
		}
	})
}
