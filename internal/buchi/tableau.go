package buchi

import "fmt"

// set is a set of subformulas. A set is an array, so that it is a key of a map, and an
// assignment copies it.
type set [partsMax / 64]uint64

func (s *set) add(f int)      { s[f/64] |= 1 << (f % 64) }
func (s *set) has(f int) bool { return s[f/64]&(1<<(f%64)) != 0 }

// node is a state under construction: the subformulas that were expanded, and those that
// have to hold from the next letter on. An assignment copies both sets, so the two ways
// to satisfy a disjunction do not disturb each other. Incoming is made only when the node
// has become a state.
type node struct {
	old, next set
	incoming  map[int]bool
}

// initial marks an initial state: it stands for a predecessor before the first letter.
const initial = -1

// tableau has the state of the construction. States are expanded in the order in which
// they were found, so the automaton is the same each time.
type tableau struct {
	*Builder
	nodes []*node
	known map[[2]set]int
	open  []int // nodes without successors so far
}

// Automaton returns the automaton of a formula, or an error if the formula or the
// automaton is too large.
func (b *Builder) Automaton(f Formula) (*Automaton, error) {
	if len(b.parts) > partsMax {
		return nil, fmt.Errorf("it has %d different parts; at most %d are supported", len(b.parts), partsMax)
	}
	t := &tableau{Builder: b, known: map[[2]set]int{}}
	t.expand([]int{int(f)}, node{}, initial)
	for len(t.open) > 0 && len(t.nodes) <= statesMax {
		i := t.open[0]
		t.open = t.open[1:]
		t.expand(t.members(t.nodes[i].next), node{}, i)
	}
	if len(t.nodes) > statesMax {
		return nil, fmt.Errorf("its automaton has more than %d states", statesMax)
	}
	a := t.automaton()
	if a.Sets > setsMax {
		return nil, fmt.Errorf("it has %d operators until or finally; at most %d are supported", a.Sets, setsMax)
	}
	return a, nil
}

// setsMax is the number of accepting sets that fit in State.Accepting. The sets are made
// before they are counted: a shift beyond the word adds no bit, and the error comes
// before anything reads them.
const setsMax = 64

// statesMax bounds the time of the construction, which is exponential in the size of
// the formula.
const statesMax = 1 << 12

// members returns the subformulas of a set in ascending order, which makes the automaton
// deterministic.
func (t *tableau) members(s set) []int {
	var list []int
	for f := range t.parts {
		if s.has(f) {
			list = append(list, f)
		}
	}
	return list
}

// expand makes the nodes in which n's obligations and all of todo hold, as successors of
// the node from. A single call can make exponentially many nodes, so it stops at the
// limit by itself. An alternative is expanded by recursion, and the loop goes on with the
// other one.
func (t *tableau) expand(todo []int, n node, from int) {
	for len(todo) > 0 && len(t.nodes) <= statesMax {
		f := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if n.old.has(f) {
			continue
		}
		p := t.parts[f]
		switch p.op {
		case opFalse:
			return // no word satisfies the obligations
		case opAtom:
			if g, ok := t.find(opAtom, p.a, 1-p.b); ok && n.old.has(g) {
				return // the letter cannot have an atom and not have it
			}
		case opAnd:
			todo = append(todo, p.a, p.b)
		case opNext:
			n.next.add(p.a)
		case opOr: // either a or b
			n.old.add(f)
			t.expand(fork(todo, p.a), n, from)
			todo = append(todo, p.b)
		case opUntil: // either a and, from the next letter on, f; or b
			n.old.add(f)
			later := n
			later.next.add(f)
			t.expand(fork(todo, p.a), later, from)
			todo = append(todo, p.b)
		case opRelease: // either b and, from the next letter on, f; or a and b
			n.old.add(f)
			later := n
			later.next.add(f)
			t.expand(fork(todo, p.b), later, from)
			todo = append(todo, p.a, p.b)
		}
		n.old.add(f)
	}
	t.arrive(n, from)
}

// find returns the subformula with the given operator and operands, if it exists.
func (b *Builder) find(o op, x, y int) (int, bool) {
	f, ok := b.known[part{o, x, y}]
	return int(f), ok
}

// fork returns a copy of todo with one more subformula. The copy is needed because both
// alternatives append to it.
func fork(todo []int, f int) []int { return append(append([]int{}, todo...), f) }

// arrive adds an edge between from and a finished node. A node with the same sets is
// the same state.
func (t *tableau) arrive(n node, from int) {
	key := [2]set{n.old, n.next}
	i, ok := t.known[key]
	if !ok {
		i = len(t.nodes)
		t.known[key] = i
		n.incoming = map[int]bool{}
		t.nodes = append(t.nodes, &n)
		t.open = append(t.open, i)
	}
	t.nodes[i].incoming[from] = true
}

// automaton turns the nodes into states.
func (t *tableau) automaton() *Automaton {
	a := &Automaton{States: make([]State, len(t.nodes))}
	for i, n := range t.nodes {
		s := &a.States[i]
		for _, f := range t.members(n.old) {
			if p := t.parts[f]; p.op == opAtom && p.b == 0 {
				s.With |= 1 << p.a
			} else if p.op == opAtom {
				s.Without |= 1 << p.a
			}
		}
		if n.incoming[initial] {
			a.Initial = append(a.Initial, i)
		}
		for from := range t.nodes {
			if n.incoming[from] {
				a.States[from].Next = append(a.States[from].Next, i)
			}
		}
	}
	t.accept(a)
	return a
}

// accept adds an accepting set for each until that occurs: the states that have no
// obligation to satisfy its second operand later, or that satisfy it now. An until that
// no state has can never be postponed, and needs no set.
func (t *tableau) accept(a *Automaton) {
	for f, p := range t.parts {
		if p.op != opUntil || !t.used(f) {
			continue
		}
		for i, n := range t.nodes {
			if !n.old.has(f) || n.old.has(p.b) {
				a.States[i].Accepting |= 1 << a.Sets
			}
		}
		a.Sets++
	}
}

// used reports whether a subformula occurs in a node.
func (t *tableau) used(f int) bool {
	for _, n := range t.nodes {
		if n.old.has(f) {
			return true
		}
	}
	return false
}
