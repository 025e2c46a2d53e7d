package trace

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// MermaidOptions configures a diagram.
type MermaidOptions struct {
	// Actors are the names of arguments that name an actor, such as node. None means
	// the usual names. The first actor among a step's arguments acts, and the second
	// one is the target.
	Actors []string

	_ struct{}
}

// noteChanges is the largest number of changes in a note. The note then ends with the
// number of further changes.
const noteChanges = 6

// Mermaid writes the trace as a sequence diagram in the language of Mermaid. The actors
// are the participants. A step is an arrow from its actor to its target, or to the actor
// itself, with a note of the changes. A step without an actor is a note over all
// participants.
//
// The step that delivers a message of package network is an arrow from the sender to the
// receiver. The arrow of a message that is lost, and of a fault of one actor such as a crash,
// ends in a cross.
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
	label := mermaidText(fmt.Sprintf("%d. %s", i+1, s.heading()))
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
	arrow := "->>"
	m, isMessage := messageIn(s)
	if isMessage {
		label = mermaidText(fmt.Sprintf("%d. %s", i+1, m.caption(s)))
	}
	if m.isLost || s.Fault != "" && !isMessage && from == to {
		arrow = "-x"
	}
	d.line("    p%d%sp%d: %s", from, arrow, to, label)
	if len(notes) > 0 {
		d.line("    Note over %s: %s", between(from, to), strings.Join(notes, "<br/>"))
	}
}

// between returns the position of a note on two participants, or on one.
func between(a, b int) string {
	if a == b {
		return fmt.Sprintf("p%d", a)
	}
	return fmt.Sprintf("p%d,p%d", min(a, b), max(a, b))
}

func (d *diagram) place(a actor) int { return slices.Index(d.cast.list, a) }

// all returns the position of a note over all participants.
func (d *diagram) all() string { return between(0, max(0, len(d.cast.list)-1)) }

// notesOf returns the changes as lines of a note.
func notesOf(i int, changes []Change) []string {
	var lines []string
	for n, c := range changes {
		if n == noteChanges {
			return append(lines, fmt.Sprintf("and %d more", len(changes)-n))
		}
		text := c.String()
		if i == 0 {
			text = c.fact(": ", false)
		}
		lines = append(lines, mermaidText(text))
	}
	return lines
}

// mermaidText replaces characters that would end a text by similar ones. Mermaid's own
// escapes, such as #59;, do not work in notes. A space after %% prevents that %%{ starts
// a directive.
var mermaidText = strings.NewReplacer("#", "＃", ";", "；", "%%{", "%% {", "\n", " ", "\r", " ").Replace
