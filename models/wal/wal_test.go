package wal

import (
	"flag"
	"slices"
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
	"github.com/muster-mc/muster/model"
)

// allStates are counted here, and not orbits: those are in the tests of all models.
var allStates = explore.Options{Symmetry: explore.SymmetryOff}

var slow = flag.Bool("slow", false, "also count the space of 12.7 million states")

type row struct {
	name                string
	config              Config
	distinct, generated uint64
	depth               int
}

func TestCounts(t *testing.T) {
	rows := []row{
		{"shipped", Config{}, 26_856, 70_713, 15},
		{"1 entry, 1 operation", Config{Entries: 1, Operations: 1}, 111, 200, 9},
		{"2 entries, 1 operation", Config{Operations: 1}, 288, 537, 9},
		{"2 clients, 1 operation", Config{Clients: 2, Operations: 1}, 53_037, 141_230, 15},
		{"2 clients", Config{Clients: 2}, 1_907_085, 5_096_318, 27},
		// Keys only grow, so looking for them changes nothing.
		{"keys unchecked", Config{Bug: "no-key-check"}, 26_856, 70_713, 15},
	}
	if *slow {
		// The original's buggy configuration, which has no bug in it.
		rows = append(rows, row{"3 entries, 3 operations", Config{Entries: 3, Operations: 3}, 12_703_632, 43_999_453, 21})
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			row.check(t, New(row.config))
		})
	}
}

// orbits checks a model of which some types are taken for interchangeable.
func (r row) orbits(t *testing.T, states uint64, types ...string) {
	t.Helper()
	m := New(r.config)
	m.Symmetry = slices.Clone(m.Symmetry)
	for i := range m.Symmetry {
		if s := &m.Symmetry[i]; !slices.Contains(types, s.Type.Name()) {
			s.Size = 1
		}
	}
	found := mctest.Holds(t, m, explore.Options{Symmetry: explore.SymmetryOn, SafetyOnly: true})
	r.compare(t, found.Counts)
	if found.Symmetry.States != states {
		t.Errorf("%d states; want %d", found.Symmetry.States, states)
	}
}

// TestOrbits: two clients are alike, and the original counts states that differ only in
// who is who once. Data and operations are alike, too.
func TestOrbits(t *testing.T) {
	twoClients := row{"2 clients", Config{Clients: 2}, 953_568, 2_548_321, 27}
	twoClients.orbits(t, 1_907_085, "ClientID")
	row{"data", Config{}, 13_440, 35_401, 15}.orbits(t, 26_856, "Data")
	row{"data and operations", Config{}, 1_845, 5_128, 15}.orbits(t, 26_856, "Data", "Op")
}

// TestOrbitsByHand: a model that renames the clients after every step has as many states
// as there are orbits.
func TestOrbitsByHand(t *testing.T) {
	want := row{"2 clients, 1 operation", Config{Clients: 2, Operations: 1}, 26_532, 70_701, 15}
	want.orbits(t, 53_037, "ClientID")
	m := New(want.config)
	for i := range m.Actions {
		m.Actions[i].Do = renamed(m.Actions[i].Do)
	}
	// A step between representatives does not say who did what.
	m.Properties = slices.DeleteFunc(m.Properties, func(p model.Property[State]) bool {
		return p.Kind == model.KindAlwaysStep
	})
	want.check(t, m)
}

// renamed gives the lower number to the client that came further or, if they
// came equally far, to the one with the first entry in the log.
func renamed(do func(*State, *model.Choice) bool) func(*State, *model.Choice) bool {
	return func(s *State, c *model.Choice) bool {
		if !do(s, c) {
			return false
		}
		tie := s.NextKey[0] == s.NextKey[1] && s.Length > 0
		if s.NextKey[0] < s.NextKey[1] || tie && s.Log[0].Client.index() == 1 {
			s.NextKey[0], s.NextKey[1] = s.NextKey[1], s.NextKey[0]
			for i := range s.entries() {
				s.Log[i].Client = 3 - s.Log[i].Client
			}
		}
		return true
	}
}

// TestOptions: what goes beyond the original holds, and its space stays what it
// is.
func TestOptions(t *testing.T) {
	for _, row := range []row{
		{"retries", Config{Retries: true}, 36_411, 116_420, 15},
		{"cache", Config{Cache: true}, 47_872, 157_585, 18},
		{"both, 1 operation", Config{Retries: true, Cache: true, Operations: 1}, 587, 1_573, 13},
		{"both, 2 clients", Config{Retries: true, Cache: true, Clients: 2, Entries: 1, Operations: 1}, 3_211, 8_101, 17},
	} {
		t.Run(row.name, func(t *testing.T) {
			row.check(t, New(row.config))
		})
	}
}

func (r row) check(t *testing.T, m *model.Model[State]) {
	t.Helper()
	r.compare(t, mctest.Holds(t, m, allStates).Counts)
}

func (r row) compare(t *testing.T, c explore.Counts) {
	t.Helper()
	if c.Initial != 1 || c.Distinct != r.distinct || c.Generated != r.generated || c.Depth != r.depth {
		t.Errorf("got %d initial, %d distinct, %d generated, depth %d; want 1, %d, %d, %d",
			c.Initial, c.Distinct, c.Generated, c.Depth, r.distinct, r.generated, r.depth)
	}
}
