package digraph

// trim returns the nodes of inside without most of those from which no cycle can
// be reached. In breadth-first order most edges go forward, so that going through
// the nodes backwards, again while it helps, finds them: a node stays as long as
// one of its edges goes to a node that has stayed.
func trim(g *Graph, inside Bits) Bits {
	live := inside.Clone()
	for left := live.Len(); left > 0; {
		removed := sweep(g, live)
		left -= removed
		if removed <= left/worthSweeping {
			break
		}
	}
	return live
}

// worthSweeping: a sweep costs a small part of what the search for components
// does, so it pays if it removes one node in so many.
const worthSweeping = 16

func sweep(g *Graph, live Bits) (removed int) {
	for i := g.nodes - 1; i >= 0; i-- {
		node := uint32(i)
		if live.Has(node) && !leadsOn(g, live, node) {
			live.Remove(node)
			removed++
		}
	}
	return removed
}

func leadsOn(g *Graph, live Bits, node uint32) bool {
	for _, to := range g.Targets(node) {
		if to != Nowhere && live.Has(to) {
			return true
		}
	}
	return false
}
