package models_test

import (
	"math/rand/v2"
	"testing"

	"github.com/muster-mc/muster/catalog"
)

// Where an action of a model with a picture is not enabled, a name says why, in random states.
// Only that two nodes must not be the same one needs no name: something else refuses there too.
func TestRefusalsHaveNames(t *testing.T) {
	for _, x := range pictured {
		m := openEntry(t, x.model, catalog.Settings{})
		p := start(t, m)
		random := rand.New(rand.NewPCG(1, 3))
		refused := 0
		for range 150 {
			v, err := p.Look(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			for _, a := range v.Actions {
				if a.Enabled > 0 {
					continue
				}
				refused++
				if len(a.Guards)+len(a.Nothing) == 0 && a.Tried > 0 {
					t.Errorf("%s: %s is refused for no reason in %v", x.model, a.Name, p.State())
				}
			}
			if len(v.Moves) == 0 {
				p = start(t, m)
				continue
			}
			p = v.Moves[random.IntN(len(v.Moves))].Place()
		}
		if refused < 100 {
			t.Errorf("%s: only %d refusals", x.model, refused)
		}
	}
}
