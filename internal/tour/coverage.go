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

// Coverage says what was covered, by the kinds that are wanted.
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

// describe names a goal as a reader knows it. Goals are looked for by what they are of,
// since few are ever named.
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
	edge := int32(slices.Index(s.byEdge, goal))
	from := 0
	for g.from[from+1] <= edge {
		from++
	}
	return g.Labels[g.edges[edge].Label].Text + " from the state " + g.describe(from)
}

func (g *Graph) actionName(action int) string {
	if action == len(g.System.Actions) {
		return g.System.Init.Name
	}
	return g.System.Actions[action].Name
}

// stateMax is how much of a state is shown where many are listed.
const stateMax = 60

func (g *Graph) describe(node int) string {
	text := []rune(fmt.Sprint(trace.ValueOf(g.State(node))))
	if len(text) > stateMax {
		return string(text[:stateMax]) + "…"
	}
	return string(text)
}
