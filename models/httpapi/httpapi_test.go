package httpapi

import (
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
)

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

func TestCounts(t *testing.T) {
	for _, row := range []row{
		{"one client, two operations", Config{Clients: 1, Agents: 1, Tokens: 1, MaxOperations: 2}, 4_530, 10_897, 24},
		{"one client, three operations", Config{Clients: 1, Agents: 1, Tokens: 1, MaxOperations: 3}, 24_594, 59_089, 28},
	} {
		t.Run(row.name, func(t *testing.T) {
			row.check(t, mctest.Holds(t, New(row.config), explore.Options{}).Counts)
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
			mctest.Breaks(t, New(config), explore.Options{}, "IdempotencyGuarantee", 7)
		})
	}
	for _, property := range []string{"IdempotencyGuarantee", "ExactlyOnceExecution", "DurableOnSuccess", "TokenExecutesOnce"} {
		t.Run(property, func(t *testing.T) {
			mctest.Breaks(t, New(Config{}), explore.Options{Properties: []string{property}}, property, 7)
		})
	}
}

// TestUnharmed: what holds all the same.
func TestUnharmed(t *testing.T) {
	row := row{"two clients", Config{Agents: 1, Tokens: 1, MaxOperations: 2}, 239_680, 957_933, 20}
	unharmed := explore.Options{Properties: []string{"TypeOK", "ReadAfterWriteConsistency", "AtomicOperation", "AgentIsCreated"}}
	row.check(t, mctest.Holds(t, New(row.config), unharmed).Counts)
}
