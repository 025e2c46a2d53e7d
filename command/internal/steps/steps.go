// Package steps runs a model by hand: it reads steps as they are typed, finds
// the steps of the model that they match, and takes them.
package steps

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/command/internal/exit"
)

// initAction is the action of the first step of every trace.
const initAction = "Init"

// Pattern is a step as it was typed: an action, and as many of its arguments as
// it takes to tell the step from others.
type Pattern struct {
	text      string // as it was typed
	action    string
	arguments []argument
	first     bool // takes the first of several matches
}

// argument is one argument of a step. An argument without a name is that of its
// position.
type argument struct{ name, value string }

// Parse reads steps in the form in which a trace shows them, separated by space.
// The first pattern is that of Init, whether it was typed or not.
func Parse(text string, m catalog.Model) ([]Pattern, error) {
	list, err := parse(text)
	if err != nil {
		return nil, err
	}
	return list, checkActions(list, m)
}

func parse(text string) ([]Pattern, error) {
	list := []Pattern{{text: initAction, action: initAction, first: true}}
	words, _ := segments(text, unicode.IsSpace)
	for i, word := range words {
		p, err := parseStep(word)
		if err != nil {
			return nil, err
		}
		if i == 0 && p.action == initAction {
			list = list[:0]
		}
		list = append(list, p)
	}
	return list, nil
}

func parseStep(word string) (Pattern, error) {
	name, rest, hasArguments := strings.Cut(word, "(")
	p := Pattern{text: word, action: unquoted(name)}
	if !hasArguments {
		return p, nil
	}
	inside, closed := strings.CutSuffix(rest, ")")
	arguments, balanced := parseArguments(inside)
	if name == "" || !closed || !balanced {
		return p, exit.WithHint("this is no step: "+word, "write steps as in 'Acquire(node=0, actor=1) Tick'")
	}
	p.arguments = arguments
	return p, nil
}

func parseArguments(text string) (list []argument, balanced bool) {
	words, balanced := segments(text, func(r rune) bool { return r == ',' })
	for _, word := range words {
		name, value, named := strings.Cut(word, "=")
		if !named {
			name, value = "", word
		}
		list = append(list, argument{strings.TrimSpace(name), unquoted(strings.TrimSpace(value))})
	}
	return list, balanced
}

// unquoted removes the quotes of a text. A text may be quoted where a trace
// would not quote it.
func unquoted(s string) string {
	if plain, err := strconv.Unquote(s); err == nil && strings.HasPrefix(s, `"`) {
		return plain
	}
	return s
}

// checkActions checks that the model has the actions of the steps, and that
// only the first is Init.
func checkActions(list []Pattern, m catalog.Model) error {
	known := []string{initAction}
	for _, a := range m.Actions() {
		known = append(known, a.Name)
	}
	for i, p := range list {
		switch {
		case !slices.Contains(known, p.action):
			return fmt.Errorf("step %d: %w", i+1, catalog.Unknown("action", m.Name(), p.action, known))
		case i > 0 && p.action == initAction:
			return exit.Errorf("step %d: only the first step can be %s", i+1, p.text)
		}
	}
	return nil
}
