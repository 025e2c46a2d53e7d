// Package look shows ways to look at the states of a model.
package look

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"example.com/recipes/network"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
	"github.com/muster-mc/muster/model"
)

// Is there a state in which an item is on its way that was acknowledged already?
func TestOldItem(t *testing.T) {
	m := network.New(network.Config{})
	m.Properties = append(m.Properties, model.Reachable("OldItem", func(s *network.State) bool {
		return s.Acked == 1 && s.Flight.Has(network.Message{Item: 0})
	}))
	r := mctest.Holds(t, m, explore.Options{})
	i := slices.IndexFunc(r.Properties, func(p explore.PropertyReport) bool { return p.Name == "OldItem" })
	t.Logf("a shortest run to such a state:\n%s", r.Properties[i].Trace)
}

// Which values do two fields take together? A view of them is a graph of few nodes.
func Example_view() {
	g, err := explore.GraphOf(context.Background(), network.New(network.Config{}), explore.GraphOptions{View: []string{"Acked", "Next"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, n := range g.Nodes {
		fmt.Println(n.Leaves, n.States, "states, the first of them on level", n.Depth)
	}
	// Output:
	// [{Acked 0} {Next 0}] 2 states, the first of them on level 1
	// [{Acked 0} {Next 1}] 4 states, the first of them on level 3
	// [{Acked 1} {Next 1}] 6 states, the first of them on level 4
	// [{Acked 1} {Next 2}] 12 states, the first of them on level 6
	// [{Acked 2} {Next 2}] 9 states, the first of them on level 7
}
