package trace

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/muster-mc/muster/model"
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
	p, rests := newPage(t, o), idleIn(t.Steps)
	for i, s := range t.Steps {
		p.step(i, s, t.changes(i))
		if o.Full {
			p.state(s.State, rests)
		}
		p.mark(t.loopMark(i))
	}
	p.waits(t.Waits)
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

// waits writes who waits for what.
func (p *page) waits(list []model.Wait) {
	for i, w := range list {
		if i == 0 {
			p.WriteByte('\n')
		}
		w.Who = p.pen.bold(escaped(w.Who))
		w.For, w.At = escaped(w.For), escaped(w.At)
		fmt.Fprintf(p, "%s%s\n", margin, w)
	}
}

// changes writes the changes of a step from a column on. An element with several changes
// has lines of its own.
func (p *page) changes(column, i int, changes []Change) {
	if len(changes) == 0 {
		nothing := "(no change)"
		if i == 0 {
			nothing = "(all zero)"
		}
		p.WriteString(p.pen.dim(nothing))
	}
	show := Change.text
	if i == 0 {
		show = Change.fact
	}
	for n, g := range groupsOf(changes) {
		if n > 0 {
			p.WriteByte('\n')
			p.spaces(column)
		}
		p.group(column, g, show)
	}
}

// group writes an element with its changes, or changes without a common element.
func (p *page) group(column int, g group, show func(Change, string, pen) string) {
	separator := ": "
	if g.element != "" {
		separator = " "
		p.WriteString(g.element + margin)
		column += utf8.RuneCountInString(g.element + margin)
	}
	var list []phrase
	for _, c := range g.changes {
		list = append(list, phrase{show(c, separator, p.pen), utf8.RuneCountInString(show(c, separator, false))})
	}
	p.flow(column, wordGap, list)
}

// text shows an addition, a removal, or an old and a new value.
func (c Change) text(separator string, p pen) string {
	switch {
	case c.Before == "":
		return c.subject(separator) + p.green("+ "+c.After)
	case c.After == "":
		return c.subject(separator) + p.red("- "+c.Before)
	}
	return c.subject(separator) + p.red(c.Before) + p.dim(" -> ") + p.green(c.After)
}

// fact shows a part of the initial state.
func (c Change) fact(separator string, _ pen) string { return c.subject(separator) + c.After }

// subject returns the path with a colon, or "" if the whole state changed.
func (c Change) subject(separator string) string {
	if c.Path == "" {
		return ""
	}
	return c.Path + separator
}

// String returns the text of the change in a trace.
func (c Change) String() string { return c.text(": ", false) }
