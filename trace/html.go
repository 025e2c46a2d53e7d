package trace

import (
	_ "embed"
	"io"
	"slices"

	"github.com/muster-mc/muster/model"
)

// HTMLOptions has the texts around a trace on its page.
type HTMLOptions struct {
	Title  string   // such as the model and its parameters
	Claim  string   // the claim that the trace supports
	Detail string   // lines that explain the claim
	Again  string   // the command that reproduces the trace
	Faults []string // the actions to mark as faults

	_ struct{}
}

var (
	//go:embed viewer/look.css
	viewerLook string
	//go:embed viewer/page.css
	viewerStyle string
	//go:embed viewer/page.js
	viewerScript string
)

// HTML writes the trace as a self-contained page, without further files or a network. It
// has a list of the steps, and the state after the selected step, with its changes. The
// arrow keys, buttons or a swipe select another step. Without scripts the page shows all
// steps below each other.
//
// If the steps deliver messages of package network, the page has a sequence diagram too. A
// message is a line from the step that sends it to the step that delivers it; one that is
// lost ends in a cross, and an actor that crashes has a cross on its line.
func (t *Trace) HTML(w io.Writer, o HTMLOptions) error {
	p := viewerData{HTMLOptions: o, Style: viewerLook + viewerStyle, Script: viewerScript, Waits: t.Waits}
	idle := idleIn(t.Steps)
	for i, s := range t.Steps {
		p.Steps = append(p.Steps, viewerStep{
			Number: i + 1, Label: s.Label(), Fault: faultOn(s, o.Faults),
			Rows: rowsOf(s.State, t.changes(i), i == 0, idle), Mark: t.loopMark(i),
		})
	}
	p.alignTables()
	p.Diagram = diagramOf(t, o.Faults)
	fair, free := owed(t.Fair)
	p.Fairness = []viewerFairness{newViewerFairness(fairHeading, fair), newViewerFairness(freeHeading, free)}
	_, err := io.WriteString(w, p.page())
	return err
}

// faultOn returns the mark of a fault, or "". The steps of a trace from an old file have
// no kinds of fault, but the options may name the faults.
func faultOn(s Step, faults []string) string {
	switch {
	case s.Fault != "":
		return "fault: " + s.Fault
	case slices.Contains(faults, s.Action):
		return "fault"
	}
	return ""
}

// viewerData is what the page shows.
type viewerData struct {
	HTMLOptions
	Style  string
	Script string
	Steps  []viewerStep
	Waits  []model.Wait

	Diagram  *Diagram // nil if there are no messages
	Fairness []viewerFairness
}

type viewerStep struct {
	Number int
	Label  string
	Fault  string
	Rows   []viewerRow
	Mark   string // the text about the loop at this step, or empty
}

// viewerFairness is a table of actions, with the reasons why the loop is fair to them, or
// of actions without fairness.
type viewerFairness struct {
	Heading string
	Rows    []viewerAlibi
}

type viewerAlibi struct{ Action, Fairness, Why string }

func newViewerFairness(heading string, list []Alibi) viewerFairness {
	f := viewerFairness{Heading: heading}
	for _, a := range list {
		row := viewerAlibi{Action: a.Action, Why: a.why()}
		if a.Fairness != NotOwed {
			row.Fairness = a.Fairness
		}
		f.Rows = append(f.Rows, row)
	}
	return f
}

// PageStyle is the style sheet that the page of a trace shares with other pages that show
// states and steps: colours, changes, tables and diagrams, and no layout.
func PageStyle() string { return viewerLook }
