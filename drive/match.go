package drive

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/muster-mc/muster/internal/tour"
	"github.com/muster-mc/muster/trace"
)

// misuse is a mistake in the code that connects a system with its model, such as an
// outcome that names what there is not. It is no finding about the system.
type misuse struct{ problem string }

func (e *misuse) Error() string { return e.problem }

// matching returns which labels of the model agree with an outcome of a step.
func matching(g *tour.Graph, label int32, outcome any) (func(int32) bool, error) {
	switch o := outcome.(type) {
	case nil:
		return func(l int32) bool { return l == label }, nil
	case Args:
		step := g.Labels[label].Step
		p := pattern{action: step.Action, args: map[string]string{}, free: map[string]bool{}}
		for _, a := range step.Arguments {
			p.args[a.Name] = a.Value.String()
		}
		p.set(o)
		return p.match(g, o)
	case Instead:
		p := pattern{action: o.Action, args: map[string]string{}, free: map[string]bool{}}
		p.set(o.Args)
		return p.match(g, o.Args)
	}
	return nil, &misuse{fmt.Sprintf("Do(%s) returned the outcome %v, a %[2]T: want nil, Args or Instead", g.Labels[label].Text, outcome)}
}

// pattern matches labels: an action, and the texts of arguments. Arguments that it does
// not have match whatever they are.
type pattern struct {
	action string
	args   map[string]string
	free   map[string]bool
}

func (p *pattern) set(args Args) {
	for name, v := range args {
		if v == Any {
			delete(p.args, name)
			p.free[name] = true
			continue
		}
		p.args[name] = trace.ValueOf(v).String()
	}
}

// match returns the function. It refuses an action that the model does not have, and
// names of arguments that no step of the action has.
func (p *pattern) match(g *tour.Graph, named Args) (func(int32) bool, error) {
	matches := map[int32]bool{}
	known := map[string]bool{}
	isAction := false
	for i, l := range g.Labels {
		if l.Step.Action != p.action {
			continue
		}
		isAction = true
		matches[int32(i)] = p.fits(l.Step.Arguments)
		for _, a := range l.Step.Arguments {
			known[a.Name] = true
		}
	}
	if !isAction {
		return nil, &misuse{fmt.Sprintf("the outcome names the action %q, which the model never takes; it takes %s", p.action, strings.Join(actionsOf(g), ", "))}
	}
	for _, name := range slices.Sorted(maps.Keys(named)) {
		if !known[name] {
			return nil, &misuse{fmt.Sprintf("the outcome names the argument %q, which %s does not have; it has %s", name, p.action, orNothing(slices.Sorted(maps.Keys(known))))}
		}
	}
	return func(l int32) bool { return matches[l] }, nil
}

func (p *pattern) fits(arguments trace.Arguments) bool {
	for _, a := range arguments {
		if text, given := p.args[a.Name]; given && text != a.Value.String() {
			return false
		}
	}
	return true
}

func actionsOf(g *tour.Graph) []string {
	var names []string
	for _, l := range g.Labels {
		if !slices.Contains(names, l.Step.Action) {
			names = append(names, l.Step.Action)
		}
	}
	return names
}

func orNothing(names []string) string {
	if len(names) == 0 {
		return "none"
	}
	return strings.Join(names, ", ")
}
