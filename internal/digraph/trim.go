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
		if live.Has(node) && !leadsOn(g.Targets(node), live) {
			live.Remove(node)
			removed++
		}
	}
	return removed
}

func leadsOn(targets []uint32, live Bits) bool {
	for _, to := range targets {
		if to != Nowhere && live.Has(to) {
			return true
		}
	}
	return false
}

// trimAll does the same where edges may be in a file, and goes on for longer: what
// is left is to fit in memory.
func trimAll(r *Reader, inside Bits) (Bits, error) {
	const worthReading = 1 << 10
	live := inside.Clone()
	for left := live.Len(); left > 0; {
		removed := 0
		for i := r.graph.nodes - 1; i >= 0; i-- {
			if node := uint32(i); live.Has(node) && !leadsOn(r.Targets(node), live) {
				live.Remove(node)
				removed++
			}
		}
		if left -= removed; r.err != nil || removed <= left/worthReading {
			break
		}
	}
	return live, r.err
}
