package orbittest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
)

// seat is taken by one of three guests, which stand up again.
type seat struct{ Guest guest }

// guest is a guest, from 1; 0 is nobody.
type guest uint8

// seats is a model of a seat that the first guests may take at the beginning.
func seats(first int) *model.Model[seat] {
	return &model.Model[seat]{
		Name: "seats",
		Init: func(s *seat, c *model.Choice) bool {
			s.Guest = guest(c.Int("guest", first+1))
			return true
		},
		Actions: []model.Action[seat]{
			{Name: "SitDown", Do: func(s *seat, c *model.Choice) bool {
				if s.Guest != 0 {
					return false
				}
				s.Guest = guest(1 + c.Int("guest", 3))
				return true
			}},
			{Name: "StandUp", Do: func(s *seat, _ *model.Choice) bool {
				if s.Guest == 0 {
					return false
				}
				s.Guest = 0
				return true
			}},
		},
		Properties: []model.Property[seat]{
			model.Always("IsGuest", func(s *seat) bool { return s.Guest <= 3 }),
			model.Reachable("IsTaken", func(s *seat) bool { return s.Guest != 0 }),
		},
		Symmetry: []model.Symmetry{model.Scalars[guest](3).From(1)},
	}
}

// notes is a test that notes its failures and goes on.
type notes struct {
	testing.TB
	failures []string
}

func (n *notes) Helper() {}

func (n *notes) Errorf(format string, args ...any) {
	n.failures = append(n.failures, fmt.Sprintf(format, args...))
}

func TestHolds(t *testing.T) {
	for _, want := range []struct {
		name    string
		m       *model.Model[seat]
		orbits  uint64
		failure string // none if empty
	}{
		{"it is as it is said", seats(0), 2, ""},
		{"every guest may be there first", seats(3), 2, ""},
		{"there are fewer orbits than that", seats(0), 3, "seats has 2 orbits, want 3"},
		{"one guest is there first", seats(1), 2,
			"seats: the orbits have 1 levels, and the states 2\nseats: not reduced: \"\"; asymmetric start: true"},
	} {
		t.Run(want.name, func(t *testing.T) {
			n := &notes{TB: t}
			if r := Holds(n, want.m, explore.Options{}, want.orbits); r.Counts.Distinct != 4 {
				t.Errorf("the report is of %d states, want 4", r.Counts.Distinct)
			}
			if got := strings.Join(n.failures, "\n"); got != want.failure {
				t.Errorf("got %q, want %q", got, want.failure)
			}
		})
	}
}

func TestBugs(t *testing.T) {
	type config struct{ Bug string }
	entry := catalog.Define("seats", "a seat", func(c config) *model.Model[seat] {
		m := seats(0)
		if catalog.Settle(c).Bug == "stay" {
			m.Actions = m.Actions[:1]
		}
		return m
	},
		catalog.Bug{Name: "stay", Breaks: explore.Deadlock, Length: 2, Doc: "guests do not stand up"},
		catalog.Fix{Name: "as-it-is", Doc: "guests stand up"},
	)
	n := &notes{TB: t}
	if Bugs(n, entry); len(n.failures) > 0 {
		t.Error(n.failures)
	}

	wrong := catalog.Define("seats", "a seat", func(config) *model.Model[seat] { return seats(0) },
		catalog.Bug{Name: "none", Breaks: "IsGuest", Length: 2, Doc: "nothing is wrong"})
	Bugs(n, wrong)
	want := []string{"none, symmetry off: breaks nothing", "none, symmetry auto: breaks nothing"}
	if fmt.Sprint(n.failures) != fmt.Sprint(want) {
		t.Errorf("got %q, want %q", n.failures, want)
	}
}
