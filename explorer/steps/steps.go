// Package steps runs a model by hand: it reads steps as they are typed, finds
// the steps of the model that they match, and takes them. The command line and the
// explorer have the same steps by it:
//
//	Acquire(node=0, actor=1) Crash(node=0) Tick
package steps

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/trace"
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
// The first pattern is that of Init, whether it was typed or not. The model is known by
// its name and the names of its actions.
func Parse(text, model string, actions []string) ([]Pattern, error) {
	list, err := parse(text)
	if err != nil {
		return nil, err
	}
	return list, checkActions(list, model, actions)
}

// Text is the step as it was typed.
func (p Pattern) Text() string { return p.text }

// Action is the name of its action.
func (p Pattern) Action() string { return p.action }

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
	name, rest := cutName(word)
	p := Pattern{text: word, action: name}
	if rest == "" {
		return p, nil
	}
	opened := strings.HasPrefix(rest, "(")
	inside, closed := strings.CutSuffix(strings.TrimPrefix(rest, "("), ")")
	arguments, balanced := parseArguments(inside)
	if name == "" || !opened || !closed || !balanced {
		return p, &Error{Problem: "this is no step: " + word, hint: "write steps as in 'Acquire(node=0, actor=1) Tick'"}
	}
	p.arguments = arguments
	return p, nil
}

// cutName cuts a step behind the name of its action, which may be in quotes.
func cutName(word string) (name, rest string) {
	if quoted, err := strconv.QuotedPrefix(word); err == nil && word[0] == '"' {
		return unquoted(quoted), word[len(quoted):]
	}
	if i := strings.IndexByte(word, '('); i >= 0 {
		return word[:i], word[i:]
	}
	return word, ""
}

// Write writes a step of a run so that it can be read again: as a trace shows it, but with
// the name of its action in quotes if the name has spaces, brackets or quotes.
func Write(s trace.Step) string {
	label := s.Label()
	strange := func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(`()[]{}"\`, r) }
	if !strings.ContainsFunc(s.Action, strange) {
		return label
	}
	return strconv.Quote(s.Action) + label[len(trace.Step{Action: s.Action}.Label()):]
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
func checkActions(list []Pattern, model string, actions []string) error {
	known := append([]string{initAction}, actions...)
	for i, p := range list {
		switch {
		case !slices.Contains(known, p.action):
			return fmt.Errorf("step %d: %w", i+1, catalog.Unknown("action", model, p.action, known))
		case i > 0 && p.action == initAction:
			return Numbered(i, &Error{Problem: fmt.Sprintf("only the first step can be %s", p.text)})
		}
	}
	return nil
}
