package explore

import (
	"github.com/muster-mc/muster/internal/fingerprint"
	"github.com/muster-mc/muster/internal/system"
)

// landingsMax is how many steps wait until it is found out together where they
// lead: so many look-ups in a large table cost little more than one, if the memory
// for all is asked for at once.
const landingsMax = 64

// landings are steps whose states are yet to be looked up.
type landings struct {
	graph  *stateGraph
	hasher *fingerprint.Hasher
	near   near
	flat   bool

	work    system.State // what the next action changes
	states  []system.State
	encoded [][]byte
	list    [landingsMax]landing
	count   int
	begin   int                 // which of them begins the state that is expanded, -1 if none does
	to      [landingsMax]uint32 // where they lead

	// What near does not know.
	keys    []uint64
	slots   []int
	numbers []uint32
}

// landing is a step to a state that waits.
type landing struct {
	from, label uint32
	begins      bool // not a step: it is the state from which the next ones are
	leaves      bool // the constraint
	fair        bool
}

func newLandings(g *stateGraph) landings {
	c := g.engine.codec
	s := landings{graph: g, hasher: g.engine.newHasher(), flat: c.Flat(),
		begin: -1, numbers: make([]uint32, landingsMax)}
	if s.flat {
		slab := c.Slab(landingsMax)
		s.states, s.encoded = slab.States, slab.Views
	} else {
		s.states, s.encoded = []system.State{c.Make()}, make([][]byte, landingsMax)
	}
	s.work = s.states[0]
	return s
}

// resize prepares for so many states.
func (s *landings) resize(states int) {
	s.near = newNear(states, s.graph.engine.codec.Size())
}

// encode returns the encoding of the work copy.
func (s *landings) encode(space system.Space) []byte {
	if !s.flat {
		s.encoded[s.count] = space.Append(s.encoded[s.count][:0], s.work)
	}
	return s.encoded[s.count]
}

// push keeps the work copy, and reports whether it was the last one.
func (s *landings) push(t landing, space system.Space) (full bool) {
	s.encode(space)
	if t.begins {
		s.begin = s.count
	}
	s.list[s.count] = t
	s.count++
	if s.flat && s.count < landingsMax {
		s.work = s.states[s.count]
	}
	return s.count == landingsMax
}

// takeBack drops the steps of the state that is expanded. It reports false if the
// state itself does not wait any more.
func (s *landings) takeBack() bool {
	s.count = s.begin + 1
	if s.flat {
		s.work = s.states[s.count]
	}
	return s.begin >= 0
}

func (s *landings) clear() {
	s.count, s.begin = 0, -1
	s.work = s.states[0]
}

// find finds out where the steps lead. It reports false if that is a state that
// was not found before.
func (s *landings) find() (ok bool) {
	s.keys, s.slots = s.keys[:0], s.slots[:0]
	var known [landingsMax]uint64
	for i := range s.count {
		known[i] = s.recall(&s.list[i], s.encoded[i])
	}
	ok = s.graph.numbers.OfAll(s.keys, s.numbers)
	for i, slot := range s.slots {
		if s.near.numbers[slot] == awaited|uint64(i) {
			s.near.numbers[slot] = uint64(s.numbers[i]) + 1
		}
	}
	for i, n := range known[:s.count] {
		if n&awaited != 0 {
			s.to[i] = s.numbers[n&^awaited]
		} else {
			s.to[i] = uint32(n - 1)
		}
	}
	return ok
}

// recall is the number of a step's state, as near has it. What is not known is
// put on the list.
func (s *landings) recall(t *landing, state []byte) (number uint64) {
	if t.leaves {
		return 0 // and so to Nowhere
	}
	slot := 0
	if s.near.stride > 0 {
		slot, number = s.near.find(state)
	}
	switch {
	case t.begins:
		number = uint64(t.from) + 1
	case number == 0:
		number = awaited | uint64(len(s.keys))
		s.keys = append(s.keys, s.graph.key(s.hasher.Of(state)))
		if s.near.stride > 0 {
			s.slots = append(s.slots, slot)
		}
	default:
		return number
	}
	if s.near.stride > 0 {
		s.near.remember(slot, state, number)
	}
	return number
}
