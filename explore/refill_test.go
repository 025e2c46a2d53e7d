package explore

import (
	"context"
	"testing"

	"pgregory.net/rapid"

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

// TestRefillMakesTheSameStates: along the log, all states come out as they were,
// in the order in which they were.
func TestRefillMakesTheSameStates(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawMaze(t, 6).model(model.Recurs("P", is(0)))
		o := Options{Workers: 1, tuning: tuning{fragmentStates: rapid.IntRange(1, 3).Draw(t, "fragment")}}
		e, closed := engineOf(t, m, o)
		defer closed()
		e.run(context.Background())
		read := func() (all []place) {
			r := newArchiveReader(&e.archive, e.codec)
			for n := range e.archive.states {
				r.read(n)
				all = append(all, *r.state.(*place))
			}
			return all
		}
		before := read()
		if err := e.refill(); err != nil {
			t.Fatal(err)
		}
		after := read()
		if len(after) != len(before) {
			t.Fatalf("%d states, and then %d", len(before), len(after))
		}
		for i := range before {
			if before[i] != after[i] {
				t.Fatalf("state %d is %v, and then %v", i, before[i], after[i])
			}
		}
	})
}
