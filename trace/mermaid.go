package trace

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// MermaidOptions says how a trace is written as a diagram.
type MermaidOptions struct {
	// Actors are the names of arguments that say who acts, such as node. None
	// means those that are usual for it. The first actor among a step's arguments
	// acts, the second is whom it concerns.
	Actors []string

	_ struct{}
}

// noteChanges is how many changes the note on a step has before it says only how
// many more there are.
const noteChanges = 6

// Mermaid writes the trace as a sequence diagram in the language of Mermaid: the
// actors are the participants, a step is an arrow from the one who acts to the one
// whom it concerns, or to itself, with a note of what changed. A step in which
// nobody acts is a note over all.
func (t *Trace) Mermaid(w io.Writer, o MermaidOptions) error {
	d := diagram{cast: castOf(t, o.Actors)}
	d.line("sequenceDiagram")
	for i, a := range d.cast.list {
		d.line("    participant p%d as %s", i, mermaidText(a.String()))
	}
	if len(d.cast.list) == 0 {
		d.line("    participant p0 as %s", "the model")
	}
	for i, s := range t.Steps {
		d.step(i, s, t.changes(i))
		if mark := t.loopMark(i); mark != "" {
			d.line("    Note over %s: %s", d.all(), mermaidText(mark))
		}
	}
	_, err := io.WriteString(w, d.String())
	return err
}

type diagram struct {
	strings.Builder
	cast *cast
}

func (d *diagram) line(format string, args ...any) { fmt.Fprintf(d, format+"\n", args...) }

func (d *diagram) step(i int, s Step, changes []Change) {
	who := d.cast.in(s)
	label := mermaidText(fmt.Sprintf("%d. %s", i+1, s.Label()))
	notes := notesOf(i, changes)
	if len(who) == 0 {
		d.line("    Note over %s: %s", d.all(), strings.Join(append([]string{label}, notes...), "<br/>"))
		return
	}
	from := d.place(who[0])
	to := from
	if len(who) > 1 {
		to = d.place(who[1])
	}
	d.line("    p%d->>p%d: %s", from, to, label)
	if len(notes) > 0 {
		d.line("    Note over %s: %s", between(from, to), strings.Join(notes, "<br/>"))
	}
}

// between is the place of a note on two participants, or one.
func between(a, b int) string {
	if a == b {
		return fmt.Sprintf("p%d", a)
	}
	return fmt.Sprintf("p%d,p%d", min(a, b), max(a, b))
}

func (d *diagram) place(a actor) int { return slices.Index(d.cast.list, a) }

// all is the place of a note over everybody.
func (d *diagram) all() string { return between(0, max(0, len(d.cast.list)-1)) }

// notesOf are the changes, as lines of a note.
func notesOf(i int, changes []Change) []string {
	var lines []string
	for n, c := range changes {
		if n == noteChanges {
			return append(lines, fmt.Sprintf("and %d more", len(changes)-n))
		}
		text := c.String()
		if i == 0 {
			text = c.fact(false)
		}
		lines = append(lines, mermaidText(text))
	}
	return lines
}

// mermaidText replaces what would end a text: by what looks like it, since Mermaid
// reads its own escapes, such as #59;, in some texts and not in notes. Where an
// opening %%{ would begin a directive, a space prevents it.
var mermaidText = strings.NewReplacer("#", "＃", ";", "；", "%%{", "%% {", "\n", " ", "\r", " ").Replace
