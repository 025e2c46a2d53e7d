package liveness

import (
	"github.com/muster-mc/muster/internal/dedup"
	"github.com/muster-mc/muster/internal/fingerprint"
	"github.com/muster-mc/muster/internal/orbit"
	"github.com/muster-mc/muster/internal/system"
)

// pendingMax is the number of steps whose targets are looked up together. The look-ups
// then wait for memory at the same time: in a large table, 64 together cost little more
// than one.
const pendingMax = 64

// awaited marks an entry of the cache whose state is being looked up: the other bits
// are its index in keys. Any other entry is the number of a state, plus one. A state
// that comes up twice in a batch is thus looked up once.
const awaited = 1 << 63

// pendingEdges is a batch of steps whose targets are yet to be looked up. The
// encodings of the targets are in encoded, by step.
type pendingEdges struct {
	graph   *graph
	hasher  *fingerprint.Hasher
	reducer *orbit.Reducer // nil unless one state of each orbit is searched
	cache   dedup.Numbers  // the numbers of states that were met recently
	sized   int            // the number of states for which the cache was made
	flat    bool           // the encoding of a state is its memory, so each pending step has a state of its own in states

	work    system.State // the copy that the next action changes
	states  []system.State
	encoded [][]byte // by pending step
	list    [pendingMax]pendingEdge
	count   int
	begin   int                // the index of the mark of the state being expanded, -1 if it was linked already
	to      [pendingMax]uint32 // by pending step, after find: the number of its target

	// The states that the cache does not have.
	keys    []uint64
	slots   []int
	numbers []uint32
}

// pendingEdge is a step to a state whose number is not known yet, or the mark of the
// state from which the next steps are.
type pendingEdge struct {
	from, label uint32 // the number of the state that the step is from, and the step's label
	begins      bool   // not a step: it is the state from which the next ones are
	leaves      bool   // the constraint
	fair        bool   // the step's action has fairness of some kind
	idle        bool   // the step changes nothing; known only where that matters
}

// The states of a flat type are in a slab, one for each pending step, because their
// memory is their encoding. Of another type the encodings are kept, and one work copy
// serves all steps.
func newPendingEdges(g *graph) pendingEdges {
	c := g.search.System().Codec
	s := pendingEdges{graph: g, hasher: g.search.NewHasher(), flat: c.Flat(),
		begin: -1, numbers: make([]uint32, pendingMax)}
	if o := g.search.Orbits(); o != nil {
		s.reducer = o.NewReducer()
	}
	if s.flat {
		slab := c.Slab(pendingMax)
		s.states, s.encoded = slab.States, slab.Views
	} else {
		s.states, s.encoded = []system.State{c.Make()}, make([][]byte, pendingMax)
	}
	s.work = s.states[0]
	return s
}

// fit makes a cache for this many states, unless there is one that is nearly as good: a
// new cache has lost its content. An expander that only reads notes needs none.
func (s *pendingEdges) fit(states int) {
	if states > 8*s.sized {
		s.sized = states
		s.cache = dedup.NewNumbers(states, s.graph.search.System().Codec.Size())
	}
}

// encode returns the encoding of the work copy.
func (s *pendingEdges) encode(space system.Space) []byte {
	if !s.flat {
		s.encoded[s.count] = space.Append(s.encoded[s.count][:0], s.work)
	}
	return s.encoded[s.count]
}

// push adds a step to the work copy, and reports whether the batch is full. If states
// are flat, the copy stays with the step, and the next action works on another one.
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

// takeBack drops the steps of the state being expanded, and keeps its mark. It reports
// false if the mark is not in the batch any more, so that some steps are edges
// already.
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

// find looks up the targets of all steps. It reports false if one has no number: the
// search did not find it. No entry of the cache waits any more when find returns, because
// the keys to which the indices refer are gone with the batch.
func (s *pendingEdges) find() (ok bool) {
	s.keys, s.slots = s.keys[:0], s.slots[:0]
	var known [pendingMax]uint64
	for i := range s.count {
		known[i] = s.recall(&s.list[i], s.encoded[i])
	}
	ok = s.graph.numbers().OfAll(s.keys, s.numbers)
	for i, slot := range s.slots {
		// A later state of the batch may have taken the slot; then nothing is
		// replaced.
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

// recall returns the entry of a step's target in the cache. A target that is not there
// gets an awaited entry, and its key is added to those to be looked up.
func (s *pendingEdges) recall(t *pendingEdge, state []byte) (number uint64) {
	// The target may be no state of the graph, so it is not looked up.
	if t.leaves {
		return 0 // and so to Nowhere
	}
	if s.reducer != nil {
		// The search has found a representative of every state here, and so would have
		// ended with the error.
		state, _ = s.reducer.Canonical(state)
	}
	slot := 0
	if s.cache.Works() {
		slot, number = s.cache.Find(state)
	}
	switch {
	// The state's own number is known, and other steps often lead back to it.
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
