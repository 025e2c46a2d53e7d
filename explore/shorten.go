package explore

import (
	"slices"

	"github.com/muster-mc/muster/internal/fingerprint"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
)

// What is spent on making one route shorter: states that searches look at, all
// together and each, and moves that are made to see what can be left out.
const (
	shortenStates = 50_000
	searchStates  = 5_000
	shortenMoves  = 500_000
)

// allowance is what is left of it.
type allowance struct{ states, moves int }

// shorten makes a route to a finding shorter, until neither leaving out steps nor
// a search for shorter ways between its states helps.
func (w *wanderer) shorten(way route, kind int) route {
	left := allowance{shortenStates, shortenMoves}
	for {
		before := len(way)
		way = w.cutCorners(way, kind, &left)
		way = w.dropSteps(way, kind, &left)
		if len(way) == before {
			return way
		}
	}
}

// until follows a route to where a kind of finding is first to be found, and
// returns the route up to there.
func (w *wanderer) until(way route, kind int) (_ route, found bool) {
	w.begin()
	for i, m := range way {
		if !w.take(m) {
			return nil, false
		}
		if w.has(kind) {
			return way[:i+1], true
		}
		if inside, panicked := w.inside(); !inside || panicked {
			return nil, false
		}
	}
	return nil, false
}

// dropSteps leaves out steps: first long pieces of the route, then shorter ones.
// It is the idea of delta debugging (Zeller and Hildebrandt 2002), without its
// subsets, for what follows a piece is seldom possible without it.
func (w *wanderer) dropSteps(way route, kind int, left *allowance) route {
	for size := len(way) / 2; size > 0; {
		shorter := false
		for at := 1; at+size <= len(way) && left.moves > 0; { // Init stays
			left.moves -= len(way)
			without := slices.Concat(way[:at], way[at+size:])
			if less, found := w.until(without, kind); found {
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

// cutCorners replaces parts of a route by shorter ways between their ends.
func (w *wanderer) cutCorners(way route, kind int, left *allowance) route {
	for from := 0; from < len(way) && left.states > 0; from++ {
		if shorter, found := w.until(w.shortcut(way, from, left), kind); found && len(shorter) < len(way) {
			way = shorter
		}
	}
	return way
}

// node is a state that the search for a shorter way has come to.
type node struct {
	encoded []byte
	before  int // the node that it was reached from
	move    move
	depth   int // moves from the beginning of the search
}

// shortcut searches breadth-first from where the route is after so many moves, for
// a state further along the route that can be reached in fewer moves; of several,
// the one that saves most. It returns the route that goes there, or nothing.
func (w *wanderer) shortcut(way route, from int, left *allowance) route {
	places := w.placesOf(way, from)
	w.begin()
	for _, m := range way[:from] {
		w.take(m)
	}
	nodes := []node{{encoded: slices.Clone(w.encoded), before: -1}}
	met := map[fingerprint.Print]bool{}
	best, saves, to := -1, 0, 0
	for i := 0; i < len(nodes) && len(nodes) < searchStates; i++ {
		n := nodes[i]
		if len(way)-from-n.depth-1 <= saves {
			break // whatever comes now saves no more
		}
		if !w.stand(n, from) {
			continue
		}
		for a, action := range w.here() {
			w.ways(action, func(o *model.Odometer, made system.State) bool {
				encoded := w.nextSpace.Append(nil, made)
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
	var between route
	for i := best; nodes[i].before >= 0; i = nodes[i].before {
		between = append(between, nodes[i].move)
	}
	slices.Reverse(between)
	return slices.Concat(way[:from], between, way[to:])
}

// placesOf is after how many moves the route comes to its states for the last
// time, from some move on.
func (w *wanderer) placesOf(way route, from int) map[fingerprint.Print]int {
	places := map[fingerprint.Print]int{}
	w.begin()
	for i, m := range way {
		w.take(m)
		if i >= from {
			places[w.hasher.Of(w.encoded)] = i + 1
		}
	}
	return places
}

// stand goes to a node of the search, and reports whether something may lead on
// from there.
func (w *wanderer) stand(n node, from int) bool {
	if w.root = from == 0 && n.depth == 0; w.root {
		w.begin()
		return true
	}
	system.Decode(w.stateSpace, w.state, n.encoded)
	inside, panicked := w.inside()
	return inside && !panicked
}
