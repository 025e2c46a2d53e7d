package model

import (
	"iter"
	"maps"
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

// Guards is which guards were asked, and which of them refused. It is for search
// engines. It is for one goroutine at a time.
type Guards struct{ refused map[string]bool }

// Watch has the guards of all further calls noted. The odometer is one that is turned
// all the time, then: it is given room for eight questions, on cache lines that no
// other odometer writes to.
func (o *Odometer) Watch(g *Guards) { o.choice.guards, o.choice.wheels = g, make([]wheel, 0, 8) }

func (g *Guards) note(name string, holds bool) {
	if refused, known := g.refused[name]; known && (refused || holds) {
		return
	}
	g.Add(name, !holds)
}

// Add notes a guard that was asked, and whether it refused.
func (g *Guards) Add(name string, refused bool) {
	if g.refused == nil {
		g.refused = map[string]bool{}
	}
	g.refused[strings.Clone(name)] = g.refused[name] || refused
}

// Merge adds what others noted.
func (g *Guards) Merge(others *Guards) {
	for name, refused := range others.refused {
		g.Add(name, refused)
	}
}

// All are the guards that were asked, by name, and whether they ever refused.
func (g *Guards) All() iter.Seq2[string, bool] {
	return func(yield func(string, bool) bool) {
		for _, name := range slices.Sorted(maps.Keys(g.refused)) {
			if !yield(name, g.refused[name]) {
				return
			}
		}
	}
}
