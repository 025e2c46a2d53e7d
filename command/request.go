package command

import (
	"fmt"
	"slices"
	"strings"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/command/internal/exit"
	"github.com/muster-mc/muster/trace"
)

// request is a step as somebody asks for it: an action, and as many of its
// arguments as it takes to tell it from others.
type request struct {
	text      string // as it was written
	action    string
	arguments []argument
	first     bool // of several, the first will do
}

// argument without a name is the one in its place.
type argument struct{ name, value string }

// argumentsOf reads a step's arguments from how a trace shows them, and so cuts
// them up as it does those that are asked for.
func argumentsOf(s trace.Step) []argument {
	list, _ := readArguments(s.Arguments.String())
	return list
}

// fits: the step is of this action and has all these arguments.
func (r request) fits(s trace.Step) bool {
	has := argumentsOf(s)
	for i, a := range r.arguments {
		isThere := slices.Contains(has, a)
		if a.name == "" {
			isThere = i < len(has) && has[i].value == a.value
		}
		if !isThere {
			return false
		}
	}
	return r.action == s.Action
}

// among are the places of the steps that may be meant: one, if the request tells
// all of its arguments. Steps that look the same are one.
func (r request) among(next []trace.Step) []int {
	var places []int
	for i, s := range next {
		switch {
		case !r.fits(s):
		case r.first, len(r.arguments) == len(argumentsOf(s)):
			return []int{i}
		case len(places) == 0 || s.Label() != next[places[0]].Label():
			places = append(places, i)
		}
	}
	return places
}

// ambiguous says which steps may be meant.
func (r request) ambiguous(next []trace.Step, places []int) error {
	return exit.WithHint(
		fmt.Sprintf("%s may be any of %d steps", r.text, len(places)),
		"there are "+labels(next, func(i int) bool { return slices.Contains(places, i) }),
	)
}

// unknownArgument says whether it is for the name of an argument that nothing
// fits. Where the action is not possible, nobody knows what arguments it has.
func (r request) unknownArgument(next []trace.Step) error {
	var names []string
	isPossible := false
	for _, s := range next {
		if s.Action == r.action {
			isPossible = true
			names = addNames(names, argumentsOf(s))
		}
	}
	for _, a := range r.arguments {
		if isPossible && a.name != "" && !slices.Contains(names, a.name) {
			return fmt.Errorf("%s: %w", r.text, catalog.Unknown("argument", r.action, a.name, names))
		}
	}
	return nil
}

// addNames adds what the arguments are called, each name once.
func addNames(names []string, of []argument) []string {
	for _, a := range of {
		if a.name != "" && !slices.Contains(names, a.name) {
			names = append(names, a.name)
		}
	}
	return names
}

// impossible says what is possible instead.
func (r request) impossible(next []trace.Step, outside bool) error {
	problem := r.text + " is not possible here"
	switch {
	case outside:
		return exit.Errorf("%s: the state is outside the model's constraint", problem)
	case len(next) == 0:
		return exit.Errorf("%s, and nothing else is", problem)
	}
	return exit.WithHint(problem, "possible: "+labels(next, func(int) bool { return true }))
}

// labels lists the steps whose place is in.
func labels(steps []trace.Step, in func(place int) bool) string {
	var words []string
	for i, s := range steps {
		if in(i) {
			words = append(words, s.Label())
		}
	}
	return strings.Join(words, ", ")
}
