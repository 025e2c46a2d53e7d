package tour

import "slices"

// Ways are the shortest ways from a node to all others. One search serves all questions from the
// node: the shortening of a failure asks for the ways to many.
type Ways struct {
	graph    *Graph
	from     int
	edge     []int32 // by node: the last edge of a shortest way, or -1
	before   []int32 // by node
	distance []int32 // by node, or -1
}

// Ways searches breadth-first from a node. A way leads through no state outside of the
// constraint.
func (g *Graph) Ways(from int) *Ways {
	n := g.Nodes()
	w := &Ways{g, from, make([]int32, n), make([]int32, n), make([]int32, n)}
	for i := range n {
		w.distance[i] = -1
	}
	w.distance[from] = 0
	queue := []int32{int32(from)}
	for i := 0; i < len(queue); i++ {
		at := queue[i]
		for e := g.from[at]; e < g.from[at+1]; e++ {
			to := g.edges[e].To
			if w.distance[to] >= 0 || g.outside[to] {
				continue
			}
			w.distance[to], w.edge[to], w.before[to] = w.distance[at]+1, e, at
			queue = append(queue, to)
		}
	}
	return w
}

// Distance is the number of steps to a node, or -1 if no way leads there.
func (w *Ways) Distance(node int) int { return int(w.distance[node]) }

// To are the labels of a shortest way to a node.
func (w *Ways) To(node int) []int32 {
	var labels []int32
	for ; node != w.from; node = int(w.before[node]) { // from the end to the beginning
		labels = append(labels, w.graph.edges[w.edge[node]].Label)
	}
	slices.Reverse(labels)
	return labels
}

// Runs are all runs from Root with so many steps, Init included: their labels, each run
// once. If last is not nil, the runs are those whose last label it accepts; otherwise runs
// that end before, because nothing is possible, are among them. Runs returns nil if they
// are more than so many, or take too long to find.
func (g *Graph) Runs(steps, most int, last func(label int32) bool) [][]int32 {
	l := runLister{graph: g, steps: steps, most: most, last: last, runs: [][]int32{}}
	if !l.extend(Start()) {
		return nil
	}
	return l.runs
}

// runLister goes through the tree of label sequences, depth first. A node of the tree is a belief:
// one sequence of labels can lead to several states, and is still one run.
type runLister struct {
	graph       *Graph
	steps, most int
	last        func(label int32) bool
	labels      []int32
	runs        [][]int32
	looks       int // labels that were looked at
}

// looksMax is how many steps are looked at to find runs: a second or so.
const looksMax = 2_000_000

// extend lists the runs that go on from here. It reports false if there are too many.
func (l *runLister) extend(b Belief) bool {
	next := l.next(b)
	if l.looks += 1 + len(next); l.looks > looksMax {
		return false
	}
	if len(next) == 0 {
		if l.last == nil || len(l.labels) == l.steps {
			l.runs = append(l.runs, slices.Clone(l.labels))
		}
		return len(l.runs) <= l.most
	}
	for _, label := range next {
		l.labels = append(l.labels, label)
		fits := l.extend(l.graph.After(b, func(x int32) bool { return x == label }))
		l.labels = l.labels[:len(l.labels)-1]
		if !fits {
			return false
		}
	}
	return true
}

// next are the labels with which a run can go on: those that every state permits in which the
// model may be, as in Live.common.
func (l *runLister) next(b Belief) []int32 {
	var next []int32
	if len(l.labels) == l.steps {
		return nil
	}
	for _, e := range l.graph.Edges(int(b[0].Node)) {
		isLast := len(l.labels) == l.steps-1
		if slices.Contains(next, e.Label) || isLast && l.last != nil && !l.last(e.Label) {
			continue
		}
		if l.graph.Permits(b, e.Label) {
			next = append(next, e.Label)
		}
	}
	return next
}
