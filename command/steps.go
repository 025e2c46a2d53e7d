package command

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/muster-mc/muster/command/internal/exit"
)

// initAction is what a trace calls its first step.
const initAction = "Init"

// readSteps reads steps as a trace shows them, with space between them. The
// first one is Init, written or not.
func readSteps(text string) ([]request, error) {
	list := []request{{text: initAction, action: initAction, first: true}}
	words, _ := pieces(text, unicode.IsSpace)
	for i, word := range words {
		r, err := readStep(word)
		if err != nil {
			return nil, err
		}
		if i == 0 && r.action == initAction {
			list = list[:0]
		}
		list = append(list, r)
	}
	return list, nil
}

func readStep(word string) (request, error) {
	name, rest, hasArguments := strings.Cut(word, "(")
	r := request{text: word, action: unquoted(name)}
	if !hasArguments {
		return r, nil
	}
	inside, closed := strings.CutSuffix(rest, ")")
	arguments, balanced := readArguments(inside)
	if name == "" || !closed || !balanced {
		return r, exit.WithHint("this is no step: "+word, "write steps as in 'Acquire(node=0, actor=1) Tick'")
	}
	r.arguments = arguments
	return r, nil
}

func readArguments(text string) (list []argument, balanced bool) {
	words, balanced := pieces(text, func(r rune) bool { return r == ',' })
	for _, word := range words {
		name, value, named := strings.Cut(word, "=")
		if !named {
			name, value = "", word
		}
		list = append(list, argument{strings.TrimSpace(name), unquoted(strings.TrimSpace(value))})
	}
	return list, balanced
}

// unquoted: a text may be quoted where a trace would not quote it.
func unquoted(s string) string {
	if plain, err := strconv.Unquote(s); err == nil && strings.HasPrefix(s, `"`) {
		return plain
	}
	return s
}
