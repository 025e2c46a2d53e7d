package explore

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/muster-mc/muster/internal/visited"
	"github.com/muster-mc/muster/model"
)

// resumesWith interrupts a run of size^3 states and goes on with another store.
func resumesWith(t *testing.T, size uint8, from, to StoreKind, memory uint64) *Report {
	t.Helper()
	o := Options{Checkpoint: filepath.Join(t.TempDir(), "run"), Store: from, Workers: 2}
	interruptAt(t, steps(size), o, 20_000)
	o.Store, o.Memory, o.tuning.Tiny = to, memory, true
	r, err := Resume(context.Background(), steps(size), o)
	if err != nil {
		t.Fatalf("%s, then %s: %v", from, to, err)
	}
	return r
}

// A checkpoint serves any store, and the report says which ones were in use and
// what the answer rests on.
func TestResumeWithAnotherStore(t *testing.T) {
	exact, compact, disk := StoreExact, StoreCompact, StoreDisk
	const roomForCompact = 12_000_000 // 64,000 states fit only if they are fingerprints
	for _, c := range []struct {
		from, to StoreKind
		memory   uint64
		want     []StoreKind
	}{
		{StoreAuto, StoreAuto, 0, []StoreKind{exact}},
		{StoreAuto, StoreAuto, roomForCompact, []StoreKind{exact, compact}},
		{StoreAuto, StoreAuto, 1, []StoreKind{exact, compact, disk}},
		{exact, exact, 0, []StoreKind{exact}},
		{exact, exact, 1, []StoreKind{exact}},
		{exact, compact, 0, []StoreKind{exact, compact}},
		{exact, disk, 0, []StoreKind{exact, disk}},
		{exact, disk, 1, []StoreKind{exact, disk}},
		{compact, StoreAuto, 0, []StoreKind{compact}},
		{compact, StoreAuto, 1, []StoreKind{compact, disk}},
		{compact, compact, 1, []StoreKind{compact}},
		{compact, disk, 1, []StoreKind{compact, disk}},
		{disk, StoreAuto, 0, []StoreKind{disk, compact}},
		{disk, compact, 0, []StoreKind{disk, compact}},
		{disk, disk, 1, []StoreKind{disk}},
	} {
		size, states := uint8(20), uint64(8000)
		if c.memory == roomForCompact {
			size, states = 40, 64_000
		}
		r := resumesWith(t, size, c.from, c.to, c.memory)
		if !slices.Equal(r.Store.Kinds, c.want) {
			t.Errorf("%s, then %s with memory %d: used %v; want %v", c.from, c.to, c.memory, r.Store.Kinds, c.want)
		}
		if isExact := r.Store.Kind == exact; isExact != (r.Store.MissProbability == 0) || r.Counts.Distinct != states || r.Verdict != Holds {
			t.Errorf("%s, then %s: %s, %d states, misses one with chance %g", c.from, c.to, r.Verdict, r.Counts.Distinct, r.Store.MissProbability)
		}
	}
}

// An exact set turns compact by the same count after a resume: what its states take,
// and their numbers where properties about whole runs want those.
func TestResumedSetTurnsCompactWhenItWouldHave(t *testing.T) {
	const states = 40 * 40 * 40
	m := steps(40)
	m.Actions[0].Fair = model.Weak
	m.Properties = append(m.Properties, model.Eventually("Far", func(s *[3]uint8) bool { return s[0] == 39 }))
	for _, c := range []struct {
		name   string
		safety bool
		exact  uint64 // what an exact set may take
		want   []StoreKind
	}{
		{"its states do not quite fit", true, visited.ExactBytes(states, 3*states) - 1000, []StoreKind{StoreExact, StoreCompact}},
		{"they just fit", true, visited.ExactBytes(states, 3*states), []StoreKind{StoreExact}},
		{"their numbers do not fit", false, visited.ExactBytes(states, 5*states), []StoreKind{StoreExact, StoreCompact}},
	} {
		o := Options{Memory: 16 * c.exact, SafetyOnly: c.safety, Workers: 2}
		o.tuning.Tiny = true
		through := check(t, m, o)
		o.Checkpoint = filepath.Join(t.TempDir(), "run")
		interruptAt(t, m, o, 20_000)
		r, err := Resume(context.Background(), m, o)
		if got, want := outcome(r, err), outcome(through, nil); got != want || !slices.Equal(through.Store.Kinds, c.want) {
			t.Errorf("%s: used %v, want %v: %s", c.name, through.Store.Kinds, c.want, firstDifference(got, want))
		}
	}
}

// Fingerprints are not states: of those there is no exact set.
func TestExactSetIsNotMadeOfFingerprints(t *testing.T) {
	for _, from := range []StoreKind{StoreCompact, StoreDisk} {
		o := Options{Checkpoint: t.TempDir(), Store: from}
		interruptAt(t, steps(20), o, 20_000)
		o.Store = StoreExact
		refused(t, steps(20), o, "it has fingerprints of the visited states, of which no exact set can be made; any other store will do")
	}
}

// withoutStore is a report but for the set that the answer rests on.
func withoutStore(r *Report, err error) string {
	if r != nil {
		c := *r
		c.Store = Store{}
		r = &c
	}
	return outcome(r, err)
}

// Whole reports, but for the set, agree whatever stores a run has gone through.
func storesResumeRight[S any](t *rapid.T, m *model.Model[S], r recipe, dir string) (changes int) {
	o := drawOptions(t, r)
	o.tuning.Tiny = true
	want := withoutStore(Check(context.Background(), m, o))
	o.Checkpoint = dir
	begin, last, got := Check[S], StoreKind(""), ""
	for _, l := range drawLegs(t) {
		o.Workers, o.tuning, o.CheckpointEvery = l.workers, l.tuning, l.every
		o.tuning.Tiny = true
		kinds := []StoreKind{StoreAuto, StoreCompact, StoreDisk}
		if last == "" || last == StoreExact {
			kinds = append(kinds, StoreExact)
		}
		o.Store = rapid.SampledFrom(kinds).Draw(t, "next store")
		g, ctx := newTrigger(l.after, &o)
		defer g.cancel()
		report, err := begin(ctx, armed(m, g), o)
		if got = withoutStore(report, err); err != nil || report.Reason != interrupted {
			break
		}
		if report.Checkpoint != "" {
			begin = Resume[S]
			if last != "" && last != report.Store.Kind {
				changes++
			}
			last = report.Store.Kind
		}
	}
	if got != want {
		t.Fatal(firstDifference(got, want))
	}
	return changes
}

func TestResumedRunsAgreeWhateverTheStores(t *testing.T) {
	t.Parallel()
	changes, run := 0, 0
	dir := t.TempDir()
	checkUntil(t, &changes, func(t *rapid.T) {
		r := drawRecipe(t)
		run++
		path := filepath.Join(dir, fmt.Sprint(run))
		changes += storesResumeRight(t, r.flat(), r, path)
		changes += storesResumeRight(t, r.rich(), r, path+"rich")
	})
	t.Logf("%d times went on with another store", changes)
}
