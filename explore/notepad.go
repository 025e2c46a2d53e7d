package explore

import (
	"github.com/muster-mc/muster/internal/digraph"
	"github.com/muster-mc/muster/internal/visited"
)

// destination is where a step leads that is noted: to the state of this number, or, as
// long as it may have none yet, to this candidate of those that its worker made in
// the round.
type destination uint32

const ofCandidate destination = 1 << 31

// placesMax is how many states have numbers that are places.
const placesMax = int(ofCandidate)

func (p destination) isCandidate() bool { return p&ofCandidate != 0 }

// notepad is what a worker remembers of states that were made shortly before, so
// that a step to one of them can be noted without a look-up.
type notepad struct {
	places []destination // by slot of what the worker remembers states in

	// By candidate, since the round began.
	slots   []int32  // where it is remembered, -1 if it is not
	numbers []uint32 // known when the round is over
}

// fit prepares for so many slots. When there are others, nothing is remembered.
func (n *notepad) fit(slots int) {
	if len(n.places) != slots {
		n.places = make([]destination, slots)
	}
}

// remember notes what is in a slot, if that is one.
func (n *notepad) remember(slot int, p destination) {
	if slot >= 0 {
		n.places[slot] = p
	}
}

// candidate is the place of the next candidate, which is in this slot.
func (n *notepad) candidate(slot int) destination {
	p := ofCandidate | destination(len(n.slots))
	n.slots = append(n.slots, int32(slot))
	n.remember(slot, p)
	return p
}

// learnPlaces finds the numbers of the candidates of a block, which a set has.
func (n *notepad) learnPlaces(places []visited.Place, set *visited.Exact) {
	for _, at := range places {
		n.numbers = append(n.numbers, set.Number(at))
	}
}

// learn does the same by their keys. It reports false if one has none.
func (n *notepad) learn(keys []uint64, numbers *digraph.Numbers) (ok bool) {
	var some [batchKeys]uint32
	for ok = true; ok && len(keys) > 0; {
		batch := keys[:min(len(keys), batchKeys)]
		ok = numbers.OfAll(batch, some[:])
		n.numbers = append(n.numbers, some[:len(batch)]...)
		keys = keys[len(batch):]
	}
	return ok
}

// settle replaces candidates by their numbers where they are remembered.
func (n *notepad) settle() {
	for i, number := range n.numbers {
		if slot := n.slots[i]; slot >= 0 && n.places[slot] == ofCandidate|destination(i) {
			n.places[slot] = destination(number)
		}
	}
}

// turn begins a new round.
func (n *notepad) turn() { n.slots, n.numbers = n.slots[:0], n.numbers[:0] }
