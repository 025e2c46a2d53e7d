package tour

import (
	"context"
	"fmt"
	"math/bits"
	"slices"
	"strconv"
	"strings"

	"github.com/muster-mc/muster/trace"
)

// Cover says what tests are to cover. Values can be added to each other.
type Cover uint8

// What tests can cover. With a view, states that agree on its fields are one, and an edge
// is an action between two such.
const (
	Actions   Cover = 1 << iota // every action
	Arguments                   // every action with its arguments
	Pairs                       // every action after every other, as far as the model permits
	States                      // every state
	Edges                       // every step from every state
)

// Kinds names the values of Cover, in their order.
var Kinds = []string{"actions", "arguments", "pairs", "states", "edges"}

// Goals are what is to be covered, and what of it is still open. A goal is a number; each
// kind of goals has numbers of its own.
//
// The planner asks for each edge that it looks at whether the edge reaches an open goal. So the
// goals are kept as lists from what a step is to the goal, five look-ups without a search. A
// goal that closes never opens again, which the planner relies on.
type Goals struct {
	graph   *Graph
	open    []bool
	kind    []uint8 // by goal, a place in Kinds
	left    int
	givenUp []bool

	// The goal that a step reaches, or -1, by what the step is. Nil where that kind is
	// not wanted.
	byAction, byLabel, byNode, byEdge []int32
	byPair                            []int32 // by the action before and the action

	class []int32 // by node, with a view: the number of the states that the view shows alike
}

// NewGoals lists the goals. The view is a list of fields, as trace.Leaf.In understands
// them; without one, every state is its own. The error is a [*FieldError] or that of the
// context.
func NewGoals(ctx context.Context, g *Graph, cover Cover, view []string) (*Goals, error) {
	goals := &Goals{graph: g}
	if len(view) > 0 {
		var err error
		if goals.class, err = g.classes(ctx, view); err != nil {
			return nil, err
		}
	}
	if cover&Actions != 0 {
		goals.byAction = goals.each(0, len(g.System.Actions)+1, func(yield func(int)) {
			g.inside(func(_ int, e Edge) { yield(g.Labels[e.Label].Action) })
		})
	}
	if cover&Arguments != 0 {
		goals.byLabel = goals.each(1, len(g.Labels), func(yield func(int)) {
			g.inside(func(_ int, e Edge) { yield(int(e.Label)) })
		})
	}
	if cover&Pairs != 0 {
		n := len(g.System.Actions) + 1
		goals.byPair = goals.each(2, n*n, g.pairs)
	}
	if cover&States != 0 {
		goals.addStates()
	}
	if cover&Edges != 0 {
		goals.addEdges()
	}
	return goals, nil
}

// inside calls yield with every edge to a state that is inside of the constraint. Only such
// edges can be goals: no test may go outside.
func (g *Graph) inside(yield func(from int, e Edge)) {
	for n := range g.Nodes() {
		for _, e := range g.Edges(n) {
			if !g.outside[e.To] {
				yield(n, e)
			}
		}
	}
}

// each makes a goal for every number, up to a limit, that the list yields. So there are goals
// only for what the graph has: an action that is never enabled, or a pair that cannot happen,
// is none, and a suite can cover all there are.
func (s *Goals) each(kind uint8, limit int, list func(yield func(int))) []int32 {
	by := make([]int32, limit)
	for i := range by {
		by[i] = -1
	}
	list(func(i int) {
		if by[i] < 0 {
			by[i] = s.add(kind)
		}
	})
	return by
}

// add makes an open goal.
func (s *Goals) add(kind uint8) int32 {
	s.open, s.givenUp, s.kind = append(s.open, true), append(s.givenUp, false), append(s.kind, kind)
	s.left++
	return int32(len(s.open) - 1)
}

// pairs yields every action that can follow another one. The first of the two goes into
// a state, so the sets of actions that lead into each state are made before.
//
// The sets are bits in words. A loop over all pairs of edges in and out of each state would
// take the product of the two numbers; the sets take each edge twice, and a word for each 64
// actions.
func (g *Graph) pairs(yield func(int)) {
	n := len(g.System.Actions) + 1
	words := (n + 63) / 64
	into := make([]uint64, words*g.Nodes())
	for node := range g.Nodes() {
		for _, e := range g.Edges(node) {
			a := g.Labels[e.Label].Action
			into[int(e.To)*words+a/64] |= 1 << (a % 64) // nothing leads on from a state outside
		}
	}
	before := make([]uint64, words*n) // by action: those that it can follow
	g.inside(func(node int, e Edge) {
		a := g.Labels[e.Label].Action
		for w := range words {
			before[a*words+w] |= into[node*words+w]
		}
	})
	for second := range n {
		for w, set := range before[second*words : (second+1)*words] {
			for ; set != 0; set &= set - 1 {
				if first := w*64 + bits.TrailingZeros64(set); first != n-1 { // Init is no action
					yield(first*n + second)
				}
			}
		}
	}
}

// addStates makes a goal of each state, or with a view one of all states that it shows alike.
func (s *Goals) addStates() {
	s.byNode = make([]int32, s.graph.Nodes())
	goals := map[int32]int32{}
	for n := range s.byNode {
		s.byNode[n] = -1
		if n == Root || s.graph.outside[n] {
			continue
		}
		c := s.classOf(n)
		if _, known := goals[c]; !known {
			goals[c] = s.add(3)
		}
		s.byNode[n] = goals[c]
	}
}

// addEdges makes a goal of each edge, or with a view one of each action between two
// classes. The steps of Init are no edges: a test begins with one of them in any case.
func (s *Goals) addEdges() {
	g := s.graph
	s.byEdge = make([]int32, len(g.edges))
	goals := map[[3]int32]int32{}
	for n := range g.Nodes() {
		for i := g.from[n]; i < g.from[n+1]; i++ {
			e := g.edges[i]
			s.byEdge[i] = -1
			if n == Root || g.outside[e.To] {
				continue
			}
			if s.class == nil {
				s.byEdge[i] = s.add(4)
				continue
			}
			key := [3]int32{s.classOf(n), int32(g.Labels[e.Label].Action), s.classOf(int(e.To))}
			if _, known := goals[key]; !known {
				goals[key] = s.add(4)
			}
			s.byEdge[i] = goals[key]
		}
	}
}

// classOf is the number of the states that count as one with this one.
func (s *Goals) classOf(node int) int32 {
	if s.class == nil {
		return int32(node)
	}
	return s.class[node]
}

// classes numbers the states by what a view shows of them: the leaves in its fields, with their
// paths, since the same values can lie in other elements.
func (g *Graph) classes(ctx context.Context, view []string) ([]int32, error) {
	class := make([]int32, g.Nodes())
	numbers := map[string]int32{}
	used := map[string]bool{}
	for n := 1; n < g.Nodes(); n++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		var key strings.Builder
		for _, l := range trace.ValueOf(g.State(n)).Leaves() {
			for _, field := range view {
				if l.In(field) {
					// A field that no state has shows nothing, and would make all states
					// one without a word. A field may be missing in single states.
					used[field] = true
					key.WriteString(strconv.Quote(l.Path) + strconv.Quote(l.Value))
				}
			}
		}
		if _, known := numbers[key.String()]; !known {
			numbers[key.String()] = int32(len(numbers))
		}
		class[n] = numbers[key.String()]
	}
	for _, field := range view {
		if !used[field] {
			return nil, &FieldError{g.System.Name, field, g.fields()}
		}
	}
	return class, nil
}

// fields are the names of the fields of the first state.
func (g *Graph) fields() []string {
	var names []string
	if g.Nodes() > 1 {
		for _, l := range trace.ValueOf(g.State(1)).Leaves() {
			if f := l.Field(); !slices.Contains(names, f) {
				names = append(names, f)
			}
		}
	}
	return names
}

// FieldError is a view of a field that no state has.
type FieldError struct {
	Model, Field string
	Known        []string // those of the first state
}

func (e *FieldError) Error() string {
	return fmt.Sprintf("%s: no state has a field %q; there are %s", e.Model, e.Field, strings.Join(e.Known, ", "))
}

// reached appends the goals that a step reaches, open or not: the edge with this place,
// which was taken after an action, or after none, -1. A step reaches one goal of each kind at
// the most, so five places are enough for all that it appends.
func (s *Goals) reached(to []int32, edge int32, last int) []int32 {
	e := s.graph.edges[edge]
	a := s.graph.Labels[e.Label].Action
	for _, goal := range [...]int32{at(s.byAction, a), at(s.byLabel, int(e.Label)), s.pair(last, a), at(s.byNode, int(e.To)), at(s.byEdge, int(edge))} {
		if goal >= 0 {
			to = append(to, goal)
		}
	}
	return to
}

// at is an entry of a list that is nil if its kind is not wanted.
func at(by []int32, i int) int32 {
	if by == nil {
		return -1
	}
	return by[i]
}

// pair is the goal of two actions, one after the other. Before the first state there was none.
func (s *Goals) pair(first, second int) int32 {
	if s.byPair == nil || first < 0 {
		return -1
	}
	return s.byPair[first*(len(s.graph.System.Actions)+1)+second]
}

// isOpen reports whether a step reaches a goal that is open.
func (s *Goals) isOpen(edge int32, last int) bool {
	var few [5]int32
	for _, goal := range s.reached(few[:0], edge, last) {
		if s.open[goal] {
			return true
		}
	}
	return false
}

// Left is the number of goals that are open.
func (s *Goals) Left() int { return s.left }

// close notes that a goal is no longer to be planned for. To close it again changes nothing: a
// run comes by a goal as often as it likes.
func (s *Goals) close(goal int32) {
	if s.open[goal] {
		s.open[goal] = false
		s.left--
	}
}

// giveUp closes a goal that was not reached.
func (s *Goals) giveUp(goal int32) {
	s.givenUp[goal] = true
	s.close(goal)
}
