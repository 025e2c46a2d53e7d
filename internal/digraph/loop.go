package digraph

import "slices"

const (
	// effortMax is the number of edges that a search for the shortest loops follows.
	effortMax = 1 << 18

	// greedyMax is the number of nodes from which a short loop is made by going to
	// what is nearest, where that search did not come to an end.
	greedyMax = 16
)

// shortLoop returns the shortest loop that is known through one of some nodes of fair
// components, which node that is, and whether there is no shorter one through any of
// them.
func (f *finder) shortLoop(entries []uint32) (at uint32, loop []Hop, exact bool) {
	exact = true
	effort := effortMax
	for i, entry := range entries {
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

// shortestLoop is the number of edges of a loop that has as few as a loop can have: no
// edge leads to the node where it begins.
const shortestLoop = 2

// duties is what a loop owes so far: two bits for each duty, in the order in which the
// duties were met.
type duties uint64

const (
	none = iota // nothing yet
	owed        // it is not to end like this
	paid        // nothing any more, whatever comes

	dutiesMax = 32
)

func (d duties) of(i int) duties             { return d >> (2 * i) & 3 }
func (d duties) with(i int, x duties) duties { return d&^(3<<(2*i)) | x<<(2*i) }
func (d duties) areDone() bool               { return d&0x5555555555555555 == 0 }

// debtor knows what a loop from one node owes as it goes on. Each condition is a duty,
// and each demand of fairness that comes up.
type debtor struct {
	*finder
	slots   map[int]int // by demand: its place among the duties
	demands []int       // by place, from that of the last condition on
	full    bool        // there were more duties than fit
	lists   map[uint32][]int
}

// begin is what a loop owes where it begins: to meet what conditions demand in any
// case, and not to go on past what is enabled there and weakly fair.
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

// slot is the place of a demand among the duties, -1 if there is none left.
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

func (b *debtor) enabledAt(node uint32) []int {
	list, known := b.lists[node]
	if !known {
		list = b.enabled(node, nil)
		b.lists[node] = list
	}
	return list
}

// step is what is owed after a step.
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

// spot is where a loop in the making stands, and what it owes there.
type spot struct {
	node uint32
	owes duties
}

// trail is how a spot was come to: by an edge with this label from the spot before it.
type trail struct {
	spot
	before int32
	label  uint32
}

// shortest returns a shortest loop through a node: breadth-first, of spots. If limit
// is not negative the loop has no more edges than that. It follows no more edges than
// effort; it is done unless they were too few.
func (f *finder) shortest(entry uint32, limit, effort int) (loop []Hop, used int, done bool) {
	if len(f.Conditions) >= dutiesMax {
		return nil, 0, false
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
			next := trail{spot{t, b.step(from.owes, from.node, t, label)}, int32(i), label}
			if used++; used > effort || b.full {
				return nil, used, false
			}
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

// way is the edges by which a spot was come to.
func way(trails []trail, last trail) []Hop {
	hops := []Hop{{last.node, last.label}}
	for i := last.before; i > 0; i = trails[i].before {
		hops = append(hops, Hop{trails[i].node, trails[i].label})
	}
	slices.Reverse(hops)
	return hops
}
