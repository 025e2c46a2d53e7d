package tour

import (
	"fmt"
	"slices"

	"github.com/muster-mc/muster/trace"
)

// Coverage is what tests have covered of one kind of goals.
type Coverage struct {
	Kind    string   `json:"kind"` // one of Kinds
	Goals   int      `json:"goals"`
	Covered int      `json:"covered"`
	Missed  []string `json:"missed,omitempty"` // at most MissedMax of them
}

// MissedMax is how many goals that were missed are named.
const MissedMax = 10

// Coverage says what was covered, by the kinds that are wanted. A goal that was given up is
// closed, so that no test is planned for it, and still counts as missed.
func (s *Goals) Coverage() []Coverage {
	list := []Coverage{}
	for kind, name := range Kinds {
		c := Coverage{Kind: name}
		for goal, k := range s.kind {
			if int(k) != kind {
				continue
			}
			c.Goals++
			if !s.open[goal] && !s.givenUp[goal] {
				c.Covered++
			} else if len(c.Missed) < MissedMax {
				c.Missed = append(c.Missed, s.describe(kind, int32(goal)))
			}
		}
		if c.Goals > 0 {
			list = append(list, c)
		}
	}
	return list
}

// describe names a goal as a reader knows it. A goal does not know what it is of: only the lists
// from steps to goals are kept. They are searched here, for at most MissedMax goals of a kind.
func (s *Goals) describe(kind int, goal int32) string {
	g, n := s.graph, len(s.graph.System.Actions)+1
	switch kind {
	case 0:
		return g.actionName(slices.Index(s.byAction, goal))
	case 1:
		return g.Labels[slices.Index(s.byLabel, goal)].Text
	case 2:
		pair := slices.Index(s.byPair, goal)
		return g.actionName(pair/n) + " then " + g.actionName(pair%n)
	case 3:
		return "the state " + g.describe(slices.Index(s.byNode, goal))
	}
	// With a view, an edge is named by the first of those that it stands for.
	edge := int32(slices.Index(s.byEdge, goal))
	from := 0
	for g.from[from+1] <= edge {
		from++
	}
	return g.Labels[g.edges[edge].Label].Text + " from the state " + g.describe(from)
}

// actionName is the name of an action by its place, where Init has the place behind the last.
func (g *Graph) actionName(action int) string {
	if action == len(g.System.Actions) {
		return g.System.Init.Name
	}
	return g.System.Actions[action].Name
}

// stateMax is how much of a state is shown where many are listed.
const stateMax = 60

// describe is the state of a node in a line that may be cut. It is cut between characters, and
// not between the bytes of one.
func (g *Graph) describe(node int) string {
	text := []rune(fmt.Sprint(trace.ValueOf(g.State(node))))
	if len(text) > stateMax {
		return string(text[:stateMax]) + "…"
	}
	return string(text)
}
