package digraph

// backMax bounds the sweeps of LeadingTo. Each sweep costs time linear in the
// graph. A path that goes to smaller numbers k times needs about k sweeps, and in
// breadth-first order such edges are few.
const backMax = 32

// LeadingTo returns the nodes from which a goal can be reached. If backMax sweeps are
// not enough, it returns all nodes: a caller that prunes by the result may prune less,
// but never too much. The edges must be in memory.
func (g *Graph) LeadingTo(goals Bits) Bits {
	leads := goals.Clone()
	for range backMax {
		grown := false
		// Most edges go to larger numbers, so a sweep downwards follows most paths
		// backwards from end to end.
		for i := g.nodes - 1; i >= 0; i-- {
			if node := uint32(i); !leads.Has(node) && leadsOn(g.Targets(node), leads) {
				leads.Add(node)
				grown = true
			}
		}
		if !grown {
			return leads
		}
	}
	return NewBits(g.nodes).Not(g.nodes)
}
