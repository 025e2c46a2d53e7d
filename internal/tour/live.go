package tour

import (
	"fmt"
	"slices"
)

// Live covers goals with a system whose answers are not known before: a plan is a hope,
// and after each step the next one is chosen by where the system may be.
type Live struct {
	*Planner
	Belief Belief // where the system may be

	hopes    map[int32]int // by goal: how often a way to it led elsewhere
	denied   []uint8       // by edge: how often the system took another one, up to denialsMax
	ofLabel  []int         // by label: how often that was so of its edges
	happened []bool        // by label: some edge of it was taken
	hidden   func(label int32) bool

	plan []int32 // the rest of the way to the goal
	aim  []int32 // the goals of the first plan of the test
}

// A way to a goal is given up once the system has often enough gone elsewhere. The first
// denials may be chance: of a system that takes either of two ways, one in 32 goals is
// missed (2 to the power of denialsMax). A label that never happened anywhere need not be tried
// everywhere.
const (
	denialsMax      = 5
	labelDenialsMax = 20
	hopesMax        = 5
)

// NewLive returns a live planner. The actions that are hidden may happen unseen at any
// time.
func NewLive(g *Graph, goals *Goals, isHidden func(label int32) bool) *Live {
	l := &Live{
		Planner: NewPlanner(g, goals), hopes: map[int32]int{}, hidden: isHidden,
		denied: make([]uint8, len(g.edges)), ofLabel: make([]int, len(g.Labels)), happened: make([]bool, len(g.Labels)),
	}
	l.avoided = make([]bool, len(g.edges)) // a planner without a system avoids nothing
	return l
}

// Begin begins a test, and reports whether there is a goal for it.
func (l *Live) Begin(most int) bool {
	l.Belief, l.plan, l.aim = Start(), nil, nil
	if _, ok := l.Next(most + 1); !ok {
		return false
	}
	// The aim is what the last edge reaches. Goals on the way there are not what the test is for.
	last := -1
	if len(l.plan) > 1 {
		last = l.actionOf(l.plan[len(l.plan)-2])
	}
	l.aim = l.Goals.reached(nil, l.plan[len(l.plan)-1], last)
	return true
}

// End ends a test. Whatever became of the test, its first aim is covered now or is nearer
// to be given up. So there are only so many tests.
func (l *Live) End() { l.lose(l.aim) }

// Began notes where a system may be that begins as it is. Tests cannot ask for the other
// initial states.
func (l *Live) Began(after Belief) {
	// An initial state in which no run of the belief begins is another one than that of this
	// system. A later test may find that the system has begun elsewhere, and undoes it.
	for i := l.Graph.from[Root]; i < l.Graph.from[Root+1]; i++ {
		isHere := func(p *Place) bool { return p.Run(l.Graph)[0] == l.Graph.edges[i] }
		l.avoided[i] = !slices.ContainsFunc(after, isHere)
	}
	l.Moved(after)
}

// Moved notes where the system may be after a step that no plan has asked for.
func (l *Live) Moved(after Belief) {
	l.coverAll(after)
	l.plan, l.Belief = nil, after
}

// actionOf is the place of the action that an edge takes.
func (l *Live) actionOf(edge int32) int { return l.Graph.Labels[l.Graph.edges[edge].Label].Action }

// Next returns the label of the step to take next, of at most so many, and false if no
// goal is near enough. A label is returned only if every possible state permits it.
func (l *Live) Next(most int) (label int32, ok bool) {
	// Where one state is possible, the plan is a way of the planner, and holds as long as the
	// system stays on it.
	if len(l.Belief) == 1 {
		if at := l.Belief[0]; len(l.plan) == 0 || !l.isOn(at) {
			l.plan = slices.Clone(l.Nearest(int(at.Node), at.Last(l.Graph), most))
		}
		if len(l.plan) == 0 {
			return 0, false
		}
		return l.Graph.edges[l.plan[0]].Label, true
	}
	l.plan = nil
	return l.nextOfSeveral(most)
}

// isOn reports whether the plan goes on from a place, by an edge that is not given up meanwhile.
func (l *Live) isOn(at *Place) bool {
	first := l.plan[0]
	return l.Graph.from[at.Node] <= first && first < l.Graph.from[at.Node+1] && l.isUsable(first)
}

// beliefsMax is how many beliefs a search looks at. Beyond, the test ends, and the goals
// wait for another test.
const beliefsMax = 500

// nextOfSeveral searches for a way that is permitted in all possible states and reaches a
// goal in one of them. It is rare and may be slow: beliefs are few wherever what the
// system shows tells its states apart.
func (l *Live) nextOfSeveral(most int) (label int32, ok bool) {
	type node struct {
		belief Belief
		first  int32 // the label with which the way begins
		depth  int
	}
	queue := []node{{l.Belief, -1, 0}}
	seen := map[string]bool{fmt.Sprint(l.Belief.Nodes()): true}
	for i := 0; i < len(queue) && len(queue) < beliefsMax; i++ {
		n := queue[i]
		if n.depth == most {
			break
		}
		for _, label := range l.common(n.belief) {
			// Only the first label is of use: after it, the system has narrowed the belief
			// down, and the search begins anew.
			first := n.first
			if first < 0 {
				first = label
			}
			if l.opens(n.belief, label) {
				return first, true
			}
			next := l.Graph.Unseen(l.Graph.After(n.belief, func(x int32) bool { return x == label }), l.hidden)
			if key := fmt.Sprint(next.Nodes()); !seen[key] {
				seen[key] = true
				queue = append(queue, node{next, first, n.depth + 1})
			}
		}
	}
	return 0, false
}

// common are the labels that all places of a belief permit and that are not avoided. A label that
// all permit leaves the first place too, so it is enough to go through the edges of that one.
func (l *Live) common(b Belief) []int32 {
	var labels []int32
	n := b[0].Node
	for i := l.Graph.from[n]; i < l.Graph.from[n+1]; i++ {
		label := l.Graph.edges[i].Label
		if l.isUsable(i) && !slices.Contains(labels, label) && l.Graph.Permits(b, label) {
			labels = append(labels, label)
		}
	}
	return labels
}

// opens reports whether a label reaches a goal that is open from some place.
func (l *Live) opens(b Belief, label int32) bool {
	for _, p := range b {
		for i := l.Graph.from[p.Node]; i < l.Graph.from[p.Node+1]; i++ {
			if l.Graph.edges[i].Label == label && l.isUsable(i) && l.Goals.isOpen(i, p.Last(l.Graph)) {
				return true
			}
		}
	}
	return false
}

// Took notes where the system may be after a step. What was wanted is the label that was
// chosen by Next. A goal is covered if it was reached whichever of the places is true.
func (l *Live) Took(wanted int32, after Belief) {
	l.coverAll(after)
	l.regard(wanted, after)
	l.Belief = after
}

// Skipped notes that a step could not be forced here. Its edges are avoided at once, without
// further trials: who runs the system has said that it cannot be made to take the step, which
// is no chance.
func (l *Live) Skipped(label int32) {
	for _, p := range l.Belief {
		for i := l.Graph.from[p.Node]; i < l.Graph.from[p.Node+1]; i++ {
			if l.Graph.edges[i].Label == label {
				l.avoided[i] = true
				l.deny(label)
			}
		}
	}
	l.plan = nil
}

// coverAll closes the goals that were reached in every run that is possible: the true run is one
// of them. Of the runs only the last part is new, since the belief before.
func (l *Live) coverAll(after Belief) {
	counts := map[int32]int{}
	for _, p := range after {
		var goals []int32
		for ; p.Before != nil && !slices.Contains(l.Belief, p); p = p.Before {
			l.happened[l.Graph.edges[p.Edge].Label] = true
			goals = l.Goals.reached(goals, p.Edge, p.Before.Last(l.Graph))
		}
		slices.Sort(goals)
		for _, goal := range slices.Compact(goals) {
			counts[goal]++ // once for a run, however often the run came by
		}
	}
	for goal, n := range counts {
		if n == len(after) {
			l.Goals.close(goal)
		}
	}
}

// regard compares the plan with what became of it. A plan that the system has left is dropped:
// the way from the new place to the nearest goal may be another one.
func (l *Live) regard(wanted int32, after Belief) {
	if len(l.plan) == 0 {
		l.despair(wanted)
		return
	}
	edge := l.plan[0]
	if len(after) == 1 && after[0].Edge == edge {
		l.plan = l.plan[1:]
		return
	}
	if l.denied[edge]++; l.denied[edge] >= denialsMax {
		l.avoided[edge] = true
	}
	l.deny(wanted)
	l.plan = nil
}

// deny notes that a label did not happen where it was wanted. Once it has never happened in many
// places, all its edges are avoided: a model may permit what this system never does.
func (l *Live) deny(label int32) {
	if l.ofLabel[label]++; l.ofLabel[label] < labelDenialsMax || l.happened[label] {
		return
	}
	for i, e := range l.Graph.edges {
		if e.Label == label {
			l.avoided[i] = true
		}
	}
}

// despair counts a step from several possible states, which had its goals in view and
// perhaps reached none of them for certain.
func (l *Live) despair(label int32) {
	var goals []int32
	for _, p := range l.Belief {
		for i := l.Graph.from[p.Node]; i < l.Graph.from[p.Node+1]; i++ {
			if l.Graph.edges[i].Label == label {
				goals = l.Goals.reached(goals, i, p.Last(l.Graph))
			}
		}
	}
	slices.Sort(goals)
	l.lose(slices.Compact(goals))
}

// lose counts a trial of goals, and gives up those that are still open after too many.
func (l *Live) lose(goals []int32) {
	for _, goal := range goals {
		if !l.Goals.open[goal] {
			continue
		}
		if l.hopes[goal]++; l.hopes[goal] >= hopesMax {
			l.Goals.giveUp(goal)
		}
	}
}
