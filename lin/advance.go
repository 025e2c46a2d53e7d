package lin

import "math/bits"

// waysRoom is the number of ways for which there is room without an allocation.
const waysRoom = 32

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
}

// after returns the ways that remain when the operation i is given an answer. It is the
// just-in-time linearization of G. Lowe (Testing for linearizability. Concurrency and
// Computation: Practice and Experience 29, 2017): other pending operations take effect
// only before one that is answered, so a history without answers has a single way.
func (m *Monitor[C, S, A, R]) after(room []candidate[S, R], i int, answer R) []candidate[S, R] {
	return m.reach(room, i, func(given R) bool { return given == answer })
}

// reach returns the ways in which the operation i has taken effect with an answer that is
// accepted.
func (m *Monitor[C, S, A, R]) reach(room []candidate[S, R], i int, accepts func(answer R) bool) []candidate[S, R] {
	list := m.unfold(room)
	// The list is a queue: the ways from which the operation has not taken effect are
	// replaced by those to which each pending operation leads.
	bit := uint8(1) << i
	for at := 0; at < len(list); at++ {
		if list[at].taken&bit != 0 {
			continue
		}
		for k := range m.pending {
			from := &list[at]
			if from.taken&(1<<k) != 0 {
				continue
			}
			object, given, ok := from.object.Apply(m.pending[k].arguments)
			if !ok || k == i && !accepts(given) {
				continue
			}
			to := *from
			to.object, to.answers[k] = object, given
			to.taken |= 1 << k
			list = insert(list, to)
		}
	}
	kept := list[:0]
	for _, c := range list {
		if c.taken&bit == 0 || !accepts(c.answers[i]) {
			continue
		}
		kept = append(kept, c)
	}
	return kept
}

// unfold returns the ways of the monitor as candidates.
func (m *Monitor[C, S, A, R]) unfold(list []candidate[S, R]) []candidate[S, R] {
	if len(m.ways) == 0 {
		return append(list, candidate[S, R]{})
	}
	for _, w := range m.ways {
		c := candidate[S, R]{object: w.object}
		for _, e := range w.taken {
			k := m.find(e.client)
			c.taken |= 1 << k
			c.answers[k] = e.answer
		}
		list = append(list, c)
	}
	return list
}

// insert adds a candidate, unless it is there.
func insert[S, R comparable](list []candidate[S, R], c candidate[S, R]) []candidate[S, R] {
	for i := range list {
		if l := &list[i]; l.taken == c.taken && *l == c { // mostly a byte decides
			return list
		}
	}
	return append(list, c)
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
	var zero candidate[S, R]
	if len(list) == 1 && list[0] == zero {
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
