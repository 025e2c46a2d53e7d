package mctest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/internal/gotest"
	"github.com/muster-mc/muster/model"
)

// Seat is one of some places at a table, Nobody's is 0.
type Seat uint8

// Table is a table of seats. One of those who sit there may speak.
type Table struct {
	Speaker Seat
	Sits    [4]bool `muster:"by=Seat"`
	Spoken  [4]bool `muster:"by=Seat"`
}

// table is a model that treats all of three seats alike.
func table(properties ...model.Property[Table]) *model.Model[Table] {
	return &model.Model[Table]{
		Name: "table", AllowDeadlock: true,
		Actions: []model.Action[Table]{
			{Name: "Sit", Do: func(s *Table, c *model.Choice) bool {
				i := c.Int("seat", 3)
				if s.Sits[i] {
					return false
				}
				s.Sits[i] = true
				return true
			}},
			{Name: "Speak", Fair: model.Weak, Do: func(s *Table, c *model.Choice) bool {
				i := c.Int("seat", 3)
				if !s.Sits[i] || s.Spoken[i] {
					return false
				}
				s.Speaker, s.Spoken[i] = Seat(i+1), true
				return true
			}},
		},
		Properties: append(properties,
			model.Always("SpeakerSits", func(s *Table) bool { return s.Speaker == 0 || s.Sits[s.Speaker-1] }),
			model.Always("NotAll", func(s *Table) bool { return !s.Spoken[0] || !s.Spoken[1] || !s.Spoken[2] }),
			model.Reachable("Full", func(s *Table) bool { return s.Sits[0] && s.Sits[1] && s.Sits[2] }),
			model.LeadsTo("SomebodySpeaks", func(s *Table) bool { return s.Sits != [4]bool{} }, func(s *Table) bool { return s.Speaker != 0 }),
			model.Recurs("Silence", func(s *Table) bool { return s.Speaker == 0 }),
		),
		Symmetry: []model.Symmetry{model.Scalars[Seat](3).From(1)},
	}
}

func TestSymmetric(t *testing.T) {
	each := model.LeadsToEach("EachSpeaks", "seat", 3,
		func(s *Table, i int) bool { return s.Sits[i] }, func(s *Table, i int) bool { return s.Spoken[i] })
	got := record(func(t testing.TB) {
		r := Symmetric(t, table(each), explore.Options{})
		if s := r.Symmetry; !s.Proved || s.Orbits != 10 || s.States != 35 || s.AsymmetricStart || strings.Contains(fmt.Sprint(r.Bounds), "symmetry") {
			t.Fatalf("%+v, bounds %q", s, r.Bounds)
		}
	})
	if got.failed != "" {
		t.Error(got.failed)
	}
	want := "warning: table: EachSpeaks is not compared: claims something of each of several values"
	if len(got.logs) != 1 || got.logs[0] != want {
		t.Errorf("got the warnings %q, want %s", got.logs, want)
	}
}

// The state that is searched of an orbit can be one in which nothing is wrong: each breach
// here is in one state of a large orbit, or outside of the constraint, or seen by a step
// alone.
func TestSymmetricFails(t *testing.T) {
	for _, c := range []struct {
		name  string
		spoil func(*model.Model[Table])
		want  []string
	}{
		{"an action has an order", func(m *model.Model[Table]) {
			m.Actions = append(m.Actions, model.Action[Table]{Name: "Leave", Do: func(s *Table, _ *model.Choice) bool {
				if s.Sits != [4]bool{true, true, false} || !s.Spoken[0] || s.Speaker != 1 {
					return false
				}
				s.Sits[0] = false
				return true
			}})
		}, []string{"table: action Leave is not symmetric in Seat: exchanging Seat ", "makes it lead elsewhere from this state", "  1  Init "}},
		{"a property prefers a seat", func(m *model.Model[Table]) {
			m.Properties = append(m.Properties, model.Always("FirstNotLast", func(s *Table) bool {
				return s.Spoken != [4]bool{true, true, true} || s.Speaker != 2 || s.Spoken[3]
			}))
		}, []string{"table: property FirstNotLast is not symmetric in Seat: exchanging Seat ", "changes what it says of this state", "  1  Init "}},
		{"a property prefers a step", func(m *model.Model[Table]) {
			m.Properties = append(m.Properties, model.AlwaysStep("AnyAfterAny", func(a, b *Table) bool { return a.Speaker != 3 || b.Speaker != 1 }))
		}, []string{"table: property AnyAfterAny is not symmetric in Seat: renaming Seat 1 to 3, ", "changes what it says of a step from this state"}},
		{"a property outside the constraint", func(m *model.Model[Table]) {
			m.Constraint = func(s *Table) bool { return s.Spoken != [4]bool{true, true, true} }
			m.Properties = append(m.Properties, model.Always("Outside", func(s *Table) bool {
				return s.Spoken != [4]bool{true, true, true} || s.Speaker != 2
			}))
		}, []string{"table: property Outside is not symmetric in Seat: exchanging Seat ", "changes what it says of a state outside the constraint that follows this one"}},
		{"a formula", func(m *model.Model[Table]) {
			m.Properties = append(m.Properties, model.Settles("Ends", func(s *Table) bool { return s.Speaker != 2 || !s.Spoken[0] || !s.Sits[1] }))
		}, []string{"table: property Ends is not symmetric in Seat: exchanging Seat "}},
		{"nothing declared", func(m *model.Model[Table]) { m.Symmetry = nil },
			[]string{"table cannot be checked: it declares no symmetry"}},
		{"one value", func(m *model.Model[Table]) { m.Symmetry = []model.Symmetry{model.Scalars[Seat](1).From(1)} },
			[]string{"table has no two values that are interchangeable: there is nothing to prove"}},
		{"a panic", func(m *model.Model[Table]) {
			m.Actions[0].Do = func(s *Table, c *model.Choice) bool { panic("no seats") }
		}, []string{"the symmetry is not proved, for not all orbits were found: table is violated", "no seats"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := table()
			c.spoil(m)
			got := record(func(t testing.TB) { Symmetric(t, m, explore.Options{}) })
			contains(t, got.failed, append(c.want, repeat)...)
		})
	}
	for states, want := range map[uint64]string{
		9:  "the symmetry is not proved, for not all orbits were found: table is incomplete",
		20: "the symmetry is proved, and not compared with a search of all states: table is incomplete",
	} {
		got := record(func(t testing.TB) { Symmetric(t, table(), explore.Options{MaxStates: states}) })
		contains(t, got.failed, want, fmt.Sprintf("the limit of %d states was reached", states), repeat)
	}
}

// What the two searches found is compared beside the proof.
func TestUnlikeOrbits(t *testing.T) {
	report := func() (*explore.Report, *explore.Report) {
		var orbits, all *explore.Report
		done := record(func(t testing.TB) {
			orbits = check(t, gotest.Site{}, table(), explore.Options{KeepGoing: true, Symmetry: explore.SymmetryOn})
			all = check(t, gotest.Site{}, table(), explore.Options{KeepGoing: true, Symmetry: explore.SymmetryOff})
		})
		if done.failed != "" {
			t.Fatal(done.failed)
		}
		return orbits, all
	}
	orbits, all := report()
	if text := unlikeOrbits(orbits, all); text != "" {
		t.Fatal(text)
	}
	for _, c := range []struct {
		spoil func(r *explore.Report)
		want  string
	}{
		{func(r *explore.Report) { r.Counts.Distinct++ }, "  states: 35 on orbits, 36 on all states\n"},
		{func(r *explore.Report) { r.Counts.Depth-- }, "  depth: 7 on orbits, 6 on all states\n"},
		{func(r *explore.Report) { r.Properties[0].Verdict = explore.Violated }, "  SpeakerSits: holds on orbits, SpeakerSits violated on all states\n"},
		{func(r *explore.Report) { r.Properties[1].Trace.Length++ }, "  NotAll: 7 states on orbits, 8 states on all states\n"},
		{func(r *explore.Report) { r.Properties[4].Trace.Loop++ }, "  Silence: a loop from state 3 on, 3 states on orbits, a loop from state 4 on, 3 states on all states\n"},
		{func(r *explore.Report) { r.Properties = r.Properties[:3] }, "  findings: 5 on orbits, 3 on all states\n"},
	} {
		orbits, all := report()
		c.spoil(all)
		if got, want := unlikeOrbits(orbits, all), "table is not the same without its symmetry:\n"+c.want; got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}
