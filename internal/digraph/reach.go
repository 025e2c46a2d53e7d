package digraph

// sweepsMax is how often nodes are gone through to find what can be reached.
const sweepsMax = 3

// mayReach reports false if no source leads to a goal, on a way that is inside. In
// breadth-first order most edges go forward, so that going through the nodes in
// order follows nearly all ways at once, and needs a bit for each node: a small part
// of what a search for a shortest way takes. Where ways go back often it does not
// go on, and reports true.
func (s *Search) mayReach(r *Reader, goals Bits) bool {
	met := s.Sources.And(s.Inside)
	for range sweepsMax {
		back := false // some way goes back to a node that this sweep has passed
		for node, more := met.From(0); more; node, more = met.From(node + 1) {
			if goals.Has(node) {
				return true
			}
			for _, to := range r.Targets(node) {
				if to != Nowhere && s.Inside.Has(to) && !met.Has(to) {
					met.Add(to)
					back = back || to < node
				}
			}
		}
		if !back {
			return false
		}
	}
	return true
}
