package audit

import (
	"slices"

	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// collection is the states that an action leads to, by whose steps they are: a
// step that was broken is still owed to whom it was owed before.
type collection struct {
	b     *breaker
	of    string // whose steps are being added
	known map[string]bool
	whose []string
	lists map[string][]system.State
}

func newCollection(b *breaker) *collection {
	return &collection{b: b, known: map[string]bool{}, lists: map[string][]system.State{}}
}

// add adds a state, unless it was added before as the same one's.
func (c *collection) add(s system.State) {
	key := c.of + "\x00" + string(c.b.space.Append(nil, s))
	if c.known[key] {
		return
	}
	c.known[key] = true
	if c.lists[c.of] == nil {
		c.whose = append(c.whose, c.of)
	}
	c.lists[c.of] = append(c.lists[c.of], s)
}

// pick has one of the states chosen. The first question tells steps apart as the
// fairness of the action did.
func (c *collection) pick(choice *model.Choice) system.State {
	list := c.lists[model.Pick(choice, stepsOf, c.whose)]
	if i := choice.Int("way", len(list)); i < len(list) {
		return list[i]
	}
	return nil
}

// stepsOf is the argument of a mutant's action that says whose step it is.
const stepsOf = "of"

// whose are the arguments by which fairness tells an action's steps apart; nothing
// where it does not.
func (b *breaker) whose(action int, s system.State, answers []int) string {
	a := &b.model.Actions[action]
	if !a.Fair.IsEach() {
		return ""
	}
	var o model.Odometer
	o.Record(answers)
	attempt(a.Do, b.copy(s), &o)
	told := slices.DeleteFunc(slices.Clone(o.Arguments()), func(x model.Argument) bool {
		return a.FairBy != nil && !slices.Contains(a.FairBy, x.Name)
	})
	return trace.ArgumentsOf(told).String()
}
