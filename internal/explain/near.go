package explain

import (
	"github.com/muster-mc/muster/internal/system"
)

// near is the states around one that is looked at: what its steps lead to, and what theirs
// do. Each state is asked once for the steps of an action, and once for what predicates say
// of it.
type near struct {
	stepper *system.Stepper // with a work copy of its own, so that before and after stay as they are
	actions []system.Action
	system  *system.System
	space   system.Space

	predicates []predicate // the constraint first, if there is one
	claims     []claim
	before     system.State
	after      system.State
	spaces     [2]system.Space // of before and after, for a space owns the memory of one state

	places map[string]*place
	tries  uint64      // attempts to take a step, of all states together
	limit  uint64      // of tries
	isOver func() bool // the run was cancelled
	over   bool        // the limit was reached, or the run cancelled: what is missing says nothing
}

// predicate is asked about a state, and claim about a step. Part names the code of the model.
type predicate struct {
	part string
	of   func(system.State) bool
}

type claim struct {
	part string
	of   func(before, after system.State) bool
}

// place is one of the states.
//
// Places are compared by their addresses. So there is one for each state, and next is kept
// even if it is empty, because a missing list means that the action was not tried.
type place struct {
	encoded string
	truths  string     // what predicates say, a byte each; empty if they were not asked
	next    [][]*place // by action; nil if it was not tried
	panics  []bool     // by action
}

func newNear(s *system.System, actions []system.Action, isOver func() bool) *near {
	c := s.Codec
	n := &near{
		stepper: system.NewStepper(s, actions), actions: actions, system: s, space: c.New(), isOver: isOver,
		before: c.Make(), after: c.Make(), spaces: [2]system.Space{c.New(), c.New()}, places: map[string]*place{},
	}
	n.stepper.Cancelled = func() bool { return n.isAtEnd() }
	return n
}

// begin goes to another state, and forgets those around the last one. A state gets this many
// attempts at the most.
func (n *near) begin(encoded []byte, attempts uint64) *place {
	clear(n.places)
	n.over, n.limit = false, n.tries+attempts
	return n.at(encoded)
}

// isAtEnd reports whether the attempts are used up or the run was cancelled. The stepper
// asks it between attempts, because a single action can have more answers than the limit.
func (n *near) isAtEnd() bool {
	n.over = n.over || n.tries >= n.limit || n.isOver()
	return n.over
}

// at is the place of a state. Two states are one if their encodings are equal.
func (n *near) at(encoded []byte) *place {
	p := n.places[string(encoded)]
	if p == nil {
		p = &place{encoded: string(encoded), next: make([][]*place, len(n.actions)), panics: make([]bool, len(n.actions))}
		n.places[p.encoded] = p
	}
	return p
}

// steps are the states that an action leads to, each once. A step may lead to a state outside
// the constraint, and may begin in one. It reports false if the action panicked.
func (n *near) steps(p *place, action int) (list []*place, ok bool) {
	if p.next[action] != nil {
		return p.next[action], !p.panics[action]
	}
	list = []*place{}
	var encoded []byte
	n.stepper.Enter([]byte(p.encoded))
	for o := range n.stepper.WaysOf(action) {
		n.tries++
		s, enabled, panicked := n.stepper.Try(action, o)
		p.panics[action] = p.panics[action] || panicked
		if !enabled {
			continue
		}
		encoded = n.space.Append(encoded[:0], s)
		if q := n.at(encoded); !contains(list, q) {
			list = append(list, q)
		}
	}
	n.isAtEnd()
	p.next[action] = list
	return list, !p.panics[action]
}

// contains goes through the list, which has few elements: the successors by one action.
func contains(list []*place, p *place) bool {
	for _, q := range list {
		if q == p {
			return true
		}
	}
	return false
}

// truthsOf is what the predicates say of a state. The answers are kept with the state: many
// steps around one state lead to the same few states.
func (n *near) truthsOf(p *place) string {
	if p.truths == "" && len(n.predicates) > 0 {
		system.Decode(n.spaces[0], n.before, []byte(p.encoded))
		said := make([]byte, len(n.predicates))
		for i, p := range n.predicates {
			said[i] = n.answer(p.part, func() bool { return p.of(n.before) })
		}
		p.truths = string(said)
	}
	return p.truths
}

// isOutside reports whether a state is outside the constraint.
func (n *near) isOutside(p *place) bool {
	return n.system.Constraint != nil && n.truthsOf(p)[0] != yes
}

// claimsOf is what is claimed of a step. The answers are not kept: few steps are asked about
// twice, and there are far more steps than states.
func (n *near) claimsOf(p, q *place) string {
	if len(n.claims) == 0 {
		return ""
	}
	system.Decode(n.spaces[0], n.before, []byte(p.encoded))
	system.Decode(n.spaces[1], n.after, []byte(q.encoded))
	said := make([]byte, len(n.claims))
	for i, c := range n.claims {
		said[i] = n.answer(c.part, func() bool { return c.of(n.before, n.after) })
	}
	return string(said)
}

// The answers of a part of the model's code. They are bytes of a string, so that two states
// say the same if the strings are equal.
const (
	yes = '1'
	no  = '0'
)

// answer asks a part of the model's code about the state before. A panic is an answer like
// others here.
func (n *near) answer(part string, ask func() bool) (a byte) {
	defer func() {
		if recover() != nil {
			a = 'p'
		}
	}()
	a = no
	n.system.Watch.Call(part, n.before, func() {
		if ask() {
			a = yes
		}
	})
	return a
}
