package trace

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Escape returns a text of a model, such as an explanation, in a form that is safe to
// print: control characters, among them those that a terminal obeys, have the form that
// they have in Go. Tabs and the ends of lines stay.
func Escape(s string) string { return escape(s, "\t\n") }

// escaped is Escape for a text of one line.
func escaped(s string) string { return escape(s, "") }

func escape(s, except string) string {
	isPlain := func(r rune) bool { return unicode.IsGraphic(r) || strings.ContainsRune(except, r) }
	if utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool { return !isPlain(r) }) {
		return s
	}
	var b strings.Builder
	for len(s) > 0 {
		r, size := utf8.DecodeRuneInString(s)
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, s[0])
		case isPlain(r):
			b.WriteRune(r)
		default:
			b.WriteString(strings.Trim(strconv.QuoteRune(r), "'"))
		}
		s = s[size:]
	}
	return b.String()
}
