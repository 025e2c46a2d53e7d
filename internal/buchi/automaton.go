package buchi

// Automaton is a generalised Büchi automaton. It accepts the words that satisfy a
// formula. A run on a word is in an initial state at the first letter, and in a
// successor of its previous state at each further letter. Each letter must agree with
// the literals of the state that reads it. The run accepts if it visits each
// accepting set infinitely often.
type Automaton struct {
	States  []State
	Initial []int
	Sets    int // the number of accepting sets
}

// State is a state of an automaton. Literals and sets are words, so a letter is tested
// with two operations.
type State struct {
	With, Without uint64 // the atoms that a letter must have, and must not have
	Next          []int
	Accepting     uint64 // a bit for each accepting set that has the state
}

// Allows reports whether the state can read a letter, which has a bit for each atom.
func (s State) Allows(letter uint64) bool {
	return s.With&^letter == 0 && s.Without&letter == 0
}

// AcceptsConstant tells for each state whether it has an accepting run on the word
// that repeats one letter for ever. That word belongs to a run of the model that
// stays in one state. A state has such a run if it reaches a cycle that visits every
// accepting set.
func (a *Automaton) AcceptsConstant(letter uint64) []bool {
	reach := a.reachable(letter)
	accepts := make([]bool, len(a.States))
	for i := range a.States {
		if !a.States[i].Allows(letter) || !reach[i][i] {
			continue
		}
		// The strongly connected component of i has all j that i reaches and that reach i.
		met := uint64(0)
		for j := range a.States {
			if reach[i][j] && reach[j][i] {
				met |= a.States[j].Accepting
			}
		}
		// With 64 sets the shift gives 0, and one less is all bits.
		if met != 1<<a.Sets-1 {
			continue
		}
		for j := range a.States {
			accepts[j] = accepts[j] || j == i || reach[j][i]
		}
	}
	return accepts
}

// reachable tells for each pair of states whether the first reaches the second by
// reading the letter at least once.
func (a *Automaton) reachable(letter uint64) [][]bool {
	reach := make([][]bool, len(a.States))
	for i := range a.States {
		reach[i] = make([]bool, len(a.States))
		if !a.States[i].Allows(letter) {
			continue
		}
		open := []int{i}
		for len(open) > 0 {
			at := open[len(open)-1]
			open = open[:len(open)-1]
			for _, next := range a.States[at].Next {
				if a.States[next].Allows(letter) && !reach[i][next] {
					reach[i][next] = true
					open = append(open, next)
				}
			}
		}
	}
	return reach
}
