package model

import (
	"iter"
	"slices"
	"strings"
)

// Guard returns holds, and gives it a name: a reason why an action may not be
// enabled.
//
//	if !c.Guard("it is free", s.Holder == nobody) || !c.Guard("the node is up", s.Nodes[n].Up) {
//		return false
//	}
//
// An engine says which guards were never the reason: in all states in which they
// were asked they held, so that the model would do the same without them. Guards
// of one name, in whatever actions, are one guard. A guard that an action never
// gets to ask is not known.
func (c *Choice) Guard(name string, holds bool) bool {
	if c.guards != nil {
		c.guards.note(name, holds || c.void)
	}
	return holds
}

// Reason returns holds, and gives it a name, as Guard does, but only where a refusal is
// explained: in the explorer, and where the log of a system is compared with the model. A
// search does not note it, so that it costs nothing there, and does not say whether it ever
// refused.
func (c *Choice) Reason(name string, holds bool) bool {
	if c.reasons != nil {
		c.reasons.note(name, holds || c.void)
	}
	return holds
}

// Guards is which guards were asked, and which of them refused. It is for search
// engines. It is for one goroutine at a time.
type Guards struct {
	list  []asked
	place [guardPlaces]uint8 // in list, counting from 1, of the guard whose name has this mark
}

// guardPlaces is how many marks of names there are.
const guardPlaces = 128

// asked is a guard that was asked.
type asked struct {
	name    string
	refused bool
}

// mark tells most names of a model apart, by their length and some letters.
func mark(name string) uint {
	n := uint(len(name))
	if n == 0 {
		return 0
	}
	return (n*11 + uint(name[0])*3 + uint(name[n/2])*5 + uint(name[n-1])*7 + uint(name[n*3/4])) % guardPlaces
}

// Watch has the guards of all further calls noted. The odometer is one that is turned
// all the time, then: it is given room for eight questions, on cache lines that no
// other odometer writes to.
func (o *Odometer) Watch(g *Guards) { o.choice.guards, o.choice.wheels = g, make([]wheel, 0, 8) }

// WatchAll has the reasons of all further calls noted, too.
func (o *Odometer) WatchAll(g *Guards) {
	o.Watch(g)
	o.choice.reasons = g
}

// note is called for every attempt of a search: a mark of the name is made in less time than
// the hash of a map. Guards beyond the 255th are looked for each time.
func (g *Guards) note(name string, holds bool) {
	at := mark(name)
	if i := g.place[at]; i > 0 {
		if a := &g.list[i-1]; a.name == name && (holds || a.refused) {
			return
		}
	}
	i := slices.IndexFunc(g.list, func(a asked) bool { return a.name == name })
	if i < 0 {
		i = len(g.list)
		g.list = append(g.list, asked{name: strings.Clone(name)})
	}
	g.list[i].refused = g.list[i].refused || !holds
	if i < 255 {
		g.place[at] = uint8(i + 1)
	}
}

// Add notes a guard that was asked, and whether it refused.
func (g *Guards) Add(name string, refused bool) { g.note(name, !refused) }

// Merge adds what others noted.
func (g *Guards) Merge(others *Guards) {
	for _, a := range others.list {
		g.Add(a.name, a.refused)
	}
}

// All are the guards that were asked, by name, and whether they ever refused.
func (g *Guards) All() iter.Seq2[string, bool] {
	return func(yield func(string, bool) bool) {
		byName := slices.SortedFunc(slices.Values(g.list), func(a, b asked) int { return strings.Compare(a.name, b.name) })
		for _, a := range byName {
			if !yield(a.name, a.refused) {
				return
			}
		}
	}
}
