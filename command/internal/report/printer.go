// Package report prints the results of runs for people: the report of a search,
// counterexamples, and the end of a run that was replayed.
package report

import (
	"fmt"
	"strings"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/command/internal/flags"
	"github.com/muster-mc/muster/command/internal/output"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/trace"
)

// Printer prints results on an output.
type Printer struct {
	Style output.Style

	out  *output.Terminal
	text trace.TextOptions
}

// New makes a printer. The colour is a value of --color. A full printer shows
// the whole state at each step of a trace.
func New(out *output.Terminal, color string, full bool) *Printer {
	s := out.Style(color)
	return &Printer{s, out, trace.TextOptions{Color: bool(s), Full: full, Width: out.Width}}
}

// Line prints a line.
func (p *Printer) Line(format string, args ...any) { fmt.Fprintf(p.out, format+"\n", args...) }

// Table prints an empty line and a table, or nothing if there are no rows.
func (p *Printer) Table(heading []string, rows [][]string) {
	if len(rows) == 0 {
		return
	}
	p.Line("")
	(&output.Table{Style: p.Style, Heading: heading, Rows: rows}).Print(p.out)
}

// Header names the model and every parameter.
func (p *Printer) Header(m catalog.Model) {
	words := append([]string{p.Style.Bold(m.Name())}, flags.Words(m.Entry(), m.Settings())...)
	p.Line("%s\n", strings.Join(words, " "))
}

// Properties prints the verdict on each property.
func (p *Printer) Properties(list []explore.PropertyReport) {
	var rows [][]string
	for _, x := range list {
		rows = append(rows, []string{x.Name, x.Kind, p.verdictOf(x)})
	}
	p.Table([]string{"property", "kind", "verdict"}, rows)
}

// Decided separates properties with a verdict from the unknown ones, which are printed
// after the traces of a run. If no trace is shown, all are together.
func Decided(list, shown []explore.PropertyReport) (decided, unknown []explore.PropertyReport) {
	if len(shown) == 0 {
		return list, nil
	}
	for _, x := range list {
		if x.Verdict == explore.Unknown {
			unknown = append(unknown, x)
		} else {
			decided = append(decided, x)
		}
	}
	return decided, unknown
}

func (p *Printer) verdictOf(x explore.PropertyReport) string {
	v := string(x.Verdict)
	if x.NoFairRun {
		return p.Style.Yellow(v + ", but says nothing: no fair run stays inside the constraint")
	}
	if x.Vacuous {
		return p.Style.Yellow(v + ", but says nothing: it is never put to the test")
	}
	if x.Trace != nil {
		v += ", " + after(x.Trace)
	}
	switch x.Verdict {
	case explore.Holds, explore.Reached:
		return p.Style.Green(v)
	case explore.Violated, explore.Unreached:
		return p.Style.Red(v)
	}
	return p.Style.Yellow(v)
}

// Names are the names of properties, with commas between them.
func Names(list []explore.PropertyReport) string {
	var names []string
	for _, x := range list {
		names = append(names, x.Name)
	}
	return strings.Join(names, ", ")
}
