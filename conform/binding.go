package conform

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
)

// binding is a Log without the type of its states, and with the places of actions in
// place of their names.
type binding struct {
	system      *system.System
	path        string // of the field that names the kind
	kinds       map[string]*kind
	hidden      []hiddenAction
	skip        func(Fields) bool
	clock       string
	skew        float64
	independent bool
}

// kind is a kind of record: one of its meanings.
type kind struct{ meanings []meaning }

// meaning is one way to read a record: steps, and comparisons before and after.
type meaning struct {
	steps         []step
	before, after func(system.State, Fields) Mismatch // nil compares nothing
}

type step struct {
	action int // the place in the system
	args   []argument
}

// argument is a question that a record answers.
type argument struct {
	name  string
	given Arg
}

type hiddenAction struct{ action, most int }

// BindingError is a Log that cannot be used.
type BindingError struct{ Model, Problem string }

func (e *BindingError) Error() string {
	if e.Model == "" {
		return "the log cannot be checked: " + e.Problem
	}
	return "the log of " + e.Model + " cannot be checked: " + e.Problem
}

func bind[S any](l Log[S]) (*binding, error) {
	b := &binding{
		system: system.Of(l.Model), path: l.Kind, kinds: map[string]*kind{}, skip: l.Skip,
		clock: l.Clock, skew: l.Skew, independent: l.Independent,
	}
	if b.path == "" {
		b.path = "msg"
	}
	if problem := b.problem(); problem != "" {
		return nil, &BindingError{b.system.Name, problem}
	}
	for _, name := range slices.Sorted(maps.Keys(l.Records)) {
		k := &kind{}
		if problem := bindRecord(b, k, l.Records[name]); problem != "" {
			return nil, &BindingError{b.system.Name, fmt.Sprintf("the record %q %s", name, problem)}
		}
		b.kinds[name] = k
	}
	if problem := b.hide(l.Hidden); problem != "" {
		return nil, &BindingError{b.system.Name, problem}
	}
	if len(b.kinds) == 0 {
		return nil, &BindingError{b.system.Name, "it has no Records"}
	}
	return b, nil
}

// problem is that of the model, or of what is said of clocks.
func (b *binding) problem() string {
	switch p := b.system.Problem(); {
	case p != "":
		return p
	case b.system.Refused != nil:
		return b.system.Refused.Error()
	case b.skew < 0 || b.skew > 0 && b.clock == "":
		return "Skew is a number above zero, and goes with a Clock"
	}
	return ""
}

func bindRecord[S any](b *binding, k *kind, r Record[S]) (problem string) {
	if len(r.Either) > 0 {
		if r.Action != "" || len(r.Args)+len(r.Then) > 0 || r.Before != nil || r.After != nil {
			return "has Either and other fields: put them into the records of Either"
		}
		for _, one := range r.Either {
			if problem := bindRecord(b, k, one); problem != "" {
				return problem
			}
		}
		return ""
	}
	m := meaning{before: observer(r.Before), after: observer(r.After)}
	steps := append([]Step{{r.Action, r.Args}}, r.Then...)
	if r.Action == "" {
		if len(r.Args)+len(r.Then) > 0 {
			return "has Args or Then, and no Action"
		}
		steps = nil
	}
	for _, s := range steps {
		bound, problem := b.step(s)
		if problem != "" {
			return problem
		}
		m.steps = append(m.steps, bound)
	}
	k.meanings = append(k.meanings, m)
	return ""
}

func observer[S any](compare func(*S, Fields) Mismatch) func(system.State, Fields) Mismatch {
	if compare == nil {
		return nil
	}
	return func(s system.State, r Fields) Mismatch { return compare(s.(*S), r) }
}

func (b *binding) step(s Step) (bound step, problem string) {
	if bound.action, problem = b.action(s.Action); problem != "" {
		return bound, "stands for " + problem
	}
	for _, name := range slices.Sorted(maps.Keys(s.Args)) {
		if s.Args[name] == nil {
			return bound, fmt.Sprintf("has a nil argument %s", name)
		}
		bound.args = append(bound.args, argument{name, s.Args[name]})
	}
	return bound, ""
}

// action is the place of an action.
func (b *binding) action(name string) (place int, problem string) {
	is := func(a system.Action) bool { return a.Name == name }
	if place = slices.IndexFunc(b.system.Actions, is); place < 0 {
		return 0, fmt.Sprintf("the action %q, and the model has no such action; there are %s", name, strings.Join(b.actionNames(), ", "))
	}
	return place, ""
}

func (b *binding) actionNames() []string {
	var names []string
	for _, a := range b.system.Actions {
		names = append(names, a.Name)
	}
	return names
}

// hide binds the hidden actions, in the order of the model.
func (b *binding) hide(h Hidden) (problem string) {
	for _, name := range slices.Sorted(maps.Keys(h)) {
		place, problem := b.action(name)
		if problem != "" {
			return "Hidden has " + problem
		}
		if h[name] < Any {
			return fmt.Sprintf("Hidden has %s at most %d times: want zero or more, or Any", name, h[name])
		}
		b.hidden = append(b.hidden, hiddenAction{place, h[name]})
	}
	slices.SortFunc(b.hidden, func(a, c hiddenAction) int { return a.action - c.action })
	return ""
}

// skips asks Skip.
func (b *binding) skips(r Fields) (skipped bool, problem string) {
	if b.skip == nil {
		return false, ""
	}
	defer func() {
		if v := recover(); v != nil {
			problem = problemOf("Skip", v)
		}
	}()
	return b.skip(r), ""
}

// kindOf finds what a record stands for.
func (b *binding) kindOf(r *Fields) (k *kind, problem string) {
	name, ok := lookUp(r.object, b.path)
	if !ok {
		return nil, fmt.Sprintf("the record has no field %s, which names its kind", b.path)
	}
	text, ok := name.(string)
	if !ok {
		return nil, string(wrongKind(b.path, name, "a text, the kind of the record"))
	}
	r.kind = text
	if k = b.kinds[text]; k == nil {
		return nil, fmt.Sprintf("there is no record %q; there are %s", shortened(text), strings.Join(slices.Sorted(maps.Keys(b.kinds)), ", "))
	}
	return k, ""
}

// problemOf is a panic of the log's binding as a problem: most often a field that cannot be
// read. It is for the deferred function that recovered the value.
func problemOf(part string, v any) string {
	if field, ok := v.(fieldProblem); ok {
		return string(field)
	}
	return system.Recovered(part, v).String()
}

// nameOf is the name of an answer as a trace shows it: name#2 where another answer has
// the name already.
func nameOf(answers []model.Argument, i int) string {
	n := 1
	for _, earlier := range answers[:i] {
		if earlier.Name == answers[i].Name {
			n++
		}
	}
	if n == 1 {
		return answers[i].Name
	}
	return fmt.Sprintf("%s#%d", answers[i].Name, n)
}

// isNamed reports whether a trace shows an answer under a name. Most answers have a name of
// their own.
func isNamed(answers []model.Argument, i int, name string) bool {
	own := answers[i].Name
	return name == own && nameOf(answers, i) == own || len(name) > len(own) && name == nameOf(answers, i)
}
