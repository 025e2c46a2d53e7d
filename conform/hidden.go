package conform

import "slices"

// closure is the states that hidden steps lead to from one state, level by level: a level
// has the states that need so many steps. Levels are made when they are wanted, so that
// hidden steps are only looked at where the next record is not possible without them.
type closure struct {
	levels [][]shade
	met    map[string][][]uint16 // the counts with which each state was met
	cuts   []shade               // where steps would lead that a bound leaves out
}

// shade is a state that hidden steps lead to.
type shade struct {
	successor
	used []uint16 // how often each hidden action was taken; nil for no step
}

func newClosure(state string) *closure {
	c := &closure{levels: [][]shade{{{successor: successor{state, nil}}}}}
	return c
}

// level returns a level, which has no states if hidden steps lead no further.
func (c *closure) level(p *prober, n int) []shade {
	for n >= len(c.levels) {
		last := c.levels[len(c.levels)-1]
		if len(last) == 0 {
			return nil
		}
		c.levels = append(c.levels, c.further(p, last))
	}
	return c.levels[n]
}

// further is the level after one.
func (c *closure) further(p *prober, last []shade) (next []shade) {
	if len(p.binding.hidden) == 0 {
		return nil
	}
	if c.met == nil {
		c.met = map[string][][]uint16{last[0].state: {make([]uint16, len(p.binding.hidden))}}
	}
	for _, from := range last {
		p.enter(from.state)
		for h, hidden := range p.binding.hidden {
			p.tries(p.binding.system.Actions[hidden.action].Do, nil, Fields{}, func(a attempt) bool {
				if a.outcome != enabled {
					return true
				}
				to := shade{p.successor(from.successor, hidden.action, a), c.counts(from.used, h, len(p.binding.hidden), hidden.most)}
				switch {
				case c.isMet(to):
				case hidden.most != Any && int(to.used[h]) > hidden.most:
					c.cuts = append(c.cuts, to)
				default:
					c.met[to.state] = append(c.met[to.state], to.used)
					next = append(next, to)
				}
				return true
			})
		}
	}
	return next
}

// counts are the counts after one more step of a hidden action. An action that may be taken
// any number of times is not counted.
func (c *closure) counts(used []uint16, h, actions, most int) []uint16 {
	counts := make([]uint16, actions)
	copy(counts, used)
	if most != Any {
		counts[h]++
	}
	return counts
}

// isCut reports whether a bound left out a state, or its like with more steps to go. It is
// asked when all levels are made.
func (c *closure) isCut() bool {
	return slices.ContainsFunc(c.cuts, func(s shade) bool { return !c.isMet(s) })
}

// isMet reports whether the state was met with no more steps of any action, so that
// whatever is possible now was possible then.
func (c *closure) isMet(s shade) bool {
	for _, counts := range c.met[s.state] {
		fewer := true
		for h := range counts {
			fewer = fewer && counts[h] <= s.used[h]
		}
		if fewer {
			return true
		}
	}
	return false
}
