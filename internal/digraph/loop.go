package digraph

import "slices"

// loop returns a short way round in the fair component of a node: it goes to the
// nearest place that meets something still to be met, then to the nearest again,
// and in the end back.
func (f *finder) loop(entry uint32) []Hop {
	r := &round{finder: f, entry: entry, at: entry,
		before: map[uint32]Hop{}, accept: make([]bool, len(f.Accept))}
	for _, d := range f.enabled(entry, nil) {
		if !f.Fairness.Strong[d] {
			r.waiting = append(r.waiting, d)
		}
	}
	r.arrive(entry)
	for len(r.hops) == 0 || r.at != entry || !r.isDone() {
		isGoal := r.helps
		if r.isDone() {
			isGoal = func(h Hop) bool { return h.To == entry }
		}
		for _, h := range r.nearest(isGoal) {
			r.take(h)
		}
	}
	return r.hops
}

// round is a loop in the making.
type round struct {
	*finder
	entry, at uint32
	hops      []Hop
	before    map[uint32]Hop // of a search under way: from where, and by which label, each node was met

	waiting []int  // weak demands enabled everywhere so far and not taken
	owed    []int  // strong demands enabled somewhere and not taken
	paid    []int  // demands taken
	accept  []bool // the sets that were met
}

// isDone reports whether what was gone is fair and meets every set.
func (r *round) isDone() bool {
	return len(r.waiting) == 0 && len(r.owed) == 0 && !slices.Contains(r.accept, false)
}

// arrive notes what is met at a node.
func (r *round) arrive(node uint32) {
	r.at = node
	for i, set := range r.Accept {
		r.accept[i] = r.accept[i] || set.Has(node)
	}
	enabled := r.enabled(node, nil)
	r.waiting = slices.DeleteFunc(r.waiting, func(d int) bool { return !slices.Contains(enabled, d) })
	for _, d := range enabled {
		if r.Fairness.Strong[d] && !slices.Contains(r.paid, d) && !slices.Contains(r.owed, d) {
			r.owed = append(r.owed, d)
		}
	}
}

func (r *round) take(h Hop) {
	r.hops = append(r.hops, h)
	if d := r.Fairness.DemandOf[h.Label]; d >= 0 {
		is := func(e int) bool { return e == d }
		r.paid = append(r.paid, d)
		r.waiting, r.owed = slices.DeleteFunc(r.waiting, is), slices.DeleteFunc(r.owed, is)
	}
	r.arrive(h.To)
}

// helps reports whether an edge, or where it goes, meets something that is still
// to be met.
func (r *round) helps(h Hop) bool {
	d := r.Fairness.DemandOf[h.Label]
	if d >= 0 && (slices.Contains(r.waiting, d) || slices.Contains(r.owed, d)) {
		return true
	}
	for i, set := range r.Accept {
		if !r.accept[i] && set.Has(h.To) {
			return true
		}
	}
	if len(r.waiting) == 0 {
		return false
	}
	r.held = r.finder.enabled(h.To, r.held)
	return slices.ContainsFunc(r.waiting, func(d int) bool { return !slices.Contains(r.held, d) })
}

// nearest returns the shortest way, of one edge at least, whose last edge is a
// goal. In a component there is one.
func (r *round) nearest(isGoal func(Hop) bool) []Hop {
	clear(r.before)
	wave := []uint32{r.at}
	met := map[uint32]bool{r.at: true}
	for len(wave) > 0 {
		var next []uint32
		for _, node := range wave {
			to, labels := r.Graph.Edges(node)
			for i, t := range to {
				if t == Nowhere || r.component[t] != r.component[r.entry] {
					continue
				}
				h := Hop{t, labels.At(i)}
				if isGoal(h) {
					return append(r.back(node), h)
				}
				if !met[t] {
					met[t] = true
					r.before[t] = Hop{node, labels.At(i)}
					next = append(next, t)
				}
			}
		}
		wave = next
	}
	panic("digraph: a component is not connected; this is a bug in Muster")
}

// back returns the way to a node from where the search began.
func (r *round) back(node uint32) []Hop {
	var hops []Hop
	for node != r.at {
		b := r.before[node]
		hops = append(hops, Hop{node, b.Label})
		node = b.To
	}
	slices.Reverse(hops)
	return hops
}
