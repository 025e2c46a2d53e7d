package explore

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/muster-mc/muster/model"
)

// maze is a small random graph: where each action can go from each place, by
// each of its two ways.
type maze struct {
	places   int
	starts   []int
	actions  []mazeAction
	progress bool
	inside   uint64 // the places inside the constraint, a bit each
}

type mazeAction struct {
	fair model.Fairness
	by   []string
	to   [2][][]int // by way and place
}

func drawMaze(t *rapid.T, placesMax int) maze {
	m := maze{places: rapid.IntRange(1, placesMax).Draw(t, "places"), inside: ^uint64(0)}
	place := rapid.IntRange(0, m.places-1)
	m.starts = rapid.SliceOfN(place, 1, 2).Draw(t, "starts")
	for range rapid.IntRange(1, 3).Draw(t, "actions") {
		a := mazeAction{fair: rapid.SampledFrom([]model.Fairness{model.Unfair, model.Weak, model.Strong,
			model.WeakEach, model.StrongEach}).Draw(t, "fair")}
		if a.fair.IsEach() && rapid.Bool().Draw(t, "by way") {
			a.by = []string{"way"}
		}
		for way := range a.to {
			for range m.places {
				a.to[way] = append(a.to[way], rapid.SliceOfN(place, 0, 2).Draw(t, "to"))
			}
		}
		m.actions = append(m.actions, a)
	}
	m.progress = rapid.Bool().Draw(t, "progress")
	if rapid.Bool().Draw(t, "bounded") {
		m.inside = rapid.Uint64().Draw(t, "inside") | 1<<m.starts[0]
	}
	return m
}

func (m maze) isInside(n int) bool { return m.inside&(1<<n) != 0 }

func (m maze) model(properties ...model.Property[place]) *model.Model[place] {
	made := &model.Model[place]{
		Name: "maze", AllowDeadlock: true, Init: from(m.starts...), Properties: properties, Progress: m.progress,
		Constraint: func(s *place) bool { return m.isInside(s.N) },
	}
	for i, a := range m.actions {
		made.Actions = append(made.Actions, model.Action[place]{
			Name: fmt.Sprint("A", i), Fair: a.fair, FairBy: a.by,
			Do: func(s *place, c *model.Choice) bool {
				way := c.Int("way", 2)
				s.N = model.Pick(c, "to", a.to[way][s.N])
				return true
			}})
	}
	return made
}

// mazeEdge is a step of a maze that changes something, and what fairness calls it.
type mazeEdge struct {
	from, to int
	action   int
	demand   string // of the action that is fair, empty for others
	strong   bool
}

func (m maze) edges() []mazeEdge {
	var list []mazeEdge
	for i, a := range m.actions {
		for way := range a.to {
			for from, targets := range a.to[way] {
				for _, to := range targets {
					if from == to {
						continue
					}
					e := mazeEdge{from: from, to: to, action: i, strong: a.fair.IsStrong()}
					switch {
					case a.fair == model.Unfair:
					case !a.fair.IsEach():
						e.demand = fmt.Sprint(i)
					case a.by != nil:
						e.demand = fmt.Sprint(i, "/", way)
					default: // the index of a pick is no name for it: where it goes is
						e.demand = fmt.Sprint(i, "/", way, "/", to)
					}
					list = append(list, e)
				}
			}
		}
	}
	return list
}

// oracle knows the fair ends of all runs of a maze: the sets of places among
// which a run can go round for ever, and those at which it can stay.
type oracle struct {
	maze
	all  []mazeEdge
	ends []uint64
}

// newOracle tries every set of places. A run is at some set of places again and
// again; if it is fair, then so is one that takes every step between them again
// and again, for that only makes it fairer.
func newOracle(m maze) *oracle {
	o := &oracle{maze: m, all: m.edges()}
	for set := uint64(1); set < 1<<m.places; set++ {
		if o.connected(set) && o.isFair(set) {
			o.ends = append(o.ends, set)
		}
	}
	return o
}

func (o *oracle) within(e mazeEdge, set uint64) bool {
	return set&(1<<e.from) != 0 && set&(1<<e.to) != 0
}

// connected: every place of the set can be reached from every other within it.
// A single place is a run that stays.
func (o *oracle) connected(set uint64) bool {
	for n := range o.places {
		if set&(1<<n) != 0 && (!o.isInside(n) || o.reach(1<<n, set) != set) {
			return false
		}
	}
	return true
}

// reach are the places that can be reached from some within a set.
func (o *oracle) reach(from, set uint64) uint64 {
	from &= set
	for changed := true; changed; {
		changed = false
		for _, e := range o.all {
			if from&(1<<e.from) != 0 && set&(1<<e.to) != 0 && from&(1<<e.to) == 0 {
				from |= 1 << e.to
				changed = true
			}
		}
	}
	return from
}

func (o *oracle) isFair(set uint64) bool {
	type fate struct {
		enabled uint64
		taken   bool
		strong  bool
	}
	fates := map[string]*fate{}
	moves := uint64(0)
	for _, e := range o.all {
		if set&(1<<e.from) == 0 {
			continue
		}
		moves |= 1 << e.from
		if e.demand == "" {
			continue
		}
		f := fates[e.demand]
		if f == nil {
			f = &fate{strong: e.strong}
			fates[e.demand] = f
		}
		f.enabled |= 1 << e.from
		f.taken = f.taken || o.within(e, set)
	}
	for _, f := range fates {
		if !f.taken && (f.strong || f.enabled == set) {
			return false
		}
	}
	single := set&(set-1) == 0
	return !(o.progress && single && moves == set)
}

func (o *oracle) reachable() uint64 { return o.reach(o.begin(), o.inside) }

func (o *oracle) begin() uint64 {
	from := uint64(0)
	for _, n := range o.starts {
		if o.isInside(n) {
			from |= 1 << n
		}
	}
	return from
}

// violated says which of the four simple properties of p and q are.
func (o *oracle) violated(p, q uint64) map[string]bool {
	v := map[string]bool{}
	reachable := o.reachable()
	for _, end := range o.ends {
		meets := func(from uint64) bool { return from&end != 0 }
		v["Eventually"] = v["Eventually"] || end&p == 0 && meets(o.reach(o.begin(), o.inside&^p))
		v["LeadsTo"] = v["LeadsTo"] || end&q == 0 && meets(o.reach(reachable&p&^q, o.inside&^q))
		v["Recurs"] = v["Recurs"] || end&p == 0 && meets(reachable)
		v["Settles"] = v["Settles"] || end&^p != 0 && meets(reachable)
	}
	return v
}

func at(set uint64) func(*place) bool {
	return func(s *place) bool { return set&(1<<s.N) != 0 }
}

// TestNoFairRun: a property that holds because no fair run stays inside is said to, and
// no other.
func TestNoFairRun(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawMaze(t, 6)
		o := newOracle(m)
		reachable := o.reachable()
		exists := slices.ContainsFunc(o.ends, func(end uint64) bool { return end&reachable != 0 })
		p := rapid.Uint64Range(0, 63).Draw(t, "p")
		made := m.model(model.LeadsTo("LeadsTo", at(p), at(rapid.Uint64Range(0, 63).Draw(t, "q"))), model.Recurs("Recurs", at(p)),
			model.Temporal("False", model.Or[place]()))
		made.Properties = made.Properties[rapid.IntRange(0, 2).Draw(t, "first"):]
		workers := rapid.IntRange(1, 3).Draw(t, "workers")
		r, err := Check(t.Context(), made, Options{Workers: workers, tuning: drawTuning(t)})
		if err != nil {
			t.Fatal(err)
		}
		for _, got := range r.Properties {
			if got.NoFairRun == exists || got.Name == "False" && (got.Verdict == Holds) == exists {
				t.Fatalf("%s %s, no fair run: %v; there is one: %v", got.Name, got.Verdict, got.NoFairRun, exists)
			}
		}
		if v := r.Vacuity; v != nil && (len(v.NoFairRun) == len(made.Properties)) == exists {
			t.Fatalf("%v hold without a fair run; there is one: %v", v.NoFairRun, exists)
		}
	})
}

// TestSimpleProperties compares the engine, with and without automata, with the
// oracle.
func TestSimpleProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawMaze(t, 6)
		p, q := rapid.Uint64Range(0, 63).Draw(t, "p"), rapid.Uint64Range(0, 63).Draw(t, "q")
		want := newOracle(m).violated(p, q)
		made := m.model(model.Eventually("Eventually", at(p)), model.LeadsTo("LeadsTo", at(p), at(q)),
			model.Recurs("Recurs", at(p)), model.Settles("Settles", at(p)))
		cut := drawTuning(t)
		workers := rapid.IntRange(1, 3).Draw(t, "workers")
		for _, automata := range []bool{false, true} {
			cut.liveness.Automata = automata
			r, err := Check(t.Context(), made, Options{Workers: workers, tuning: cut})
			if err != nil {
				t.Fatalf("automata %v: %v", automata, err)
			}
			for _, got := range r.Properties {
				if (got.Verdict == Violated) != want[got.Name] || got.Verdict == Unknown {
					t.Fatalf("automata %v: %s is %s; violated should be %v", automata, got.Name, got.Verdict, want[got.Name])
				}
			}
		}
	})
}
