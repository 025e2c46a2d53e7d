package explorer

import (
	"encoding/json"
	"flag"
	"math/rand/v2"
	"testing"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/explorer/steps"
	"github.com/muster-mc/muster/models"
	"github.com/muster-mc/muster/trace"
)

var long = flag.Bool("long", false, "compare 100 states of each model with the engine, and not a few")

// For every model of the catalogue, what the explorer shows at states of random walks is
// exactly what the engine finds there: the state, the steps, and the states behind them.
func TestExplorerShowsTheStepsThatTheEngineTakes(t *testing.T) {
	states := 5
	if *long {
		states = 100
	}
	for _, e := range models.All {
		t.Run(e.Name, func(t *testing.T) {
			t.Parallel()
			m, err := e.Open(catalog.Settings{})
			if err != nil {
				t.Fatal(err)
			}
			compareWalks(t, m, states)
		})
	}
}

// compareWalks walks at random through states of a model, and begins again where a walk
// ends, or after 30 states.
func compareWalks(t *testing.T, m catalog.Model, states int) {
	c := serveChecker(t, m.Checker())
	random := rand.New(rand.NewPCG(1, 2))
	for states > 0 {
		w, err := m.Replay(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		next := w.Next()
		compare(t, ask[place](c, "/api/at", atQuestion{Start: true}), next)
		for text := ""; len(next) > 0 && w.Trace().Length < 30 && states > 0; states-- {
			i := random.IntN(len(next))
			text += " " + steps.Write(next[i])
			w.Take(i)
			next = w.Next()
			p := c.at(text)
			last := w.Trace().Steps[w.Trace().Length-1]
			if want, _ := json.Marshal(last.State); string(want) != string(p.View.State) {
				t.Fatalf("after %s: the state is %s; want %s", text, p.View.State, want)
			}
			if p.View.Outside != w.Outside() {
				t.Fatalf("after %s: outside is %v", text, p.View.Outside)
			}
			compare(t, p, next)
		}
	}
}

// compare compares the moves with the engine's steps, each with its changes.
func compare(t *testing.T, p place, next []trace.Step) {
	t.Helper()
	if len(p.View.Moves) != len(next) {
		t.Fatalf("there are %s; want %d steps", labels(p.View.Moves), len(next))
	}
	for i, s := range next {
		m := p.View.Moves[i]
		if m.Label != s.Label() || m.Fault != s.Fault || len(m.Changes) < len(s.Changes) {
			t.Fatalf("step %d is %s %v; want %s %v", i, m.Label, m.Changes, s.Label(), s.Changes)
		}
		for j, want := range s.Changes { // notes follow
			if m.Changes[j] != want {
				t.Fatalf("%s changes %v; want %v", m.Label, m.Changes, s.Changes)
			}
		}
	}
}
