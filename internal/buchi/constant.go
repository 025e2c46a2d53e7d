package buchi

// AcceptsConstant says of each state whether there is an accepting run from it
// on the word that repeats one letter for ever.
func (a *Automaton) AcceptsConstant(letter uint64) []bool {
	reach := a.reachable(letter)
	accepts := make([]bool, len(a.States))
	for i := range a.States {
		if !a.States[i].Allows(letter) || !reach[i][i] {
			continue
		}
		// The component of i: what it reaches and is reached from.
		met := uint64(0)
		for j := range a.States {
			if reach[i][j] && reach[j][i] {
				met |= a.States[j].Accepting
			}
		}
		if met != 1<<a.Sets-1 {
			continue
		}
		for j := range a.States {
			accepts[j] = accepts[j] || j == i || reach[j][i]
		}
	}
	return accepts
}

// reachable says which states can be reached from which by one letter or more.
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
