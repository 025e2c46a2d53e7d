package txn

import (
	"fmt"
	"strings"
)

// step is an edge of a cycle, with the node that it leads from.
type step struct {
	from int
	edge
}

// cycle returns a cycle that the level forbids, or nil.
func (h *History) cycle(l Level) []step {
	g := h.dependencies()
	if l == StrictlySerializable {
		g.realTime(h.list)
	}
	return g.find(l == SnapshotIsolation)
}

// searcher searches for a cycle. For snapshot isolation each node is two: an edge leads to the one
// or to the other by whether it is an anti-dependency, after which only other edges lead on. So
// the cycles of that graph are those in which no two anti-dependencies follow each other.
type searcher struct {
	*graph
	single bool // no two anti-dependencies in a row
	state  []mark
	path   []step
}

type mark uint8

const (
	unseen mark = iota
	open
	closed
)

// find returns a cycle, by a search in depth.
func (g *graph) find(single bool) []step {
	s := &searcher{graph: g, single: single, state: make([]mark, 2*len(g.out))}
	for n := range g.out {
		if cycle := s.from(n, false); cycle != nil {
			return cycle
		}
	}
	return nil
}

// from searches from a node to which an anti-dependency has led, or another edge.
func (s *searcher) from(n int, after bool) []step {
	at := &s.state[s.number(n, after)]
	if *at != unseen {
		return nil
	}
	*at = open
	for _, e := range s.out[n] {
		anti := s.single && e.kind == rw
		if anti && after {
			continue
		}
		s.path = append(s.path, step{n, e})
		if s.state[s.number(e.to, anti)] == open {
			return s.closing(e.to, anti)
		}
		if cycle := s.from(e.to, anti); cycle != nil {
			return cycle
		}
		s.path = s.path[:len(s.path)-1]
	}
	*at = closed
	return nil
}

func (s *searcher) number(n int, after bool) int {
	if after {
		return 2*n + 1
	}
	return 2 * n
}

// closing returns the end of the path from a node on, by which the node was reached in the same way.
func (s *searcher) closing(n int, after bool) []step {
	for i := len(s.path) - 1; i >= 0; i-- {
		reached := i > 0 && s.single && s.path[i-1].kind == rw
		if s.path[i].from == n && reached == after {
			return s.path[i:]
		}
	}
	return s.path
}

// Explain shows a cycle that a level forbids, a line for each dependency, and returns an empty text if there
// is none.
//
//	It is not serializable, since each of these transactions has to come before the next:
//	  T1 reads version 0 of key 0, and T2 makes the version after it (rw)
//	  T2 reads version 0 of key 1, and T1 makes the version after it (rw)
func (h *History) Explain(l Level) string {
	cycle := h.cycle(l)
	if cycle == nil {
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, "It is not %v, since each of these transactions has to come before the next:\n", l)
	if l == SnapshotIsolation {
		b.Reset()
		b.WriteString("It is not snapshot isolation: a cycle in which no two anti-dependencies (rw) follow each other:\n")
	}
	for i := 0; i < len(cycle); i++ {
		s := cycle[i]
		from, to := s.from, s.to
		if s.kind == rt {
			if from >= len(h.list) {
				continue // told with the transaction that has ended
			}
			for to >= len(h.list) { // through the ends, to the transaction that begins
				i++
				to = cycle[i%len(cycle)].to
			}
		}
		b.WriteString("  " + h.tell(s, h.list[from].Name, h.list[to].Name) + "\n")
	}
	return b.String()
}

func (h *History) tell(s step, from, to string) string {
	what := fmt.Sprintf("version %d of key %d", s.on.Version, s.on.Key)
	switch s.kind {
	case wr:
		return fmt.Sprintf("%s makes %s, which %s reads (wr)", from, what, to)
	case ww:
		return fmt.Sprintf("%s makes %s, and %s the version after it (ww)", from, what, to)
	case rw:
		return fmt.Sprintf("%s reads %s, and %s makes the version after it (rw)", from, what, to)
	}
	return fmt.Sprintf("%s ends before %s begins (rt)", from, to)
}
