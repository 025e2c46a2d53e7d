package lin

import "math/bits"

// The numbers of candidates for which there is room without an allocation, where a monitor has few ways
// and where it has many. To clear more room than is used would cost much of an answer with few.
const (
	fewRoom  = 32
	manyRoom = 256
	fewWays  = 3
)

// The ways and the effects for which a monitor has memory of its own.
const (
	ownWays    = 8
	ownEffects = 16
)

// memory is for what is new in a step. It lies in the variable of the state, which is encoded before it is used
// for the next step.
type memory[C Client, S, R comparable] struct {
	ways    [ownWays]way[C, S, R]
	effects [ownEffects]effect[C, R]
	used    uint8 // of the effects
}

// String says nothing, so that no trace shows the memory beside the events.
func (memory[C, S, R]) String() string { return "" }

// candidate is a way in the form in which it is worked on: pending operations are
// numbered by their places in the monitor, and bits say which have taken effect.
type candidate[S, R comparable] struct {
	object  S
	taken   uint8
	answers [PendingMost]R // zero unless the operation has taken effect
	before  uint32         // see chains
}

// chains has the number of the latest candidate for each set of operations in effect, counted from
// 1, and each candidate has that of the one before it: to look through all candidates for each new
// one would take most of the time of a monitor. Sets of more than five operations share chains, so that
// there is little memory to clear.
type chains [32]uint32

// after returns the ways that remain when the operation i is given an answer. It is the
// just-in-time linearization of G. Lowe (Testing for linearizability. Concurrency and
// Computation: Practice and Experience 29, 2017): other pending operations take effect
// only before one that is answered, so a history without answers has a single way.
func (m *Monitor[C, S, A, R]) after(room []candidate[S, R], i int, answer R) []candidate[S, R] {
	return m.reach(room, i, &answer)
}

// reach returns the ways in which the operation i has taken effect with an answer, or with any
// answer if that is nil.
func (m *Monitor[C, S, A, R]) reach(room []candidate[S, R], i int, answer *R) []candidate[S, R] {
	var latest chains
	list := m.unfold(room, &latest)
	// The list is a queue: the ways from which the operation has not taken effect are
	// replaced by those to which each pending operation leads.
	bit, all := uint8(1)<<i, uint8(1<<len(m.pending)-1)
	for at := 0; at < len(list); at++ {
		taken := list[at].taken
		if taken&bit != 0 {
			continue
		}
		for left := all &^ taken; left != 0; left &= left - 1 {
			k := bits.TrailingZeros8(left)
			object, given, ok := list[at].object.Apply(m.pending[k].arguments)
			if !ok || k == i && answer != nil && given != *answer {
				continue
			}
			// The candidate is made in its place: to copy what was just written by bytes would
			// stall the processor.
			list = append(list, list[at])
			c := &list[len(list)-1]
			c.object, c.answers[k%PendingMost], c.taken = object, given, taken|1<<k
			if !link(list, &latest) {
				list = list[:len(list)-1]
			}
		}
	}
	kept := list[:0]
	for j := range list {
		if c := &list[j]; c.taken&bit != 0 && (answer == nil || c.answers[i] == *answer) {
			kept = append(kept, *c)
		}
	}
	return kept
}

// unfold returns the ways of the monitor as candidates.
func (m *Monitor[C, S, A, R]) unfold(list []candidate[S, R], latest *chains) []candidate[S, R] {
	if len(m.ways) == 0 {
		list = append(list, candidate[S, R]{})
		link(list, latest)
		return list
	}
	for i := range m.ways {
		w := &m.ways[i]
		list = append(list, candidate[S, R]{object: w.object})
		c := &list[i]
		k := -1
		for _, e := range w.taken {
			for k++; k < len(m.pending) && m.pending[k].client != e.client; k++ { // mostly both are in order
			}
			if k >= len(m.pending) {
				k = m.find(e.client)
			}
			c.taken |= 1 << k
			c.answers[k] = e.answer
		}
		link(list, latest)
	}
	return list
}

// link puts the last candidate into its chain. It reports whether there is none like it.
func link[S, R comparable](list []candidate[S, R], latest *chains) bool {
	c := &list[len(list)-1]
	last := &latest[c.taken%32]
	for i := *last; i > 0; i = list[i-1].before {
		if l := &list[i-1]; l.taken == c.taken && l.object == c.object && l.answers == c.answers {
			return false
		}
	}
	c.before, *last = *last, uint32(len(list))
	return true
}

// move forgets the effect of the operation to, and gives the operation from its place.
func (c *candidate[S, R]) move(from, to int) {
	var none R
	taken := c.taken >> from & 1
	if c.answers[to] = c.answers[from]; from == to {
		taken = 0
	}
	c.answers[from] = none
	c.taken = c.taken&^(1<<from|1<<to) | taken<<to
}

// store makes the candidates the ways of the monitor. The memory of the ways before is
// used again.
func (m *Monitor[C, S, A, R]) store(list []candidate[S, R]) {
	var none candidate[S, R]
	if len(list) == 1 && list[0].taken == 0 && list[0].object == none.object {
		m.ways, m.memory.used = m.ways[:0], 0
		return
	}
	if n := len(list); n > cap(m.ways) && n <= ownWays {
		m.ways = append(m.memory.ways[:0], m.ways...)
	}
	for i := range list {
		if i == len(m.ways) {
			m.ways = append(m.ways, way[C, S, R]{})
		}
		w := &m.ways[i]
		w.object, w.taken = list[i].object, w.taken[:0]
		if n := bits.OnesCount8(list[i].taken); n > cap(w.taken) {
			w.taken = m.take(n)
		}
		for k := range m.pending {
			if list[i].taken>>k&1 != 0 {
				w.taken = append(w.taken, effect[C, R]{m.pending[k].client, list[i].answers[k]})
			}
		}
	}
	m.ways = m.ways[:len(list)]
}

// take returns memory for the effects of a way.
func (m *Monitor[C, S, A, R]) take(effects int) []effect[C, R] {
	from, to := int(m.memory.used), int(m.memory.used)+effects
	if to > ownEffects {
		return make([]effect[C, R], 0, effects)
	}
	m.memory.used = uint8(to)
	return m.memory.effects[from:from:to]
}
