package trace

import (
	_ "embed"
	"html/template"
	"io"
	"slices"
	"strings"
)

// HTMLOptions says what stands around a trace on its page.
type HTMLOptions struct {
	Title  string   // such as the model and its parameters
	Claim  string   // what the trace shows
	Detail string   // lines that explain it
	Again  string   // the command that gives the trace again
	Faults []string // the actions that are faults, which are marked

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

// HTML writes the trace as one page that needs nothing else, neither files nor a
// network: a list of the steps, and the state after the one that is looked at,
// with what changed. The arrow keys, buttons or a swipe go from step to step;
// without scripts all steps stand below each other.
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

// viewerData is what the page shows.
type viewerData struct {
	HTMLOptions
	Style  template.CSS
	Script template.JS
	Steps  []viewerStep
}

// Last is the number of the last step.
func (p viewerData) Last() int { return len(p.Steps) }

type viewerStep struct {
	Number  int
	Label   string
	Fault   bool
	Changes []Change
	Rows    []viewerRow
	Mark    string // what is said of the loop here, if anything
}

// viewerRow is a line of a state: a part with its value, or with its own parts
// below it, or one that is gone.
type viewerRow struct {
	Depth   int
	Name    string
	Value   string
	Changes []Change // of this part as a whole
}

// rowsOf lays out a state: what changed leaf by leaf, the rest as short as can be.
// In the first state nothing has changed.
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

// parts lays out the parts of a value, and what of it is gone.
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

// part lays out one part with the changes in it.
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
		if text := v.String(); len(row.Changes) != 1 || row.Changes[0].After != text { // or it is there already
			row.Value = text
		}
		l.rows = append(l.rows, row)
		return
	}
	l.rows = append(l.rows, row)
	l.parts(depth+1, path, v, below)
}

// within: a path is that of a part, or of something in it.
func within(part, path string) bool {
	rest, ok := strings.CutPrefix(path, part)
	return ok && (rest == "" || rest[0] == '.' || rest[0] == '[')
}
