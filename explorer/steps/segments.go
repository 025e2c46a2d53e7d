package steps

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// segments splits a text at separators outside of brackets and quotes, and drops
// blank segments. It reports whether all brackets and quotes are balanced.
func segments(text string, separates func(rune) bool) (list []string, balanced bool) {
	var n nesting
	start := 0
	for i, r := range text {
		if n.isOutside() && separates(r) {
			list = append(list, text[start:i])
			start = i + utf8.RuneLen(r)
		}
		n.advance(r)
	}
	list = append(list, text[start:])
	list = slices.DeleteFunc(list, func(s string) bool { return strings.TrimSpace(s) == "" })
	return list, n.isOutside() && !n.unopened
}

// nesting is the position of a reader within brackets and quotes. Quotes are
// those of Go.
type nesting struct {
	depth    int
	unopened bool // a bracket was closed that was not opened
	quoted   bool
	escaped  bool // the next rune is part of an escape sequence
}

func (n *nesting) isOutside() bool { return n.depth == 0 && !n.quoted }

func (n *nesting) advance(r rune) {
	switch {
	case n.escaped:
		n.escaped = false
	case n.quoted && r == '\\':
		n.escaped = true
	case r == '"':
		n.quoted = !n.quoted
	case n.quoted:
	case strings.ContainsRune("([{", r):
		n.depth++
	case strings.ContainsRune(")]}", r) && n.depth == 0:
		n.unopened = true
	case strings.ContainsRune(")]}", r):
		n.depth--
	}
}
