package trace

import (
	"fmt"
	"unicode/utf8"
)

// Alibi is the reason why an infinite run is fair to an action: the loop takes the
// action, or the action is disabled in the loop.
type Alibi struct {
	Action   string `json:"action"`   // with the arguments that fairness distinguishes
	Fairness string `json:"fairness"` // weak or strong
	Reason   string `json:"reason"`   // one of the constants below
	State    int    `json:"state"`    // the number of the state that shows the reason, or 0
}

// The reasons for which a loop is fair to an action.
const (
	Taken        = "taken"         // the step to the state takes the action
	Disabled     = "disabled"      // the action is disabled in the state
	NeverEnabled = "never enabled" // the action is enabled in no state of the loop
)

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

// alibis writes the reasons why the loop is fair.
func (p *page) alibis(list []Alibi) {
	if len(list) == 0 {
		return
	}
	fmt.Fprintf(p, "\n%s%s\n", margin, p.pen.dim("the loop is fair to"))
	width := 0
	for _, a := range list {
		width = max(width, utf8.RuneCountInString(a.Action))
	}
	for _, a := range list {
		p.WriteString(margin + p.pen.bold(a.Action))
		p.spaces(width - utf8.RuneCountInString(a.Action))
		fmt.Fprintf(p, "%s%-6s%s%s\n", margin, a.Fairness, margin, a.why())
	}
}

func (a Alibi) why() string {
	switch a.Reason {
	case Taken:
		return fmt.Sprintf("taken at %d", a.State)
	case Disabled:
		return fmt.Sprintf("disabled at %d", a.State)
	}
	return a.Reason
}
