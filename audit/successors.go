package audit

import (
	"slices"

	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// successorSet has the successors of a mutant's action, grouped by the arguments that
// fairness distinguishes. A mutant thus has the same demands of fairness as the model.
type successorSet struct {
	mut   *mutator
	of    string // the group to which add adds
	known map[string]bool
	whose []string
	lists map[string][]system.State
}

func newSuccessorSet(mut *mutator) *successorSet {
	return &successorSet{mut: mut, known: map[string]bool{}, lists: map[string][]system.State{}}
}

// add adds a state to the current group, unless the group has it.
func (c *successorSet) add(s system.State) {
	key := c.of + "\x00" + string(c.mut.space.Append(nil, s))
	if c.known[key] {
		return
	}
	c.known[key] = true
	if c.lists[c.of] == nil {
		c.whose = append(c.whose, c.of)
	}
	c.lists[c.of] = append(c.lists[c.of], s)
}

// pick chooses one of the states: first a group, as an argument that fairness
// distinguishes, and then a state of the group.
func (c *successorSet) pick(choice *model.Choice) system.State {
	list := c.lists[model.Pick(choice, groupArgument, c.whose)]
	if i := choice.Int("way", len(list)); i < len(list) {
		return list[i]
	}
	return nil
}

// groupArgument is the argument of a mutant's action that names the group.
const groupArgument = "of"

// whose returns the arguments of a step that fairness distinguishes, as text, or
// nothing if fairness does not distinguish the steps of the action.
func (mut *mutator) whose(action int, s system.State, answers []int) string {
	a := &mut.model.Actions[action]
	if !a.Fair.IsEach() {
		return ""
	}
	var o model.Odometer
	o.Record(answers)
	attempt(a.Do, mut.copy(s), &o)
	told := slices.DeleteFunc(slices.Clone(o.Arguments()), func(x model.Argument) bool {
		return a.FairBy != nil && !slices.Contains(a.FairBy, x.Name)
	})
	return trace.ArgumentsOf(told).Plain()
}
