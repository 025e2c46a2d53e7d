package trace

import (
	"cmp"
	"slices"
	"strconv"
)

// actorKinds are the names of arguments that name an actor, unless the options give
// others.
var actorKinds = []string{
	"node", "server", "replica", "host", "site", "member", "client", "caller", "worker", "process",
	"agent", "actor", "backend", "rm", "vm",
}

// actorRoles are the names of arguments that name an actor by its role in a step. Such
// an actor has the kind of the step's first actor.
var actorRoles = []string{"to", "from", "by", "via", "target", "peer", "source", "a", "b"}

// actor is a participant of a run, such as node 0 or the client ann.
type actor struct{ kind, name string }

func (a actor) String() string {
	if _, err := strconv.Atoi(a.name); err == nil {
		return a.kind + " " + a.name
	}
	return a.name
}

// cast has the participants of a run.
type cast struct {
	kinds, roles []string
	peers        string // the kind of the senders and receivers of messages
	list         []actor
}

// castOf returns the participants of a run. Kinds are the names of arguments that name
// an actor. None means the usual names, or, if the run has no such arguments, the names
// of the steps' first arguments.
func castOf(t *Trace, kinds []string) *cast {
	c := &cast{kinds: kinds}
	if len(kinds) == 0 {
		c.kinds, c.roles = actorKinds, actorRoles
	}
	c.peers = c.kindOfPeers(t)
	c.meet(t)
	if len(c.list) == 0 && len(kinds) == 0 {
		c.kinds = firstNames(t)
		c.meet(t)
	}
	c.sort()
	return c
}

// kindOfPeers returns the kind that the senders and receivers of messages have elsewhere in
// the run.
func (c *cast) kindOfPeers(t *Trace) string {
	for _, s := range t.Steps {
		for _, a := range s.Arguments {
			if slices.Contains(c.kinds, a.Name) {
				return a.Name
			}
		}
	}
	return "actor"
}

func (c *cast) meet(t *Trace) {
	for _, s := range t.Steps {
		for _, a := range c.in(s) {
			if !slices.Contains(c.list, a) {
				c.list = append(c.list, a)
			}
		}
	}
}

// sort groups actors by kind, and orders each group by number or name.
func (c *cast) sort() {
	var kinds []string
	for _, a := range c.list {
		if !slices.Contains(kinds, a.kind) {
			kinds = append(kinds, a.kind)
		}
	}
	slices.SortStableFunc(c.list, func(a, b actor) int {
		n, _ := strconv.Atoi(a.name)
		m, _ := strconv.Atoi(b.name)
		return cmp.Or(
			cmp.Compare(slices.Index(kinds, a.kind), slices.Index(kinds, b.kind)),
			cmp.Compare(n, m), cmp.Compare(a.name, b.name))
	})
}

// in returns the participants of a step, in the order of its arguments. The first one
// acts.
func (c *cast) in(s Step) []actor {
	if m, ok := messageIn(s); ok {
		return []actor{{c.peers, m.from}, {c.peers, m.to}}
	}
	var list []actor
	kind := ""
	for _, a := range s.Arguments {
		if kind == "" && slices.Contains(c.kinds, a.Name) {
			kind = a.Name
		}
	}
	for _, a := range s.Arguments {
		switch {
		case len(a.Value.parts) > 0: // a composite value, such as a message, is no actor
		case slices.Contains(c.kinds, a.Name):
			list = append(list, actor{a.Name, a.Value.String()})
		case slices.Contains(c.roles, a.Name) && kind != "":
			list = append(list, actor{kind, a.Value.String()})
		}
	}
	return list
}

// firstNames returns the names of the steps' first arguments.
func firstNames(t *Trace) []string {
	var names []string
	for _, s := range t.Steps[min(1, len(t.Steps)):] {
		if len(s.Arguments) > 0 && s.Arguments[0].Name != "" && !slices.Contains(names, s.Arguments[0].Name) {
			names = append(names, s.Arguments[0].Name)
		}
	}
	return names
}
