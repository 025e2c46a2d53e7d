package trace

import (
	"fmt"
	"unicode/utf8"
)

// Alibi is the reason why an infinite run is fair to an action: the loop takes the
// action, or the action is disabled in the loop. Or the action has no fairness, is
// enabled in the loop, and never taken there.
type Alibi struct {
	Action   string `json:"action"`   // with the arguments that fairness distinguishes
	Fairness string `json:"fairness"` // weak, strong or none
	Reason   string `json:"reason"`   // one of the constants below
	State    int    `json:"state"`    // the number of the state that shows the reason, or 0
}

// The reasons for which a loop is fair to an action. Only an action without fairness has
// the reason Enabled.
const (
	Taken      = "taken"                   // the step to the state takes the action
	Disabled   = "disabled"                // the action is disabled in the state
	NotEnabled = "not enabled in the loop" // the action is enabled in no state of the loop
	Enabled    = "enabled"                 // the action is enabled in the state, and taken nowhere in the loop
)

// NotOwed is the Fairness of an action without fairness.
const NotOwed = "none"

// notEnabledBefore is the text of NotEnabled in traces of earlier versions.
const notEnabledBefore = "never enabled"

// Stutters reports whether the run stays in its last state for ever.
func (t *Trace) Stutters() bool { return t.Loop > 0 && t.Loop == t.Length }

// loopMark returns the text below the i-th state about the loop, or "".
func (t *Trace) loopMark(i int) string {
	switch number := i + 1; {
	case t.Loop == 0:
		return ""
	case t.Stutters() && number == t.Length:
		return "stutters here for ever"
	case number == t.Loop:
		return "from here on, for ever:"
	case number == t.Length:
		return fmt.Sprintf("back to %d", t.Loop)
	}
	return ""
}

// mark writes a line in the column of labels.
func (p *page) mark(text string) {
	if text == "" {
		return
	}
	p.spaces(p.labelColumn())
	p.WriteString(p.pen.dim("-- " + text))
	p.WriteByte('\n')
}

// alibis writes the reasons why the loop is fair, and the actions without fairness.
func (p *page) alibis(list []Alibi) {
	fair, free := owed(list)
	if len(fair) > 0 {
		fmt.Fprintf(p, "\n%s%s\n", margin, p.pen.dim(fairHeading))
	}
	width := widthOfActions(fair)
	for _, a := range fair {
		p.action(a, width)
		fmt.Fprintf(p, "%-6s%s%s\n", escaped(a.Fairness), margin, a.why())
	}
	if len(free) > 0 {
		fmt.Fprintf(p, "\n%s%s\n", margin, p.pen.dim(freeHeading))
	}
	width = widthOfActions(free)
	for _, a := range free {
		p.action(a, width)
		fmt.Fprintf(p, "%s\n", a.why())
	}
}

const (
	fairHeading = "the loop is fair to"
	freeHeading = "enabled in the loop, taken nowhere in it, and owed nothing"
)

// owed separates the actions with fairness from those without.
func owed(list []Alibi) (fair, free []Alibi) {
	for _, a := range list {
		if a.Fairness == NotOwed {
			free = append(free, a)
		} else {
			fair = append(fair, a)
		}
	}
	return fair, free
}

func widthOfActions(list []Alibi) (width int) {
	for _, a := range list {
		width = max(width, utf8.RuneCountInString(escaped(a.Action)))
	}
	return width
}

// action writes the name of an action, in a column.
func (p *page) action(a Alibi, width int) {
	name := escaped(a.Action)
	p.WriteString(margin + p.pen.bold(name))
	p.spaces(width - utf8.RuneCountInString(name) + len(margin))
}

func (a Alibi) why() string {
	switch a.Reason {
	case Taken:
		return fmt.Sprintf("taken at %d", a.State)
	case Disabled:
		return fmt.Sprintf("disabled at %d", a.State)
	case Enabled:
		return fmt.Sprintf("enabled at %d", a.State)
	case notEnabledBefore:
		return NotEnabled
	}
	return escaped(a.Reason)
}
