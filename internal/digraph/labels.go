package digraph

import "github.com/muster-mc/muster/internal/pages"

// Labels has the labels of some edges. Each takes one byte if all of them fit,
// because there are many edges and, in most models, few actions.
type Labels struct {
	narrow []uint8
	wide   []uint32 // nil if the labels are narrow
}

// At returns the i-th label.
func (l Labels) At(i int) uint32 {
	if l.wide != nil {
		return l.wide[i]
	}
	return uint32(l.narrow[i])
}

// Len returns the number of labels.
func (l Labels) Len() int { return max(len(l.narrow), len(l.wide)) }

// narrowMax is the largest label that fits in a byte.
const narrowMax = 1<<8 - 1

// newLabels returns no labels, with a capacity of n. A wide list is never nil, even if
// n is zero, since At and add tell the two forms apart by that.
func newLabels(n int, wide bool) Labels {
	if wide {
		return Labels{wide: make([]uint32, 0, n)}
	}
	return Labels{narrow: make([]uint8, 0, n)}
}

// add appends a label. A narrow list requires a label of at most narrowMax.
func (l *Labels) add(label uint32) {
	if l.wide != nil {
		l.wide = append(l.wide, label)
		return
	}
	l.narrow = append(l.narrow, uint8(label))
}

// slice returns the labels of a range of edges.
func (l Labels) slice(from, end uint32) Labels {
	if l.wide != nil {
		return Labels{wide: l.wide[from:end]}
	}
	return Labels{narrow: l.narrow[from:end]}
}

// relabelled returns the labels with every label l replaced by by[l]. It writes to the
// same memory if the new labels have the same width, which is the rule.
func (l Labels) relabelled(by []uint32) Labels {
	if isWide := len(by) > narrowMax+1; isWide != (l.wide != nil) {
		r := newLabels(l.Len(), isWide)
		for i := range l.Len() {
			r.add(by[l.At(i)])
		}
		return r
	}
	for i, label := range l.narrow {
		l.narrow[i] = uint8(by[label])
	}
	for i, label := range l.wide {
		l.wide[i] = by[label]
	}
	return l
}

// bytes returns the size of the labels.
func (l Labels) bytes() uint64 { return uint64(len(l.narrow) + 4*len(l.wide)) }

// allocator allocates edges from shared blocks, which are never freed one by one. The
// edges live as long as the graph, so separate slices would give the garbage collector
// work without use. A nil allocator makes separate slices, for edges that will be
// dropped.
type allocator struct {
	of32 pages.Chunks[uint32] // targets, start lists and wide labels
	of8  pages.Chunks[uint8]  // narrow labels
}

// words returns n zeroed words.
func (m *allocator) words(n int) []uint32 {
	if m == nil {
		return make([]uint32, n)
	}
	return m.of32.Alloc(n)
}

// labels returns no labels, with a capacity of n.
func (m *allocator) labels(n int, wide bool) Labels {
	switch {
	case m == nil:
		return newLabels(n, wide)
	case wide:
		return Labels{wide: m.of32.Alloc(n)[:0]}
	}
	return Labels{narrow: m.of8.Alloc(n)[:0]}
}

// edges returns the edges of this many nodes, none so far, with a capacity of n.
func (m *allocator) edges(n, nodes int, wide bool) edges {
	// One allocation has the targets and then the start list, whose first entry is 0
	// because fresh words are zero.
	all := m.words(n + nodes + 1)
	return edges{to: all[:0:n], start: all[n:], label: m.labels(n, wide), cut: m != nil}
}
