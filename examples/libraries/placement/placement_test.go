package placement

import (
	"testing"

	"github.com/serialx/hashring"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
)

// The ring comes to the same places by single changes as by all weights at once, and then
// to as many states.
func TestPlacement(t *testing.T) {
	for _, whole := range []bool{false, true} {
		r := mctest.Holds(t, New(Config{Whole: whole}), explore.Options{})
		mctest.Counts(t, r, explore.Counts{Initial: 1, Distinct: 1947, Generated: 4251, Depth: 10})
	}
}

// A ring keeps the map of weights that it is given. It then finds no difference between
// that map and the same map, and misses a change. By hand, without a model:
func TestSharedMapByHand(t *testing.T) {
	weights := map[string]int{"a": 1}
	ring := hashring.NewWithWeights(weights)
	weights["b"] = 1
	ring.UpdateWithWeights(weights)
	if n := ring.Size(); n != 1 {
		t.Fatalf("the ring has %d servers: the library copies its map now, and the bug shared-map is none", n)
	}
}

func TestBugs(t *testing.T) {
	for _, trial := range Entry.Trials() {
		outcome, err := trial.Run(t.Context(), explore.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if problem := outcome.Problem(); problem != "" {
			t.Errorf("%s: %s", trial.Name(), problem)
		}
	}
}
