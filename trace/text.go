package trace

import (
	"io"
	"strings"
	"unicode/utf8"
)

// TextOptions says how a trace is written as text.
type TextOptions struct {
	// Color marks actions, old and new values by escape sequences. It is the
	// caller who knows whether anybody wants them.
	Color bool

	// Full adds the whole state to each step.
	Full bool

	// Width is the columns of a line: what changed continues on further lines
	// beyond it. Zero means 100. A single change is never broken.
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

// String is the trace as text, without colours.
func (t *Trace) String() string {
	var b strings.Builder
	_ = t.Text(&b, TextOptions{}) // a Builder takes everything
	return b.String()
}

// phrases are what a step has to say.
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

// text says what came, what went, or what became what.
func (c Change) text(p pen) string {
	switch {
	case c.Before == "":
		return c.subject() + p.green("+ "+c.After)
	case c.After == "":
		return c.subject() + p.red("- "+c.Before)
	}
	return c.subject() + p.red(c.Before) + p.dim(" -> ") + p.green(c.After)
}

// fact says what there is to begin with.
func (c Change) fact(pen) string { return c.subject() + c.After }

// subject is empty when the whole state changed.
func (c Change) subject() string {
	if c.Path == "" {
		return ""
	}
	return c.Path + ": "
}

// String shows the change as it is in a trace.
func (c Change) String() string { return c.text(false) }
