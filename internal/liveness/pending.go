package liveness

import (
	"github.com/muster-mc/muster/internal/dedup"
	"github.com/muster-mc/muster/internal/fingerprint"
	"github.com/muster-mc/muster/internal/system"
)

// pendingMax is the number of steps that wait until it is found out together where
// they lead: that many look-ups in a large table cost little more than one, if the
// memory for all is asked for at once.
const pendingMax = 64

// awaited marks a number in the cache that is not known yet: the rest is its place in
// the list of states that are to be looked up. Any other number is that of a state,
// plus one.
const awaited = 1 << 63

// pendingEdges are steps whose states are yet to be looked up.
type pendingEdges struct {
	graph  *graph
	hasher *fingerprint.Hasher
	cache  dedup.Numbers
	flat   bool

	work    system.State // what the next action changes
	states  []system.State
	encoded [][]byte
	list    [pendingMax]pendingEdge
	count   int
	begin   int                // which of them begins the state that is expanded, -1 if none does
	to      [pendingMax]uint32 // where they lead

	// The states that the cache does not have.
	keys    []uint64
	slots   []int
	numbers []uint32
}

// pendingEdge is a step to a state that waits.
type pendingEdge struct {
	from, label uint32
	begins      bool // not a step: it is the state from which the next ones are
	leaves      bool // the constraint
	fair        bool
}

func newPendingEdges(g *graph) pendingEdges {
	c := g.search.System().Codec
	s := pendingEdges{graph: g, hasher: g.search.NewHasher(), flat: c.Flat(),
		begin: -1, numbers: make([]uint32, pendingMax)}
	if s.flat {
		slab := c.Slab(pendingMax)
		s.states, s.encoded = slab.States, slab.Views
	} else {
		s.states, s.encoded = []system.State{c.Make()}, make([][]byte, pendingMax)
	}
	s.work = s.states[0]
	return s
}

// resize prepares for so many states.
func (s *pendingEdges) resize(states int) {
	s.cache = dedup.NewNumbers(states, s.graph.search.System().Codec.Size())
}

// encode returns the encoding of the work copy.
func (s *pendingEdges) encode(space system.Space) []byte {
	if !s.flat {
		s.encoded[s.count] = space.Append(s.encoded[s.count][:0], s.work)
	}
	return s.encoded[s.count]
}

// push keeps the work copy, and reports whether it was the last one.
func (s *pendingEdges) push(t pendingEdge, space system.Space) (full bool) {
	s.encode(space)
	if t.begins {
		s.begin = s.count
	}
	s.list[s.count] = t
	s.count++
	if s.flat && s.count < pendingMax {
		s.work = s.states[s.count]
	}
	return s.count == pendingMax
}

// takeBack drops the steps of the state that is expanded. It reports false if the
// state itself does not wait any more.
func (s *pendingEdges) takeBack() bool {
	s.count = s.begin + 1
	if s.flat {
		s.work = s.states[s.count]
	}
	return s.begin >= 0
}

func (s *pendingEdges) clear() {
	s.count, s.begin = 0, -1
	s.work = s.states[0]
}

// find finds out where the steps lead. It reports false if that is a state that
// was not found before.
func (s *pendingEdges) find() (ok bool) {
	s.keys, s.slots = s.keys[:0], s.slots[:0]
	var known [pendingMax]uint64
	for i := range s.count {
		known[i] = s.recall(&s.list[i], s.encoded[i])
	}
	ok = s.graph.numbers().OfAll(s.keys, s.numbers)
	for i, slot := range s.slots {
		s.cache.Replace(slot, awaited|uint64(i), uint64(s.numbers[i])+1)
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

// recall is the number of a step's state, as the cache has it. A state that it does
// not have is put on the list.
func (s *pendingEdges) recall(t *pendingEdge, state []byte) (number uint64) {
	if t.leaves {
		return 0 // and so to Nowhere
	}
	slot := 0
	if s.cache.Works() {
		slot, number = s.cache.Find(state)
	}
	switch {
	case t.begins:
		number = uint64(t.from) + 1
	case number == 0:
		number = awaited | uint64(len(s.keys))
		s.keys = append(s.keys, s.graph.key(s.hasher.Of(state)))
		if s.cache.Works() {
			s.slots = append(s.slots, slot)
		}
	default:
		return number
	}
	if s.cache.Works() {
		s.cache.Put(slot, state, number)
	}
	return number
}
