package drive

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// place is a state of a random model.
type place struct{ N uint8 }

// table is a random model: the places to which an action with an argument leads from a
// place.
type table struct {
	places  int
	actions []string
	to      map[entry][]uint8
}

// entry is an action, the place where it is taken, and its argument.
type entry struct {
	action string
	from   uint8
	arg    int
}

// drawTable draws a table whose entries have at most so many places each.
func drawTable(t *rapid.T, most int) *table {
	d := &table{places: rapid.IntRange(2, 8).Draw(t, "places"), to: map[entry][]uint8{}}
	d.actions = []string{"A", "B", "C"}[:rapid.IntRange(1, 3).Draw(t, "actions")]
	for _, a := range d.actions {
		for from := range d.places {
			for arg := range 2 {
				to := rapid.SliceOfNDistinct(rapid.Uint8Range(0, uint8(d.places-1)), 0, most, rapid.ID).Draw(t, "to")
				d.to[entry{a, uint8(from), arg}] = to
			}
		}
	}
	return d
}

func (d *table) model() *model.Model[place] {
	m := &model.Model[place]{Name: "random", AllowDeadlock: true}
	for _, a := range d.actions {
		m.Actions = append(m.Actions, model.Action[place]{Name: a, Do: func(s *place, c *model.Choice) bool {
			s.N = model.Pick(c, "to", d.to[entry{a, s.N, c.Int("arg", 2)}])
			return true
		}})
	}
	return m
}

// random is a system that does what a table says, and chooses where it says several
// things. It may forbear from telling what it has chosen, and show only whether its place
// is even.
type random struct {
	table         *table
	choose        *rand.Rand
	n             uint8
	tells, hidden bool
}

func (r *random) Do(step trace.Step) (any, error) {
	to := r.table.to[entry{step.Action, r.n, step.Arguments.Int("arg")}]
	if len(to) == 0 {
		return nil, Refused
	}
	r.n = to[r.choose.IntN(len(to))]
	if r.tells {
		return Args{"to": r.n}, nil
	}
	return Args{"to": Any}, nil
}

func (r *random) Observe(s *place) []Difference {
	if r.hidden {
		return Compare("Even", s.N%2 == 0, r.n%2 == 0)
	}
	return Compare("N", s.N, r.n)
}

// driverOf opens a driver that runs no test of its own for each run of a system.
func driverOf(t *testing.T, m *model.Model[place], start func(*testing.T) System[place], o Options) *driver[place] {
	d := open(t, m, start, o)
	d.apart = func(t *testing.T, _ string, part func(*testing.T)) bool { part(t); return true }
	return d
}

// A system that does what the model says passes, whatever it chooses, tells and shows.
func TestWhatTheModelPermitsPasses(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		most := rapid.IntRange(1, 3).Draw(r, "most")
		tab := drawTable(r, most)
		tells, hidden := rapid.Bool().Draw(r, "tells"), rapid.Bool().Draw(r, "hidden")
		seed := rapid.Uint64().Draw(r, "seed")
		start := func(*testing.T) System[place] {
			seed++
			return &random{table: tab, choose: rand.New(rand.NewPCG(seed, 0)), tells: tells, hidden: hidden}
		}
		cover := rapid.SampledFrom([]Cover{0, Actions, States, Edges, Pairs | Edges}).Draw(r, "cover")
		d := driverOf(t, tab.model(), start, Options{Cover: cover, Refusals: rapid.Bool().Draw(r, "refusals")})
		if f := d.cover(t); f != nil {
			r.Fatal(d.show(f))
		}
		for _, c := range d.report.Coverage {
			if most == 1 && tells && !hidden && c.Covered < c.Goals {
				r.Fatalf("there is nothing to decide, and not all is covered: %s", d.report)
			}
		}
	})
}

// broken is a table with one entry that leads elsewhere, but only after another entry was
// used, or at once if there is no other one.
type broken struct {
	*table
	at    entry
	to    uint8
	after *entry

	n       uint8
	armed   bool
	erred   bool
	noticed func()
}

func (b *broken) Do(step trace.Step) (any, error) {
	e := entry{step.Action, b.n, step.Arguments.Int("arg")}
	if len(b.table.to[e]) == 0 {
		return nil, Refused
	}
	b.n = b.table.to[e][0]
	if e == b.at && (b.armed || b.after == nil) {
		b.n, b.erred = b.to, true
		b.noticed()
	}
	b.armed = b.armed || b.after != nil && e == *b.after
	return nil, nil
}

func (b *broken) Observe(s *place) []Difference { return Compare("N", s.N, b.n) }

// drawBroken breaks an entry of a table, if there is one.
func drawBroken(r *rapid.T, tab *table) *broken {
	var used []entry
	for _, a := range tab.actions {
		for from := range tab.places {
			for arg := range 2 {
				if e := (entry{a, uint8(from), arg}); len(tab.to[e]) > 0 {
					used = append(used, e)
				}
			}
		}
	}
	if len(used) == 0 {
		return nil
	}
	b := &broken{table: tab, at: rapid.SampledFrom(used).Draw(r, "broken")}
	b.to = (tab.to[b.at][0] + uint8(rapid.IntRange(1, tab.places-1).Draw(r, "by"))) % uint8(tab.places)
	if rapid.Bool().Draw(r, "late") {
		after := rapid.SampledFrom(used).Draw(r, "after")
		b.after = &after
	}
	return b
}

// shortest is the number of steps of the shortest run that fails, by breadth-first search
// over the places and whether the mistake is armed; 0 if no run does.
func (b *broken) shortest() int {
	type spot struct {
		n     uint8
		armed bool
	}
	level, seen := []spot{{0, b.after == nil}}, map[spot]bool{}
	for depth := 1; len(level) > 0; depth++ {
		var next []spot
		for _, s := range level {
			for e, to := range b.table.to {
				if e.from != s.n || len(to) == 0 {
					continue
				}
				if e == b.at && s.armed {
					return depth
				}
				after := spot{to[0], s.armed || b.after != nil && e == *b.after}
				if !seen[after] {
					seen[after] = true
					next = append(next, after)
				}
			}
		}
		level = next
	}
	return 0
}

// One entry that is wrong is found by the edges of the model, and by every suite that
// comes there. The run that shows it is about as short as any, and the shortest one where
// that is claimed.
func TestWhatIsBrokenIsFound(t *testing.T) {
	found, longer, proved := 0, 0, 0
	check := func(r *rapid.T) {
		tab := drawTable(r, 1)
		b := drawBroken(r, tab)
		if b == nil {
			return
		}
		met := false
		start := func(*testing.T) System[place] {
			fresh := *b
			fresh.noticed = func() { met = true }
			return &fresh
		}
		cover := rapid.SampledFrom([]Cover{0, Actions, Edges}).Draw(r, "cover")
		d := driverOf(t, tab.model(), start, Options{Cover: cover, Seed: rapid.Uint64Range(0, 5).Draw(r, "seed"), Trials: 300})
		f := d.cover(t)
		if (f != nil) != met {
			r.Fatalf("the mistake happened: %v; a failure: %v", met, f != nil)
		}
		best := b.shortest()
		if cover == Edges && b.after == nil && best > 0 && f == nil {
			r.Fatal("a reachable edge is wrong, and all edges pass")
		}
		if f == nil {
			return
		}
		s := &shortener[place]{driver: d, t: t, left: d.options.Trials, known: map[string]*failure{}}
		short := s.shorten(f)
		steps := len(short.orders) - 1
		if s.flaky || steps < best || 2*steps > 3*best {
			r.Fatalf("the shortest run has %d steps\n%s%s", best, d.show(short), s.said(f, short))
		}
		if s.proven == steps-1 {
			proved++
			if steps != best {
				r.Fatalf("no run is said to be shorter, and one of %d is\n%s", best, d.show(short))
			}
		}
		found++
		if steps > best {
			longer++
		}
	}
	for tries := 0; proved == 0 && tries < 50 && !t.Failed(); tries++ { // few are drawn with -short
		rapid.Check(t, check)
	}
	if proved == 0 {
		t.Errorf("of %d failures, none is proved to be shortest", found)
	}
	t.Logf("%d failures, %d proved to be shortest, %d longer than the shortest", found, proved, longer)
}

// The same seed gives the same run of the real system, and another seed gives another.
func TestSeedsDecide(t *testing.T) {
	tab := &table{places: 6, actions: []string{"A", "B"}, to: map[entry][]uint8{}}
	for _, a := range tab.actions {
		for from := range tab.places {
			for arg := range 2 {
				tab.to[entry{a, uint8(from), arg}] = []uint8{uint8((from*2 + arg + len(a)) % tab.places)}
			}
		}
	}
	logged := func(seed uint64) string {
		var steps []string
		start := func(*testing.T) System[place] { return &logging{broken{table: tab, noticed: func() {}}, &steps} }
		d := driverOf(t, tab.model(), start, Options{Seed: seed})
		if f := d.cover(t); f != nil {
			t.Fatal(d.show(f))
		}
		return fmt.Sprint(steps)
	}
	var all []string
	for seed := range uint64(4) {
		first := logged(seed)
		if again := logged(seed); again != first {
			t.Errorf("seed %d: got %s and %s", seed, first, again)
		}
		if !slices.Contains(all, first) {
			all = append(all, first)
		}
	}
	if len(all) < 2 {
		t.Error("all seeds give the same tests")
	}
}

// logging writes down what it is asked to do.
type logging struct {
	broken
	steps *[]string
}

func (l *logging) Do(step trace.Step) (any, error) {
	*l.steps = append(*l.steps, step.Label())
	return l.broken.Do(step)
}
