package trace

import (
	"io"
	"strings"
	"unicode/utf8"
)

// TextOptions configures the text of a trace.
type TextOptions struct {
	// Color marks actions, old and new values by escape sequences for terminals.
	Color bool

	// Full adds the whole state to each step.
	Full bool

	// Width is the number of columns. Changes that exceed it continue on further
	// lines. A single change is never broken. Zero means 100.
	Width int

	_ struct{}
}

// Text writes the trace, a line or more for each step.
func (t *Trace) Text(w io.Writer, o TextOptions) error {
	p := newPage(t, o)
	for i, s := range t.Steps {
		p.step(i, s.Label(), t.changes(i))
		if o.Full {
			p.state(s.State)
		}
		p.mark(t.loopMark(i))
	}
	p.alibis(t.Fair)
	_, err := io.WriteString(w, p.String())
	return err
}

// String returns the trace as text, without colours.
func (t *Trace) String() string {
	var b strings.Builder
	_ = t.Text(&b, TextOptions{}) // writing to a Builder never fails
	return b.String()
}

// phrases returns the texts of a step's changes.
func (p *page) phrases(i int, changes []Change) []phrase {
	show, nothing := Change.text, "(no change)"
	if i == 0 {
		show, nothing = Change.fact, "(all zero)"
	}
	if len(changes) == 0 {
		return []phrase{{p.pen.dim(nothing), len(nothing)}}
	}
	var list []phrase
	for _, c := range changes {
		list = append(list, phrase{show(c, p.pen), utf8.RuneCountInString(show(c, false))})
	}
	return list
}

// text shows an addition, a removal, or an old and a new value.
func (c Change) text(p pen) string {
	switch {
	case c.Before == "":
		return c.subject() + p.green("+ "+c.After)
	case c.After == "":
		return c.subject() + p.red("- "+c.Before)
	}
	return c.subject() + p.red(c.Before) + p.dim(" -> ") + p.green(c.After)
}

// fact shows a part of the initial state.
func (c Change) fact(pen) string { return c.subject() + c.After }

// subject returns the path with a colon, or "" if the whole state changed.
func (c Change) subject() string {
	if c.Path == "" {
		return ""
	}
	return c.Path + ": "
}

// String returns the text of the change in a trace.
func (c Change) String() string { return c.text(false) }
