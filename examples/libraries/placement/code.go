package placement

import (
	"fmt"
	"maps"
	"slices"

	"github.com/serialx/hashring"

	"github.com/muster-mc/muster/inplace"
)

// router is what a service has: a ring of the library, and the weights that it has heard.
type router struct {
	ring    *hashring.HashRing
	weights map[string]int
}

// View is what properties and traces see of a router.
type View struct {
	Weights [serversMax]uint8
	Places  Places // by its ring
	Fresh   Places // by a new ring with the same weights
}

// Places has the server of each key, as a letter.
type Places string

func name(server uint8) string { return string(rune('a' + server)) }

// machine is the unmodified library with a thin hull, which has the seeded bugs.
func (k *check) machine() inplace.Machine[router, View, Change, struct{}] {
	return inplace.Machine[router, View, Change, struct{}]{
		Name: "router",
		New: func(int) *router {
			weights := map[string]int{name(0): 1}
			return &router{hashring.NewWithWeights(maps.Clone(weights)), weights}
		},
		Step: func(r *router, in Change) (nothing struct{}) {
			old := r.weights[name(in.Server)]
			if r.weights[name(in.Server)] = int(in.Weight); in.Weight == 0 {
				delete(r.weights, name(in.Server))
			}
			k.apply(r, name(in.Server), old, int(in.Weight))
			return nothing
		},
		View: k.view,
		Rules: inplace.Rules{
			// The hash function is the library's own for every ring: md5, without a memory.
			Functions: []string{"HashRing.hashFunc"},
			// The names, in the order in which a map was ranged over, which differs from run
			// to run. No step depends on the order, and weights has the same names.
			Ignore: []string{"HashRing.nodes"},
		},
	}
}

// apply tells the ring of a change.
func (k *check) apply(r *router, server string, old, weight int) {
	switch {
	case k.Bug == "shared-map":
		r.ring.UpdateWithWeights(r.weights) // which the ring keeps
	case k.Whole:
		r.ring.UpdateWithWeights(maps.Clone(r.weights))
	case weight == 0:
		r.ring = r.ring.RemoveNode(server)
	case old == 0:
		r.ring = r.ring.AddWeightedNode(server, weight)
	default:
		r.ring = r.ring.UpdateWeightedNode(server, weight)
	}
}

func (k *check) view(r *router) View {
	v := View{Places: k.places(r.ring, r.weights), Fresh: k.places(hashring.NewWithWeights(maps.Clone(r.weights)), r.weights)}
	for i := range v.Weights {
		v.Weights[i] = uint8(r.weights[name(uint8(i))])
	}
	return v
}

func (k *check) places(ring *hashring.HashRing, weights map[string]int) Places {
	servers := slices.Sorted(maps.Keys(weights))
	var places []byte
	for key := range keys {
		server, _ := ring.GetNode(fmt.Sprint("key", key))
		if k.Bug == "modulo" {
			server = servers[key%len(servers)]
		}
		places = append(places, server...)
	}
	return Places(places)
}
