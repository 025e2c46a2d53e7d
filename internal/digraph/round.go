package digraph

import "slices"

// greedy returns a short loop through a node of a fair component, in time that does
// not grow exponentially with the duties. It goes to the nearest edge that pays
// something owed, from there to the nearest again, and in the end back. In a fair
// component every duty can be paid, so it always ends. Detours that are not needed
// after all are then cut.
func (f *finder) greedy(entry uint32) []Hop {
	r := newRound(f, entry)
	for len(r.hops) == 0 || r.at != entry || !r.isDone() {
		// As long as something is owed, whatever pays some of it is a goal; then the only
		// goal is the way back.
		isGoal := r.helps
		if r.isDone() {
			isGoal = func(_ uint32, h Hop) bool { return h.To == entry }
		}
		for _, h := range r.nearest(isGoal) {
			r.take(h)
		}
	}
	return f.cut(entry, r.hops)
}

// cutMax is the largest number of edges of a loop that cut shortens. Cutting replays
// the loop for each pair of visits to one node, in time cubic in the edges.
const cutMax = 300

// cut removes from a loop the detours, from a node back to itself, without which the
// loop is still fair and meets the conditions. The longest come first, since a long
// detour may contain many short ones.
func (f *finder) cut(entry uint32, hops []Hop) []Hop {
	for again := len(hops) <= cutMax; again; {
		again = false
		nodes := []uint32{entry}
		for _, h := range hops {
			nodes = append(nodes, h.To)
		}
		for size := len(hops) - 1; size > 1 && !again; size-- {
			// After a cut the list has changed, and everything begins anew.
			for i := 0; i+size < len(nodes) && !again; i++ {
				if nodes[i] != nodes[i+size] {
					continue
				}
				less := slices.Concat(hops[:i], hops[i+size:])
				if again = f.isRound(entry, less); again {
					hops = less
				}
			}
		}
	}
	return hops
}

// isRound reports whether a loop is fair and meets the conditions. It replays the loop,
// since a detour may pay a duty that nothing else pays.
func (f *finder) isRound(entry uint32, hops []Hop) bool {
	r := newRound(f, entry)
	for _, h := range hops {
		r.take(h)
	}
	return r.isDone()
}

// round is an unfinished loop of greedy. It keeps the same record as debtor, but for
// any number of duties and for one loop instead of many.
type round struct {
	*finder
	entry, at uint32 // where the loop begins, and where it has come to
	hops      []Hop

	demands    []uint8 // by demand: none, owed or paid
	conditions []uint8 // by condition, as demands
	open       int     // how many of both are owed
	// The list of waiting demands only gets shorter, and idle relies on that: a node that
	// enables all of a list enables all of a shorter one.
	waiting []int // weak demands enabled everywhere so far and not taken

	stamps []uint32 // by demand, of the last node at which it was enabled
	stamp  uint32
	idle   map[uint32]bool // nodes at which all that is waiting is enabled
}

// Strong demands that are enabled at the entry become owed in arrive, as at any other
// node.
func newRound(f *finder, entry uint32) *round {
	n := len(f.Fairness.Strong)
	r := &round{finder: f, entry: entry, demands: make([]uint8, n), stamps: make([]uint32, n),
		conditions: make([]uint8, len(f.Conditions)), idle: map[uint32]bool{}}
	for i, c := range f.Conditions {
		if c.If == nil {
			r.set(&r.conditions[i], owed)
		}
	}
	for _, d := range f.enabled(entry, nil) {
		if !f.Fairness.Strong[d] {
			r.set(&r.demands[d], owed)
			r.waiting = append(r.waiting, d)
		}
	}
	r.arrive(entry)
	return r
}

// set changes a duty, and keeps open the number of owed duties.
func (r *round) set(duty *uint8, to uint8) {
	if *duty == owed {
		r.open--
	}
	if *duty = to; to == owed {
		r.open++
	}
}

func (r *round) isDone() bool { return r.open == 0 }

// arrive updates the demands at a node. A weak demand is paid for good where it is
// disabled; a strong demand becomes owed where it is enabled for the first time.
func (r *round) arrive(node uint32) {
	r.at = node
	r.mark(node)
	r.waiting = slices.DeleteFunc(r.waiting, func(d int) bool {
		if r.demands[d] == owed && r.stamps[d] == r.stamp {
			return false
		}
		r.set(&r.demands[d], paid)
		return true
	})
	for _, d := range r.held {
		if r.Fairness.Strong[d] && r.demands[d] == none {
			r.set(&r.demands[d], owed)
		}
	}
}

// mark stamps the demands that are enabled at a node, with a new stamp for each call,
// so that no list of demands has to be cleared.
func (r *round) mark(node uint32) {
	r.stamp++
	r.held = r.enabled(node, r.held)
	for _, d := range r.held {
		r.stamps[d] = r.stamp
	}
}

// take appends an edge to the loop. Then is tested before If, as in debtor.step.
func (r *round) take(h Hop) {
	r.hops = append(r.hops, h)
	for i := range r.conditions {
		switch c := &r.Conditions[i]; {
		case r.conditions[i] == paid:
		case c.Then != nil && c.Then.has(r.at, h.Label):
			r.set(&r.conditions[i], paid)
		case c.If != nil && c.If.has(r.at, h.Label):
			r.set(&r.conditions[i], owed)
		}
	}
	if d := r.Fairness.DemandOf[h.Label]; d >= 0 {
		r.set(&r.demands[d], paid)
	}
	r.arrive(h.To)
}

// helps reports whether an edge, or the node it leads to, pays something owed.
func (r *round) helps(from uint32, h Hop) bool {
	if d := r.Fairness.DemandOf[h.Label]; d >= 0 && r.demands[d] == owed {
		return true
	}
	for i, c := range r.Conditions {
		if r.conditions[i] == owed && c.Then != nil && c.Then.has(from, h.Label) {
			return true
		}
	}
	return r.disables(h.To)
}

// disables reports whether some waiting demand is disabled at a node. Many nodes of a
// component may enable all of them; idle remembers these nodes for the next search.
func (r *round) disables(node uint32) bool {
	if len(r.waiting) == 0 || r.idle[node] {
		return false
	}
	r.mark(node)
	disables := slices.ContainsFunc(r.waiting, func(d int) bool { return r.demands[d] == owed && r.stamps[d] != r.stamp })
	r.idle[node] = !disables
	return disables
}

// nearest returns a shortest path, of one edge at least, whose last edge is a goal. It
// never leaves the component and takes no barred edge, since neither could be part of
// a fair loop. A fair component always has such a path.
func (r *round) nearest(isGoal func(from uint32, h Hop) bool) []Hop {
	before := map[uint32]Hop{} // from where, and by which label, each node was met
	wave := []uint32{r.at}
	for len(wave) > 0 {
		var next []uint32
		for _, node := range wave {
			to, labels := r.Graph.Edges(node)
			for i, t := range to {
				h := Hop{t, labels.At(i)}
				if t == Nowhere || r.component[t] != r.component[r.entry] || r.isBarred(node, h.Label) {
					continue
				}
				if isGoal(node, h) {
					return append(r.back(before, node), h)
				}
				if _, met := before[t]; !met && t != r.at {
					before[t] = Hop{node, h.Label}
					next = append(next, t)
				}
			}
		}
		wave = next
	}
	panic("digraph: a component is not connected; this is a bug in Muster")
}

// back returns the path from the start of the search to a node.
func (r *round) back(before map[uint32]Hop, node uint32) []Hop {
	var hops []Hop
	for node != r.at {
		b := before[node]
		hops = append(hops, Hop{node, b.Label})
		node = b.To
	}
	slices.Reverse(hops)
	return hops
}
