package digraph

import "slices"

const (
	// effortMax is the number of edges that a search for the shortest loops follows.
	// The search visits pairs of a node and duties, exponentially many in the worst
	// case. The effort is counted in edges, not in time, so that the result is
	// repeatable.
	effortMax = 1 << 18

	// greedyMax is the number of nodes from which a greedy loop is made if the exact
	// search did not come to its end. Each loop may cost much, and most entries give
	// similar loops.
	greedyMax = 16
)

// shortLoop returns the shortest known loop through one of the entries, which are
// nodes of fair components, and the entry that it goes through. It is exact if no loop
// through any entry is shorter.
func (f *finder) shortLoop(entries []uint32) (at uint32, loop []Hop, exact bool) {
	exact = true
	effort := effortMax
	for i, entry := range entries {
		// Each entry gets an equal share of the remaining effort, so that one entry
		// cannot use up all of it; a loop counts only if it is shorter than the best
		// so far.
		//
		// The limit is one less than the best loop, so that only a shorter one is found,
		// and of equal ones the first entry's stays.
		hops, used, done := f.shortest(entry, len(loop)-1, effort/(len(entries)-i)+1)
		effort -= used
		exact = exact && done
		if hops != nil {
			at, loop = entry, hops
		}
		if len(loop) == shortestLoop {
			return at, loop, true
		}
	}
	if exact {
		return at, loop, true
	}
	for _, entry := range entries[:min(len(entries), greedyMax)] {
		if hops := f.greedy(entry); loop == nil || len(hops) < len(loop) {
			at, loop = entry, hops
		}
	}
	return at, loop, false
}

// shortestLoop is the smallest number of edges of a loop: an edge can lead back to its own
// node, which is rare.
const shortestLoop = 1

// duties says for each duty of an unfinished loop whether it is owed: two bits for
// each, the conditions first and then the demands in the order in which they came up.
// A word, so that a pair of a node and duties is a key of a map.
type duties uint64

const (
	// The low bit is set in owed alone, so areDone tests all duties with one mask.
	none = iota // not owed so far, but may become so
	owed        // a loop that ended now would break it
	paid        // met by the loop, however the loop goes on

	dutiesMax = 32 // two bits each in a duties
)

func (d duties) of(i int) duties             { return d >> (2 * i) & 3 }
func (d duties) with(i int, x duties) duties { return d&^(3<<(2*i)) | x<<(2*i) }
func (d duties) areDone() bool               { return d&0x5555555555555555 == 0 }

// debtor computes the duties of a loop from one entry, step by step. Each condition is
// a duty, and so is each demand that is enabled at a node of the loop.
type debtor struct {
	*finder
	slots   map[int]int      // by demand: its place among the duties
	demands []int            // by place, from that of the last condition on
	full    bool             // there were more than dutiesMax duties: results are not to be trusted
	lists   map[uint32][]int // by node: the demands that are enabled there
}

// begin returns the duties at the entry. Owed are the conditions without If, and every
// demand that is enabled at the entry. A weak demand that is disabled at the entry is
// never owed: the loop comes back to the entry again and again.
func (b *debtor) begin(entry uint32) (d duties) {
	for i, c := range b.Conditions {
		if c.If == nil {
			d = d.with(i, owed)
		}
	}
	for _, demand := range b.enabledAt(entry) {
		if slot := b.slot(demand); slot >= 0 {
			d = d.with(slot, owed)
		}
	}
	return d
}

// slot returns the place of a demand among the duties, or -1 if there is none left.
// Places are given as demands come up, because a loop sees few of a model's demands.
func (b *debtor) slot(demand int) int {
	i, known := b.slots[demand]
	if !known {
		if i = len(b.Conditions) + len(b.demands); i >= dutiesMax {
			b.full = true
			return -1
		}
		b.slots[demand] = i
		b.demands = append(b.demands, demand)
	}
	return i
}

// enabledAt returns the demands that are enabled at a node. The search comes to a node
// with many different duties, so the list is kept.
func (b *debtor) enabledAt(node uint32) []int {
	list, known := b.lists[node]
	if !known {
		list = b.enabled(node, nil)
		b.lists[node] = list
	}
	return list
}

// step returns the duties after an edge. Then is tested before If, so that a step that
// is both pays and owes nothing. A weak demand is paid where it is disabled; a strong
// one only where it is taken.
func (b *debtor) step(d duties, from, to, label uint32) duties {
	for i, c := range b.Conditions {
		switch {
		case d.of(i) == paid:
		case c.Then != nil && c.Then.has(from, label):
			d = d.with(i, paid)
		case c.If != nil && c.If.has(from, label):
			d = d.with(i, owed)
		}
	}
	if demand := b.Fairness.DemandOf[label]; demand >= 0 {
		if slot := b.slot(demand); slot >= 0 {
			d = d.with(slot, paid)
		}
	}
	// What is enabled matters where the edge leads to: the entry was looked at when the
	// loop began, and comes up again at its end.
	enabled := b.enabledAt(to)
	for i, demand := range b.demands {
		slot := len(b.Conditions) + i
		if d.of(slot) == owed && !b.Fairness.Strong[demand] && !slices.Contains(enabled, demand) {
			d = d.with(slot, paid)
		}
	}
	for _, demand := range enabled {
		if !b.Fairness.Strong[demand] {
			continue // it was disabled where the loop begins, or is owed already
		}
		if slot := b.slot(demand); slot >= 0 && d.of(slot) == none {
			d = d.with(slot, owed)
		}
	}
	return d
}

// spot is a node of an unfinished loop, with the duties there. Two loops at one spot
// have the same continuations, so a breadth-first search needs only the first.
type spot struct {
	node uint32
	owes duties
}

// trail is how a spot was reached: by an edge with this label from the spot of the
// trail before it, an index. The trails form a tree, from which a loop is read
// backwards.
type trail struct {
	spot
	before int32
	label  uint32
}

// shortest returns a shortest loop through a node, by a breadth-first search of spots.
// A limit that is not negative is the largest number of edges of the loop. The search
// follows at most effort edges; done reports whether they sufficed, so that no loop
// means that there is none within the limit.
func (f *finder) shortest(entry uint32, limit, effort int) (loop []Hop, used int, done bool) {
	// No place would be left for a demand.
	if len(f.Conditions) >= dutiesMax {
		return nil, 0, false
	}
	if limit == shortestLoop && !slices.Contains(f.Graph.Targets(entry), entry) {
		return nil, 0, true // most entries, if the best loop so far has two edges
	}
	b := &debtor{finder: f, slots: map[int]int{}, lists: map[uint32][]int{}}
	trails := []trail{{spot: spot{entry, b.begin(entry)}}}
	met := map[spot]bool{}
	end, length := 1, 1 // of the wave, and the number of edges to the next one
	for i := 0; i < len(trails); i++ {
		if i == end {
			end = len(trails)
			length++
		}
		if limit >= 0 && length > limit {
			break
		}
		from := trails[i]
		to, labels := f.Graph.Edges(from.node)
		for k, t := range to {
			label := labels.At(k)
			if t == Nowhere || f.component[t] != f.component[entry] || f.isBarred(from.node, label) {
				continue
			}
			// An edge may have several labels, one after the other in the list, and each
			// may pay something else.
			next := trail{spot{t, b.step(from.owes, from.node, t, label)}, int32(i), label}
			if used++; used > effort || b.full {
				return nil, used, false
			}
			// The first loop that is met is a shortest one, for spots come in the order of
			// their distance.
			if t == entry && next.owes.areDone() {
				return way(trails, next), used, true
			}
			if !met[next.spot] {
				met[next.spot] = true
				trails = append(trails, next)
			}
		}
	}
	return nil, used, true
}

// way returns the edges from the entry, which is the first trail, to the last one.
func way(trails []trail, last trail) []Hop {
	hops := []Hop{{last.node, last.label}}
	for i := last.before; i > 0; i = trails[i].before {
		hops = append(hops, Hop{trails[i].node, trails[i].label})
	}
	slices.Reverse(hops)
	return hops
}
