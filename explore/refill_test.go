package explore

import (
	"context"
	"testing"

	"github.com/muster-mc/muster/model"
)

// TestResumedRunDecides: a run that was interrupted and resumed has lost the
// states of earlier levels, makes them again, and decides as if it had not been
// interrupted.
func TestResumedRunDecides(t *testing.T) {
	for _, calls := range []int64{10, 400, 1500} {
		m := steps(9)
		m.Actions[0].Fair = model.WeakEach
		m.Properties = append(m.Properties,
			model.Eventually("Moves", func(s *[3]uint8) bool { return *s != [3]uint8{} }),
			model.Eventually("Far", func(s *[3]uint8) bool { return s[0] == 8 }),
			model.Recurs("Origin", func(s *[3]uint8) bool { return *s == [3]uint8{} }))
		want := textOf(check(t, m, Options{KeepGoing: true}))
		o := Options{Checkpoint: t.TempDir(), KeepGoing: true}
		interruptAt(t, m, o, calls)
		r, err := Resume(context.Background(), m, o)
		if err != nil {
			t.Fatal(err)
		}
		if got := textOf(r); got != want {
			t.Errorf("after %d calls: %s", calls, firstDifference(got, want))
		}
	}
}
