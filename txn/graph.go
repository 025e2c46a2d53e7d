package txn

import (
	"cmp"
	"fmt"
	"slices"
)

// kind is why a transaction depends on another one.
type kind uint8

const (
	wr kind = iota
	ww
	rw
	rt
)

func (k kind) String() string { return [...]string{"wr", "ww", "rw", "rt"}[k] }

// edge leads from a transaction, or a point in time, to one that depends on it.
type edge struct {
	to   int
	kind kind
	on   Access // the version that the earlier one has read or made; of no meaning for rt
}

// graph is the dependencies of a history. Its first nodes are the transactions.
type graph struct {
	out [][]edge
}

// use is an access with its transaction, in the order of keys and versions.
type use struct {
	Access
	by int
}

func compare(a, b use) int {
	return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(a.Version, b.Version), cmp.Compare(a.by, b.by))
}

// dependencies makes the edges of reads and writes. The lists are sorted; beyond that the time is linear.
func (h *History) dependencies() *graph {
	g := &graph{out: make([][]edge, len(h.list))}
	var reads, writes []use
	for i, t := range h.list {
		for _, r := range t.Reads {
			reads = append(reads, use{r, i})
		}
		for _, w := range t.Writes {
			writes = append(writes, use{w, i})
		}
	}
	slices.SortFunc(writes, compare)
	for i := 1; i < len(writes); i++ {
		a, b := writes[i-1], writes[i]
		if a.Access == b.Access {
			panic(fmt.Sprintf("txn: %s and %s have both made version %d of key %d", h.list[a.by].Name, h.list[b.by].Name, a.Version, a.Key))
		}
		if a.Key == b.Key {
			g.add(a.by, edge{b.by, ww, a.Access})
		}
	}
	for _, r := range reads {
		i, _ := slices.BinarySearchFunc(writes, use{r.Access, 0}, compare)
		if i < len(writes) && writes[i].Access == r.Access {
			g.add(writes[i].by, edge{r.by, wr, r.Access})
			i++
		}
		if i < len(writes) && writes[i].Key == r.Key {
			g.add(r.by, edge{writes[i].by, rw, r.Access})
		}
	}
	return g
}

// add adds an edge between different transactions.
func (g *graph) add(from int, e edge) {
	if from != e.to {
		g.out[from] = append(g.out[from], e)
	}
}

// realTime adds the edges of real time by a node for each end: a transaction leads to its end, an
// end to the next one, and the last end before a transaction begins to the transaction. So
// there are as few edges as transactions, and not as many as pairs.
func (g *graph) realTime(list []Transaction) {
	ends := make([]int, 0, len(list))
	for i := range list {
		ends = append(ends, i)
	}
	slices.SortStableFunc(ends, func(a, b int) int { return cmp.Compare(list[a].End, list[b].End) })
	first := len(g.out)
	g.out = append(g.out, make([][]edge, len(list))...)
	for at, i := range ends {
		g.add(i, edge{to: first + at, kind: rt})
		if at > 0 {
			g.add(first+at-1, edge{to: first + at, kind: rt})
		}
	}
	for i, t := range list {
		before, _ := slices.BinarySearchFunc(ends, t.Begin, func(e, begin int) int { return cmp.Compare(list[e].End, begin) })
		if before > 0 {
			g.add(first+before-1, edge{to: i, kind: rt})
		}
	}
}
