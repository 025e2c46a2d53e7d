// Package steplog writes down the steps that a search takes, as it takes them, so
// that the graph of steps need not take each of them once more.
//
// Where a step leads is not known when it is taken: the state is new perhaps, and has
// its number only after the round. So a worker notes a step to a state that it
// generated recently by that state's number, or by its place among the candidates of
// the round, and learns the candidates' numbers when the round is over.
package steplog

import (
	"github.com/muster-mc/muster/internal/digraph"
	"github.com/muster-mc/muster/internal/visited"
)

// Destination is where a step leads: to the state of this number or, as long as the
// state may have none, to a candidate, by its place among those of its worker in the
// round.
type Destination uint32

const ofCandidate Destination = 1 << 31

// StatesMax is the number of states that can be destinations.
const StatesMax = int(ofCandidate)

func (d Destination) isCandidate() bool { return d&ofCandidate != 0 }

// Pad is one worker's memory of the states in its cache: where a step to each of
// them leads.
type Pad struct {
	destinations []Destination // by slot of the cache

	// By candidate, since the round began.
	slots   []int32  // its slot, -1 if it is not in the cache
	numbers []uint32 // known when the round is over
}

// Fit prepares for a cache of this many slots. If the number has changed, the cache
// is a new one, and the pad forgets everything.
func (p *Pad) Fit(slots int) {
	if len(p.destinations) != slots {
		p.destinations = make([]Destination, slots)
	}
}

// At is where a step to the state in a slot leads.
func (p *Pad) At(slot int) Destination { return p.destinations[slot] }

// Remember notes where a step to the state in a slot leads. A slot less than zero is
// none.
func (p *Pad) Remember(slot int, d Destination) {
	if slot >= 0 {
		p.destinations[slot] = d
	}
}

// Candidate is the destination of a step to the next candidate, whose state is in
// this slot.
func (p *Pad) Candidate(slot int) Destination {
	d := ofCandidate | Destination(len(p.slots))
	p.slots = append(p.slots, int32(slot))
	p.Remember(slot, d)
	return d
}

// Numbers are those of the round's candidates, as far as they were learnt.
func (p *Pad) Numbers() []uint32 { return p.numbers }

// LearnPlaces learns the numbers of the candidates of a block from a set that has
// the numbers of its states.
func (p *Pad) LearnPlaces(places []visited.Place, set *visited.Exact) {
	p.numbers = roomy(p.numbers, len(places))
	for _, at := range places {
		p.numbers = append(p.numbers, set.Number(at))
	}
}

// BatchKeys is the number of keys that are looked up together.
const BatchKeys = 64

// Learn does the same by the candidates' keys. It reports false if a key has no
// number.
func (p *Pad) Learn(keys []uint64, numbers *digraph.Numbers) (ok bool) {
	var some [BatchKeys]uint32
	for ok = true; ok && len(keys) > 0; {
		batch := keys[:min(len(keys), BatchKeys)]
		ok = numbers.OfAll(batch, some[:])
		p.numbers = append(p.numbers, some[:len(batch)]...)
		keys = keys[len(batch):]
	}
	return ok
}

// Resolve replaces candidates by their numbers where the pad remembers them. A slot can
// have been taken over since, so its destination is compared first.
func (p *Pad) Resolve() {
	for i, number := range p.numbers {
		if slot := p.slots[i]; slot >= 0 && p.destinations[slot] == ofCandidate|Destination(i) {
			p.destinations[slot] = Destination(number)
		}
	}
}

// BeginRound forgets the candidates.
func (p *Pad) BeginRound() { p.slots, p.numbers = p.slots[:0], p.numbers[:0] }
