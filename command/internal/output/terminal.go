// Package output prints for people and for programs: terminals and their
// colours, tables, JSON, and numbers as people write them.
package output

import (
	"io"
	"os"
	"runtime"

	"golang.org/x/term"
)

// Terminal is standard output or standard error. It need not be a terminal: the
// fields say whether it is.
type Terminal struct {
	IsTerminal  bool
	Interactive bool // a terminal that understands escape sequences
	Width       int  // in columns; 0 if it is no terminal

	w   io.Writer
	err error // of the first write that failed
}

// NewTerminal finds out what w is.
func NewTerminal(w io.Writer) *Terminal {
	t := &Terminal{w: w}
	if f, ok := w.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		t.IsTerminal = true
		t.Interactive = understandsEscapes()
		t.Width, _, _ = term.GetSize(int(f.Fd()))
	}
	return t
}

// understandsEscapes reports whether a terminal understands escape sequences.
// All do but those that call themselves dumb, and the old console of Windows,
// which sets neither variable and prints the sequences.
func understandsEscapes() bool {
	kind := os.Getenv("TERM")
	return kind != "dumb" && (runtime.GOOS != "windows" || kind != "" || os.Getenv("WT_SESSION") != "")
}

// Write writes until a write fails. It returns that error once and then drops
// its input, so that callers need not check every print: Err has the error.
func (t *Terminal) Write(p []byte) (int, error) {
	if t.err != nil {
		return len(p), nil
	}
	n, err := t.w.Write(p)
	t.err = err
	return n, err
}

// Err is the error of the first write that failed.
func (t *Terminal) Err() error { return t.err }

// Style is the style for a value of the flag --color: always, never or auto.
// With auto, text is coloured on a terminal unless its user has set NO_COLOR
// (see no-color.org).
func (t *Terminal) Style(color string) Style {
	auto := t.Interactive && os.Getenv("NO_COLOR") == ""
	return Style(color == "always" || color == "auto" && auto)
}

// Style emphasizes text. The zero Style leaves text as it is.
type Style bool

func (s Style) Bold(text string) string   { return s.with("1", text) }
func (s Style) Dim(text string) string    { return s.with("2", text) }
func (s Style) Red(text string) string    { return s.with("1;31", text) }
func (s Style) Green(text string) string  { return s.with("1;32", text) }
func (s Style) Yellow(text string) string { return s.with("1;33", text) }

// with puts an ANSI escape sequence (select graphic rendition) around the text.
func (s Style) with(code, text string) string {
	if !s {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}
