// Package markup writes HTML and SVG. A page is Go code that puts pieces of text one after
// the other.
//
// The templates of the standard library would do as well, but they call methods by their
// names. So the linker keeps every exported method of a program that has one template:
// seven megabytes of mc.
package markup

import (
	"fmt"
	"html"
	"strings"
)

// Raw is text that is markup already.
type Raw string

// Text is a page, or a part of one, that is being written.
type Text struct{ b strings.Builder }

// Put writes what fmt.Sprintf makes of its arguments. The format is markup.
// Strings among the arguments are plain text, and their special characters are escaped, so
// that they can stand between tags and in quoted attributes.
func (t *Text) Put(format string, args ...any) {
	escaped := make([]any, len(args)) // args may be a slice of the caller's
	for i, a := range args {
		if s, ok := a.(string); ok {
			a = html.EscapeString(s)
		}
		escaped[i] = a
	}
	fmt.Fprintf(&t.b, format, escaped...)
}

// PutIf puts one string unless it is empty.
func (t *Text) PutIf(format, s string) {
	if s != "" {
		t.Put(format, s)
	}
}

// String returns the text written so far.
func (t *Text) String() string { return t.b.String() }
