package httpapi

import (
	"flag"
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
	"github.com/muster-mc/muster/model"
)

// allStates are counted here, and not orbits: those are in the tests of all models.
var allStates = explore.Options{Symmetry: explore.SymmetryOff}

var slow = flag.Bool("slow", false, "also explore spaces of millions of states")

type row struct {
	name                string
	config              Config
	distinct, generated uint64
	depth               int
}

func (r row) check(t *testing.T, c explore.Counts) {
	t.Helper()
	if c.Initial != 1 || c.Distinct != r.distinct || c.Generated != r.generated || c.Depth != r.depth {
		t.Errorf("got %+v, want %+v", c, r)
	}
}

// TestCounts: a single client cannot get between its own look at the cache and
// its answer, so even the protocol as published holds.
func TestCounts(t *testing.T) {
	for _, row := range []row{
		{"two operations", Config{Clients: 1, Agents: 1, Tokens: 1, MaxOperations: 2}, 4_530, 10_897, 24},
		{"three operations", Config{Clients: 1, Agents: 1, Tokens: 1, MaxOperations: 3}, 24_594, 59_089, 28},
	} {
		t.Run(row.name, func(t *testing.T) {
			row.check(t, mctest.Holds(t, New(row.config), allStates).Counts)
		})
	}
}

func TestFlaw(t *testing.T) {
	for name, config := range map[string]Config{
		"shipped":        {},
		"one operation":  {Agents: 1, Tokens: 1, MaxOperations: 1},
		"two operations": {Agents: 1, Tokens: 1, MaxOperations: 2},
	} {
		t.Run(name, func(t *testing.T) {
			mctest.Breaks(t, New(config), allStates, "IdempotencyGuarantee", 7)
		})
	}
	for _, property := range []string{"IdempotencyGuarantee", "ExactlyOnceExecution", "DurableOnSuccess", "TokenExecutesOnce"} {
		t.Run(property, func(t *testing.T) {
			mctest.Breaks(t, New(Config{}), explore.Options{Symmetry: explore.SymmetryOff, Properties: []string{property}}, property, 7)
		})
	}
}

// TestUnharmed: what holds all the same, in the whole space.
func TestUnharmed(t *testing.T) {
	unharmed := explore.Options{Symmetry: explore.SymmetryOff, Properties: []string{"TypeOK", "ReadAfterWriteConsistency", "AtomicOperation", "AgentIsCreated"}}
	rows := []row{
		{"two operations", Config{Agents: 1, Tokens: 1, MaxOperations: 2}, 239_680, 957_933, 20},
	}
	if *slow {
		rows = append(rows,
			row{"three operations", Config{Agents: 1, Tokens: 1, MaxOperations: 3}, 2_816_176, 11_238_899, 24},
		)
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			row.check(t, mctest.Holds(t, New(row.config), unharmed).Counts)
		})
	}
}

// TestCorrected: with a reservation everything holds. The counts are our own.
func TestCorrected(t *testing.T) {
	rows := []row{
		{"reserve", Config{Agents: 1, Tokens: 1, MaxOperations: 2, Reserve: true}, 197_656, 794_037, 19},
		{"fingerprint", Config{Tokens: 1, MaxOperations: 1, Reserve: true, Fingerprint: true}, 110_090, 460_539, 15},
	}
	if *slow {
		rows = append(rows,
			row{"three operations", Config{Agents: 1, Tokens: 1, MaxOperations: 3, Reserve: true}, 2_154_517, 8_635_274, 23},
			row{"two operations", Config{Tokens: 1, MaxOperations: 2, Reserve: true, Fingerprint: true}, 2_651_576, 11_071_393, 19},
		)
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			row.check(t, mctest.Holds(t, New(row.config), allStates).Counts)
		})
	}
}

// TestFingerprintAlone: telling requests apart does not keep one from being
// executed twice.
func TestFingerprintAlone(t *testing.T) {
	config := Config{Agents: 1, Tokens: 1, MaxOperations: 2, Fingerprint: true}
	mctest.Breaks(t, New(config), allStates, "IdempotencyGuarantee", 7)
}

// TestReserveAlone: without a fingerprint a token is answered with what another
// request came to.
func TestReserveAlone(t *testing.T) {
	p := &protocol{Config: Config{Clients: 2}}
	m := New(Config{Tokens: 1, MaxOperations: 1, Reserve: true})
	m.Properties = append(m.Properties, model.Always("AnswerFitsRequest", p.answerFitsRequest))
	mctest.Breaks(t, m, allStates, "AnswerFitsRequest", 6)
}
