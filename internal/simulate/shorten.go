package simulate

import (
	"slices"

	"github.com/muster-mc/muster/internal/fingerprint"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
)

// The cost of making one route shorter is limited: to states that all searches look at
// together, to states that each looks at, and to moves that are made to see which can
// be left out.
const (
	// Without limits, a long walk through a wide space would take longer to shorten than
	// it took to find. The first limit that is reached ends its part of the work; the
	// route is then longer than need be, and still shows the finding.
	shortenStates = 50_000
	searchStates  = 5_000
	shortenMoves  = 500_000
)

// allowance is the rest of these limits.
type allowance struct{ states, moves int }

// shorten makes a route to a finding shorter, until neither leaving out steps nor a
// search for shorter ways between its states helps. Corners are cut first, for that saves
// most. Each of the two can make room for the other, so they alternate. Each round but
// the last makes the route shorter, so there is an end.
func (w *walker) shorten(way Route, kind Kind) Route {
	left := allowance{shortenStates, shortenMoves}
	for {
		before := len(way)
		way = w.cutCorners(way, kind, &left)
		way = w.dropSteps(way, kind, &left)
		if len(way) == before || w.Cancelled() {
			return way
		}
	}
}

// dropSteps leaves out steps: first long pieces of the route, then shorter ones. It is
// the idea of delta debugging (Zeller and Hildebrandt 2002), without its subsets, for
// what follows a piece is seldom possible without it. A size is used as long as it helps,
// because a piece that is left out can make another one superfluous. After a success the
// place stays the same: the steps after the piece have moved there.
func (w *walker) dropSteps(way Route, kind Kind, left *allowance) Route {
	for size := len(way) / 2; size > 0; {
		shorter := false
		for at := 1; at+size <= len(way) && left.moves > 0 && !w.Cancelled(); { // Init stays
			// An upper bound: follow ends early where a step is not possible.
			left.moves -= len(way)
			without := slices.Concat(way[:at], way[at+size:])
			if less, found := w.follow(without, kind); found {
				way, shorter = less, true
			} else {
				at++
			}
		}
		if !shorter || size > len(way)/2 {
			size /= 2
		}
	}
	return way
}

// cutCorners replaces parts of a route by shorter ways between their ends. A shortcut is
// followed before it is taken. A property of steps may be violated only on the step that
// the shortcut replaces, or the way over other states may show the finding earlier.
func (w *walker) cutCorners(way Route, kind Kind, left *allowance) Route {
	for from := 0; from < len(way) && left.states > 0 && !w.Cancelled(); from++ {
		if shorter, found := w.follow(w.shortcut(way, from, left), kind); found && len(shorter) < len(way) {
			way = shorter
		}
	}
	return way
}

// node is a state that the search for a shorter way has come to. The state is kept
// encoded: decoded states would have memory of their own each.
type node struct {
	encoded []byte
	before  int // the node that it was reached from
	move    move
	depth   int // moves from the beginning of the search
}

// shortcut searches breadth-first from where the route is after this many moves, for a
// state further along the route that can be reached in fewer moves; of several, the one
// that saves most. It returns the route that goes there, or nothing. Nodes come in the
// order of their depth, so the first way to a state is a shortest one, and once the depth
// alone rules out a gain, no later node has one.
func (w *walker) shortcut(way Route, from int, left *allowance) Route {
	places := w.placesOf(way, from)
	w.Begin()
	for _, m := range way[:from] {
		w.Take(m.action, m.answers)
	}
	nodes := []node{{encoded: slices.Clone(w.Encoding()), before: -1}}
	met := map[fingerprint.Print]bool{}
	space := w.System.Codec.New()
	best, saves, to := -1, 0, 0
	for i := 0; i < len(nodes) && len(nodes) < searchStates; i++ {
		n := nodes[i]
		if len(way)-from-n.depth-1 <= saves {
			break // whatever comes now saves no more
		}
		if !w.stand(n, from) {
			continue
		}
		for a := range w.Actions() {
			w.eachWay(a, func(o *model.Odometer, made system.State) bool {
				// Outside of the constraint is a node too, because the finding at the end
				// of the route may be there. Only stand refuses to go on from it.
				encoded := space.Append(nil, made)
				p := w.hasher.Of(encoded)
				if met[p] {
					return true
				}
				met[p] = true
				nodes = append(nodes, node{encoded, i, move{a, o.Answers(nil)}, n.depth + 1})
				if place, on := places[p]; on && place-from-n.depth-1 > saves {
					best, saves, to = len(nodes)-1, place-from-n.depth-1, place
				}
				return len(nodes) < searchStates
			})
		}
	}
	left.states -= len(nodes)
	if best < 0 {
		return nil
	}
	var between Route
	for i := best; nodes[i].before >= 0; i = nodes[i].before {
		between = append(between, nodes[i].move)
	}
	slices.Reverse(between)
	return slices.Concat(way[:from], between, way[to:])
}

// placesOf maps the route's states from some move on to the number of moves after which
// the route comes to them for the last time. A route may come to a state several times,
// and a way to the last of them saves most.
func (w *walker) placesOf(way Route, from int) map[fingerprint.Print]int {
	places := map[fingerprint.Print]int{}
	w.Begin()
	for i, m := range way {
		w.Take(m.action, m.answers)
		if i >= from {
			places[w.print()] = i + 1
		}
	}
	return places
}

// stand goes to a node of the search, and reports whether a step may lead on from there.
// The place before the first state has no encoding that Enter could go to: the zero
// state, entered, would be a state of the model.
func (w *walker) stand(n node, from int) bool {
	if from == 0 && n.depth == 0 {
		w.Begin()
		return true
	}
	w.Enter(n.encoded)
	return w.isInside()
}
