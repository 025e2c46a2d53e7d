package trace

import (
	_ "embed"
	"html/template"
	"io"
	"slices"
	"strings"
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
	//go:embed viewer/page.html
	viewerPage string
	//go:embed viewer/page.css
	viewerStyle string
	//go:embed viewer/page.js
	viewerScript string
)

// HTML writes the trace as a self-contained page, without further files or a network. It
// has a list of the steps, and the state after the selected step, with its changes. The
// arrow keys, buttons or a swipe select another step. Without scripts the page shows all
// steps below each other.
func (t *Trace) HTML(w io.Writer, o HTMLOptions) error {
	p := viewerData{HTMLOptions: o, Style: template.CSS(viewerStyle), Script: template.JS(viewerScript)}
	for i, s := range t.Steps {
		changes := t.changes(i)
		p.Steps = append(p.Steps, viewerStep{
			Number: i + 1, Label: s.Label(), Fault: slices.Contains(o.Faults, s.Action),
			Changes: changes, Rows: rowsOf(s.State, changes, i == 0), Mark: t.loopMark(i),
		})
	}
	return template.Must(template.New("trace").Parse(viewerPage)).Execute(w, p)
}

// viewerData is the input of the page's template.
type viewerData struct {
	HTMLOptions
	Style  template.CSS
	Script template.JS
	Steps  []viewerStep
}

// Last returns the number of the last step.
func (p viewerData) Last() int { return len(p.Steps) }

type viewerStep struct {
	Number  int
	Label   string
	Fault   bool
	Changes []Change
	Rows    []viewerRow
	Mark    string // the text about the loop at this step, or empty
}

// viewerRow is a line of a state: a part with its value, a part whose own parts are in
// the lines below, or a removed part.
type viewerRow struct {
	Depth   int
	Name    string
	Value   string
	Changes []Change // of the part as a whole
}

// rowsOf returns the lines of a state. Changed parts are shown leaf by leaf, the others
// as briefly as possible. The first state has no changes.
func rowsOf(v Value, changes []Change, first bool) []viewerRow {
	var l layout
	if first {
		changes = nil
	}
	if v.kind.shape() != record {
		l.part(0, "state", "", v, changes)
		return l.rows
	}
	l.parts(0, "", v, changes)
	return l.rows
}

type layout struct{ rows []viewerRow }

// parts adds the lines of a value's parts, including removed ones.
func (l *layout) parts(depth int, path string, v Value, changes []Change) {
	left := slices.Clone(changes)
	for _, p := range v.parts {
		at := strings.TrimPrefix(path+p.step, ".")
		var here []Change
		left = slices.DeleteFunc(left, func(c Change) bool {
			mine := within(at, c.Path)
			if mine {
				here = append(here, c)
			}
			return mine
		})
		l.part(depth, strings.TrimPrefix(p.step, "."), at, p.value, here)
	}
	for _, c := range left {
		l.rows = append(l.rows, viewerRow{Depth: depth, Name: strings.TrimPrefix(c.Path[len(path):], "."), Changes: []Change{c}})
	}
}

// part adds the lines of one part and the changes in it.
func (l *layout) part(depth int, name, path string, v Value, changes []Change) {
	row := viewerRow{Depth: depth, Name: name}
	var below []Change
	for _, c := range changes {
		if c.Path == path {
			row.Changes = append(row.Changes, c)
		} else {
			below = append(below, c)
		}
	}
	if len(below) == 0 {
		if text := v.String(); len(row.Changes) != 1 || row.Changes[0].After != text { // otherwise the change shows the value
			row.Value = text
		}
		l.rows = append(l.rows, row)
		return
	}
	l.rows = append(l.rows, row)
	l.parts(depth+1, path, v, below)
}

// within reports whether a path is that of a part, or leads into the part.
func within(part, path string) bool {
	rest, ok := strings.CutPrefix(path, part)
	return ok && (rest == "" || rest[0] == '.' || rest[0] == '[')
}
