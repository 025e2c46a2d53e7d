package explore

import (
	"errors"
	"strings"
	"testing"

	"github.com/muster-mc/muster/internal/liveness"
	"github.com/muster-mc/muster/model"
)

// deciding is a model whose claim about whole runs calls pull each time it is asked,
// which is when every state was found.
func deciding(pull func()) (*model.Model[[3]uint8], Options) {
	m := steps(9)
	m.Properties = append(m.Properties, model.Recurs("Origin", func(s *[3]uint8) bool {
		pull()
		return *s == [3]uint8{}
	}))
	return m, Options{KeepGoing: true, Workers: 2, tuning: tuning{liveness: liveness.Tuning{Apart: true}}}
}

// A run that is stopped while it decides about whole runs leaves its checkpoint, from
// which it goes on to the report of a run that was never stopped. A run with a verdict
// leaves none.
func TestACheckpointStaysUntilThereIsAVerdict(t *testing.T) {
	m, o := deciding(func() {})
	want := textOf(check(t, m, o))
	for _, calls := range []int64{1, 300, 729} {
		m, o := deciding(func() {})
		o.Checkpoint = t.TempDir()
		g, ctx := newTrigger(calls, &o)
		g.isFar = true
		broken, _ := deciding(g.pull)
		r, err := Check(ctx, broken, o)
		g.cancel()
		if err != nil {
			t.Fatal(err)
		}
		if r.Reason != interrupted || r.Checkpoint != o.Checkpoint || r.Counts.Distinct != 729 {
			t.Fatalf("stopped at call %d: %q, %d states, checkpoint %q", calls, r.Reason, r.Counts.Distinct, r.Checkpoint)
		}
		o.tuning.Heard = nil
		r, err = Resume(t.Context(), m, o)
		if err != nil {
			t.Fatal(err)
		}
		if got := textOf(r); got != want {
			t.Errorf("stopped at call %d: %s", calls, firstDifference(got, want))
		}
		if _, err := Resume(t.Context(), m, o); err == nil {
			t.Error("the checkpoint of a run with a verdict is still there")
		}
	}
}

// One run at a time uses a directory: another one is refused, whether it begins or
// resumes, and the first is not disturbed.
func TestTwoRunsOnOneCheckpoint(t *testing.T) {
	m, o := deciding(func() {})
	want := textOf(check(t, m, o))
	o.Checkpoint = t.TempDir()
	tried := false
	busy, _ := deciding(func() {
		if tried {
			return
		}
		tried = true
		for name, begin := range map[string]func() error{
			"begun":   func() error { _, err := Check(t.Context(), m, o); return err },
			"resumed": func() error { _, err := Resume(t.Context(), m, o); return err },
		} {
			err := begin()
			if refused := new(CheckpointError); !errors.As(err, &refused) || !strings.Contains(err.Error(), "another run uses it") {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
	o.Workers = 1
	r, err := Check(t.Context(), busy, o)
	if err != nil {
		t.Fatal(err)
	}
	if got := textOf(r); got != want || !tried {
		t.Error(firstDifference(got, want))
	}
}
