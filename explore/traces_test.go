package explore

import (
	"slices"
	"strings"
	"testing"

	"github.com/muster-mc/muster/model"
)

// lossy has many states that violate its properties, inside of its constraint and
// outside, each of them on many ways.
func lossy() *model.Model[place] {
	return &model.Model[place]{
		Name: "lossy", AllowDeadlock: true,
		Actions: []model.Action[place]{{Name: "Go", Do: func(s *place, c *model.Choice) bool {
			s.N = (s.N*7 + c.Int("by", 5)) % 400
			return true
		}}},
		Constraint: func(s *place) bool { return s.N%9 != 4 },
		Properties: []model.Property[place]{
			model.Always("NotThree", func(s *place) bool { return s.N%9 != 4 && s.N%11 != 3 }),
			model.AlwaysStep("Far", func(before, after *place) bool { return after.N != before.N+2 }),
			model.Always("Fine", func(*place) bool { return true }),
		},
	}
}

// violatedBy are the last states and steps of all violations of a property.
func violatedBy(r *Report, property int) []string {
	var list []string
	note := func(p PropertyReport) {
		last := p.Trace.Steps[p.Trace.Length-1]
		list = append(list, pathOf(p.Trace)+" to "+last.State.String())
	}
	p := r.Properties[property]
	note(p)
	for _, f := range p.Further {
		note(PropertyReport{Trace: f.Trace})
	}
	return list
}

// The first violations of a property are those that come first in the order of the
// search, whatever the workers, the cut of the work and the number that is wanted.
func TestTraces(t *testing.T) {
	var all [2][]string
	for _, most := range []int{1000, 1, 2, 7} {
		for _, way := range ways {
			r := check(t, lossy(), Options{KeepGoing: true, Traces: most, Workers: way.workers, tuning: way.cut})
			if len(r.Properties[2].Further) != 0 || r.Properties[2].Verdict != Holds {
				t.Errorf("Fine is %s", r.Properties[2].Verdict)
			}
			for i := range all {
				got := violatedBy(r, i)
				if all[i] == nil {
					all[i] = got
				}
				if want := all[i][:min(most, len(all[i]))]; !slices.Equal(got, want) {
					t.Errorf("%d traces of %s by %d workers: got %d,\n%s\nwant %d,\n%s", most, r.Properties[i].Name, way.workers,
						len(got), strings.Join(got, "\n"), len(want), strings.Join(want, "\n"))
				}
			}
		}
	}
	// Every state that is made and violates NotThree, once.
	ends := map[string]bool{}
	for _, way := range all[0] {
		_, end, _ := strings.Cut(way, " to ")
		if ends[end] {
			t.Errorf("%s is there twice", end)
		}
		ends[end] = true
	}
	if want := violatorsOfLossy(); len(ends) != want {
		t.Errorf("got %d states; want %d", len(ends), want)
	}
}

// violatorsOfLossy counts the states that violate NotThree by a queue and a map.
func violatorsOfLossy() (n int) {
	m := lossy()
	known, queue := map[place]bool{{}: true}, []place{{}}
	for len(queue) > 0 {
		s := queue[0]
		queue = queue[1:]
		if !m.Properties[0].State(&s) {
			n++
		}
		for by := range 5 {
			to := place{(s.N*7 + by) % 400}
			if m.Constraint(&s) && !known[to] {
				known[to] = true
				queue = append(queue, to)
			}
		}
	}
	return n
}

// A run that goes on from its checkpoint reports the same ones.
func TestTracesOfAResumedRun(t *testing.T) {
	want := check(t, lossy(), Options{KeepGoing: true, Traces: 20})
	for depth := 1; depth < want.Counts.Depth; depth++ {
		o := Options{KeepGoing: true, Traces: 20, MaxDepth: depth, Checkpoint: t.TempDir()}
		check(t, lossy(), o)
		o.MaxDepth = 0
		r, err := Resume(t.Context(), lossy(), o)
		if err != nil {
			t.Fatal(err)
		}
		for i := range 2 {
			if got, want := violatedBy(r, i), violatedBy(want, i); !slices.Equal(got, want) {
				t.Errorf("from level %d: got %q; want %q", depth, got, want)
			}
		}
	}
	o := Options{KeepGoing: true, Traces: 20, MaxDepth: 1, Checkpoint: t.TempDir()}
	check(t, lossy(), o)
	o.Traces = 3
	if _, err := Resume(t.Context(), lossy(), o); err == nil || !strings.Contains(err.Error(), "another number of traces: the checkpoint has 20, this run has 3") {
		t.Errorf("got %v", err)
	}
}

func TestTracesWantKeepGoing(t *testing.T) {
	_, err := Check(t.Context(), lossy(), Options{Traces: 2})
	if want := "lossy cannot be checked: Traces is 2: want a number from 0 to 1000, and KeepGoing with more than one"; err == nil || err.Error() != want {
		t.Errorf("got %v; want %s", err, want)
	}
}

// The initial states have the positions of the successors of the first of them, and come
// before those.
func TestTracesOfInitialStates(t *testing.T) {
	m := graph(edges{0: {2, 3}}, model.Always("Zero", func(s *place) bool { return s.N == 0 }), reaches(3))
	m.Init = from(0, 1)
	p := propertyOf(t, checkAll(t, m, Options{KeepGoing: true, Traces: 3}), "Zero")
	got := []string{pathOf(p.Trace)}
	for _, f := range p.Further {
		got = append(got, pathOf(f.Trace))
	}
	if want := []string{"Init(at=1)", "Init(at=0) Go(to=2)", "Init(at=0) Go(to=3)"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Of what was to be reached one run is shown, however many a round finds.
func TestTracesOfWhatIsReached(t *testing.T) {
	m := graph(edges{0: {1, 2, 3}}, model.Reachable("Far", func(s *place) bool { return s.N > 0 }))
	if p := propertyOf(t, checkAll(t, m, Options{KeepGoing: true, Traces: 3}), "Far"); len(p.Further) > 0 {
		t.Errorf("%d further runs", len(p.Further))
	}
}
