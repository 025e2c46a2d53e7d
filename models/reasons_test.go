package models_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/muster-mc/muster/catalog"
)

// explaining are the models without a picture that name the reasons of all refusals.
var explaining = []string{
	"activation", "actor/abd", "actor/increment", "actor/lock", "actor/lww", "actor/paxos", "actor/raft", "actor/raftcore", "actor/register", "actor/timers",
	"agent", "cluster/election", "incident/leaderloop", "incident/popclose", "lifecycle", "migration",
	"ownership/forwarding", "ownership/orphan", "ownership/renewal", "ownership/skew", "ownership/zombie",
}

// Where an action of these models, and of those with a picture, is not enabled, a name says why,
// in random states. Only that two nodes must not be the same one needs no name: something else
// refuses there too.
func TestRefusalsHaveNames(t *testing.T) {
	names := slices.Clone(explaining)
	for _, x := range pictured {
		names = append(names, x.model)
	}
	refusals := 0
	for _, name := range names {
		m := openEntry(t, name, catalog.Settings{})
		p := start(t, m)
		random := rand.New(rand.NewPCG(1, 3))
		for range 150 {
			v, err := p.Look(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			for _, a := range v.Actions {
				if a.Enabled > 0 {
					continue
				}
				refusals++
				if len(a.Guards)+len(a.Nothing) == 0 && a.Tried > 0 {
					t.Errorf("%s: %s is refused for no reason in %v", name, a.Name, p.State())
				}
			}
			if len(v.Moves) == 0 {
				p = start(t, m)
				continue
			}
			p = v.Moves[random.IntN(len(v.Moves))].Place()
		}
	}
	if refusals < 10_000 {
		t.Errorf("there are only %d refusals", refusals)
	}
}
