package explore_test

import (
	"maps"
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/models/activation"
	"github.com/muster-mc/muster/models/actor/lock"
	"github.com/muster-mc/muster/models/agent"
	"github.com/muster-mc/muster/models/cluster/join"
	"github.com/muster-mc/muster/models/memory/blocks"
	"github.com/muster-mc/muster/models/ownership/zombie"
	"github.com/muster-mc/muster/models/registry"
	"github.com/muster-mc/muster/models/server/shutdown"
	"github.com/muster-mc/muster/models/storage/load"
	"github.com/muster-mc/muster/models/wal"
)

// What is advised about the catalogue is true: the joined models have exactly the states, or
// orbits, that were promised, and hold as before.
func TestJoinsOfTheCatalogue(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		model  explore.Checker
		joins  map[string]uint64 // the states that are left, by the action that is joined
		states uint64
	}{
		{explore.Of(activation.New(activation.Config{Nodes: 2, MaxVersion: 10})), map[string]uint64{"StartClaim": 188}, 366},
		{explore.Of(lock.New(lock.Config{Threads: 3})), map[string]uint64{"Lock": 10, "Read": 10, "Write": 10}, 13},
		{explore.Of(agent.New(agent.Config{Nodes: 2, MaxIterations: 5, MaxMessages: 3})), map[string]uint64{"EnqueueMessage": 210, "NodeRecover": 310}, 460},
		{explore.Of(join.New(join.Config{Nodes: 2})), map[string]uint64{"Heal": 5}, 18},
		{explore.Of(blocks.New(blocks.Config{Callers: 2})), map[string]uint64{"Copy": 3}, 5},
		{explore.Of(zombie.New(zombie.Config{Nodes: 2, Duration: 2, MaxClock: 4, MaxToken: 3, Guard: "both"})), map[string]uint64{"Resume": 361}, 1_394},
		{explore.Of(registry.New(registry.Config{Nodes: 2, Actors: 2, MaxHeartbeatMiss: 2})), map[string]uint64{"HeartbeatTick": 705}, 1_686},
		{explore.Of(shutdown.New(shutdown.Config{Requests: 2})), map[string]uint64{"Answer": 22, "Execute": 22}, 31},
		{explore.Of(load.New(load.Config{Requests: 2})), map[string]uint64{"EndOutage": 6}, 12},
		{explore.Of(wal.New(wal.Config{Clients: 1, Entries: 2, Operations: 2})), map[string]uint64{"StartRecovery": 1_230}, 1_845},
	} {
		if explore.Slow && c.states > 1_000 { // a single worker does it all, and the smaller models show how
			continue
		}
		o := explore.Options{Explain: true, SafetyOnly: true, Workers: 1}
		r, err := c.model.Check(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		if r.Counts.Distinct != c.states {
			t.Errorf("%s: %d states, want %d", r.Model, r.Counts.Distinct, c.states)
		}
		left := map[string]uint64{}
		for _, j := range r.Explanation.Steps.Joins {
			o.Explain = false
			by, err := explore.Joined(c.model, j.Action).Check(t.Context(), o)
			if err != nil {
				t.Fatalf("%s without %s: %v", r.Model, j.Action, err)
			}
			if by.Verdict != r.Verdict || by.Counts.Distinct != j.States-j.Enabled {
				t.Errorf("%s without %s: %s, %d states, want %d", r.Model, j.Action, by.Verdict, by.Counts.Distinct, j.States-j.Enabled)
			}
			left[j.Action] = by.Counts.Distinct
		}
		if !maps.Equal(left, c.joins) {
			t.Errorf("%s: got %v, want %v", r.Model, left, c.joins)
		}
	}
}
