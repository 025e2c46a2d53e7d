package digraph

// backMax is the number of times that nodes are gone through for those that lead to
// some others.
const backMax = 32

// LeadingTo returns the nodes from which some nodes can be reached: all of those, and
// where ways go back and forth through the numbers more often than is looked for, every
// node.
func (g *Graph) LeadingTo(goals Bits) Bits {
	leads := goals.Clone()
	for range backMax {
		grown := false
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
