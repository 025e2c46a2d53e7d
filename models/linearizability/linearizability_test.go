package linearizability

import (
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
)

// allStates are counted here, and not orbits: those are in the tests of all models.
var allStates = explore.Options{Symmetry: explore.SymmetryOff}

func TestCounts(t *testing.T) {
	for _, row := range []struct {
		name                string
		config              Config
		distinct, generated uint64
		depth               int
	}{
		{"shipped", Config{}, 10_680, 19_225, 12},
		{"one node", Config{Nodes: 1, MaxHistory: 3}, 425, 681, 8},
		{"shorter", Config{MaxHistory: 3}, 605, 1_090, 8},
		{"longer", Config{MaxHistory: 6}, 44_720, 80_497, 14},

		// Counts of our own: the others have a single client and actor.
		{"two clients", Config{Clients: 2, MaxHistory: 2}, 8_907, 27_895, 7},
		{"two actors", Config{Actors: 2, MaxHistory: 3}, 8_559, 17_119, 8},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := mctest.Holds(t, New(row.config), allStates).Counts
			if c.Initial != 1 || c.Distinct != row.distinct || c.Generated != row.generated || c.Depth != row.depth {
				t.Errorf("got %+v, want %+v", c, row)
			}
		})
	}
}

// TestSequential: which histories a sequential directory can give.
func TestSequential(t *testing.T) {
	entry := func(k Kind, client int, ok bool, owner Node) Record {
		return Record{Operation{Kind: k, Actor: actorOf(0)}, clientOf(client), ok, owner}
	}
	claim, taken := entry(Claim, 0, true, Nobody), entry(Claim, 1, false, Nobody)
	release, notMine := entry(Release, 0, true, Nobody), entry(Release, 1, false, Nobody)
	readNobody, readZero, readOne := entry(Read, 1, true, Nobody), entry(Read, 1, true, nodeOf(0)), entry(Read, 0, true, nodeOf(1))
	dispatch, undelivered := entry(Dispatch, 1, true, Nobody), entry(Dispatch, 1, false, Nobody)

	for name, test := range map[string]struct {
		history []Record
		illegal int // the record that is wrong, -1 for none
	}{
		"a life":                 {[]Record{readNobody, claim, readOne, taken, dispatch, notMine, release, undelivered}, -1},
		"another node each time": {[]Record{claim, readZero, release, claim, readOne}, -1},
		"two nodes at a time":    {[]Record{claim, readZero, readOne}, 2},
		"found before the claim": {[]Record{readZero, claim}, 0},
		"lost before a release":  {[]Record{claim, readOne, readNobody}, 2},
		"claimed twice":          {[]Record{claim, entry(Claim, 1, true, Nobody)}, 1},
		"refused while free":     {[]Record{taken}, 0},
		"released by another":    {[]Record{claim, entry(Release, 1, true, Nobody)}, 1},
		"not released by owner":  {[]Record{claim, entry(Release, 0, false, Nobody)}, 1},
		"dispatched to nobody":   {[]Record{claim, release, dispatch}, 2},
		"not dispatched":         {[]Record{claim, undelivered}, 1},
	} {
		var s State
		s.Answered = uint8(copy(s.History[:], test.history))
		if got := new(protocol).illegal(&s); got != test.illegal {
			t.Errorf("%s: record %d is illegal; want %d", name, got, test.illegal)
		}
	}
}
