package steps

import (
	"fmt"
	"slices"
	"strings"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/trace"
)

// Walk is a run that is taken step by step, such as an [explore.Walk].
type Walk interface {
	Next() []trace.Step
	NextOf(action string, may func(trace.Step) bool) (list []trace.Step, places []int)
	Take(i int) bool
	Outside() bool
}

// Follow takes steps until one cannot be taken. The error of such a step is an [*Error] or
// a [*catalog.UnknownError], and says which step it is.
func Follow(w Walk, list []Pattern) error {
	for i, p := range list {
		near, places := w.NextOf(p.action, p.MayBe)
		chosen, err := p.Choose(near, false)
		if err == nil {
			w.Take(places[chosen])
			continue
		}
		// The words of the error need all steps.
		if _, better := p.Choose(w.Next(), w.Outside()); better != nil {
			err = better
		}
		return Numbered(i, err)
	}
	return nil
}

// Numbered says which step an error is about, by the step's place in the list.
func Numbered(i int, err error) error { return fmt.Errorf("step %d: %w", i+1, err) }

// Choose returns the place of the step that is meant, of those that are possible next.
// Outside says that none is possible because the state is outside the model's constraint.
func (p Pattern) Choose(next []trace.Step, outside bool) (place int, err error) {
	places := p.among(next)
	switch len(places) {
	case 0:
		if err := p.unknownArgument(next); err != nil {
			return 0, err
		}
		return 0, p.impossible(next, outside)
	case 1:
		return places[0], nil
	}
	return 0, p.ambiguous(next, places)
}

// among returns the indexes of the steps that the pattern may mean. If the pattern gives
// all arguments of some steps, only those are meant. Steps that look the same and lead to
// one state count as one.
func (p Pattern) among(next []trace.Step) []int {
	var places, complete []int
	for i, s := range next {
		same := func(j int) bool { return s.Label() == next[j].Label() && s.State.Equal(next[j].State) }
		switch {
		case !p.matches(s) || slices.ContainsFunc(places, same):
			continue
		case p.first:
			return []int{i}
		case len(p.arguments) == len(argumentsOf(s)):
			complete = append(complete, i)
		}
		places = append(places, i)
	}
	if len(complete) > 0 {
		return complete
	}
	return places
}

// matches reports whether the step is one of this action and has all these
// arguments.
func (p Pattern) matches(s trace.Step) bool {
	has := argumentsOf(s)
	for i, a := range p.arguments {
		isThere := slices.Contains(has, a)
		if a.name == "" {
			isThere = i < len(has) && has[i].value == a.value
		}
		if !isThere {
			return false
		}
	}
	return p.action == s.Action
}

// MayBe reports whether the pattern may mean a step whose arguments do not know the other
// answers that there were: Choose surely does not take it where this is false.
func (p Pattern) MayBe(s trace.Step) bool {
	if p.action != s.Action || len(p.arguments) == 0 {
		return p.action == s.Action
	}
	plain := argumentsOf(s)
	exposed, _ := parseArguments(s.Arguments.Exposed())
	for i, a := range p.arguments {
		isThere := slices.Contains(plain, a) || slices.Contains(exposed, a)
		if a.name == "" {
			isThere = i < len(plain) && plain[i].value == a.value || i < len(exposed) && exposed[i].value == a.value
		}
		if !isThere {
			return false
		}
	}
	return true
}

// argumentsOf parses a step's arguments from their text in a trace, so that
// they are split as the arguments of a pattern are.
func argumentsOf(s trace.Step) []argument {
	list, _ := parseArguments(s.Arguments.String())
	return list
}

// ambiguous is the error of a pattern that may mean several steps.
func (p Pattern) ambiguous(next []trace.Step, places []int) error {
	return &Error{
		Problem: fmt.Sprintf("%s may be any of %d steps", p.text, len(places)),
		hint:    "there are " + labels(next, func(i int) bool { return slices.Contains(places, i) }),
	}
}

// unknownArgument is the error of a pattern that matches nothing because it
// names an argument that the action does not have. It is nil if the action is
// not possible, for then the names of its arguments are unknown.
func (p Pattern) unknownArgument(next []trace.Step) error {
	var names []string
	isPossible := false
	for _, s := range next {
		if s.Action == p.action {
			isPossible = true
			names = addNames(names, argumentsOf(s))
		}
	}
	for _, a := range p.arguments {
		if isPossible && a.name != "" && !slices.Contains(names, a.name) {
			return fmt.Errorf("%s: %w", p.text, catalog.Unknown("argument", p.action, a.name, names))
		}
	}
	return nil
}

// addNames adds the names of arguments, each name once.
func addNames(names []string, of []argument) []string {
	for _, a := range of {
		if a.name != "" && !slices.Contains(names, a.name) {
			names = append(names, a.name)
		}
	}
	return names
}

// impossible is the error of a pattern that matches none of the next steps.
func (p Pattern) impossible(next []trace.Step, outside bool) error {
	problem := p.text + " is not possible here"
	switch {
	case outside:
		return &Error{Problem: problem + ": the state is outside the model's constraint", Impossible: true}
	case len(next) == 0:
		return &Error{Problem: problem + ", and nothing else is", Impossible: true}
	}
	return &Error{Problem: problem, Impossible: true, hint: "possible: " + labels(next, func(int) bool { return true })}
}

// labels lists the steps at the selected indexes.
func labels(steps []trace.Step, selects func(place int) bool) string {
	var words []string
	for i, s := range steps {
		if selects(i) {
			words = append(words, s.Label())
		}
	}
	return strings.Join(words, ", ")
}
