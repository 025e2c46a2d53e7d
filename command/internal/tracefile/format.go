package tracefile

import (
	"io"
	"slices"
	"strings"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/command/internal/exit"
	"github.com/muster-mc/muster/command/internal/flags"
	"github.com/muster-mc/muster/command/internal/output"
	"github.com/muster-mc/muster/command/internal/report"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/trace"
)

// The formats of a trace.
const (
	formatText    = "text"
	formatJSON    = "json"
	formatITF     = "itf"
	formatMermaid = "mermaid"
	formatHTML    = "html"
)

var formatFlag = catalog.Parameter{
	Name: "format", Type: "string", Default: formatText, OneOf: []string{formatText, formatJSON, formatITF, formatMermaid, formatHTML},
	Help: "how the trace is written; other than text, it is all that is printed, unless it goes to a file",
}

// Format is the format in which a trace is written, and the flags that choose it.
type Format struct {
	name   string
	actors []string
}

// Named is the format of this name, one of those that replay reads.
func Named(name string) *Format { return &Format{name: name} }

// Flags declares the flags.
func (f *Format) Flags(fs *flags.Set) {
	fs.Choice(&f.name, formatFlag)
	fs.StringArrayVar(&f.actors, "actor", nil, "in a Mermaid diagram, the `argument` of actions that says who acts, such as node (repeatable)")
}

// Name is the name of the format.
func (f *Format) Name() string { return f.name }

// IsText reports whether a trace is part of the report.
func (f *Format) IsText() bool { return f.name == formatText }

// IsAlone reports whether the trace is all that is printed: it has a format of
// its own, and no file to go to.
func (f *Format) IsAlone(file string) bool { return !f.IsText() && file == "" }

// Check checks that a report in JSON and a trace need not both go to standard output,
// and that actors are of use.
func (f *Format) Check(json bool, file string) error {
	if len(f.actors) > 0 && f.name != formatMermaid {
		return exit.Errorf("--actor %s: only a Mermaid diagram has actors: add --format mermaid", f.actors[0])
	}
	if json && f.IsAlone(file) {
		return exit.Errorf("--json and --format %s: want one of them, or a --trace-out for the second", f.name)
	}
	return nil
}

// InFile is the format of a trace in a file: a trace file, unless another format
// than text was chosen.
func (f *Format) InFile() *Format {
	if f.IsText() {
		return &Format{name: formatJSON}
	}
	return f
}

// IsReplayable reports whether replay reads the format.
func (f *Format) IsReplayable() bool { return f.name == formatJSON || f.name == formatITF }

// Run is a trace to write.
type Run struct {
	Model    catalog.Model
	Property explore.PropertyReport // with its trace
	Again    string                 // the command line that gives the trace again
}

// Write writes a trace.
func (f *Format) Write(w io.Writer, r Run) error {
	t := r.Property.Trace
	switch f.name {
	case formatJSON:
		return output.JSON(w, record(r.Model, r.Property))
	case formatITF:
		about := record(r.Model, r.Property)
		about.Trace = nil // the file itself is the trace
		return t.ITF(w, map[string]any{itfMember: about})
	case formatMermaid:
		if err := f.checkActors(t); err != nil {
			return err
		}
		return t.Mermaid(w, trace.MermaidOptions{Actors: f.actors})
	case formatHTML:
		return t.HTML(w, r.page())
	}
	return t.Text(w, trace.TextOptions{})
}

// checkActors checks that each actor is an argument of some step.
func (f *Format) checkActors(t *trace.Trace) error {
	var known []string
	for _, s := range t.Steps {
		for _, a := range s.Arguments {
			if !slices.Contains(known, a.Name) {
				known = append(known, a.Name)
			}
		}
	}
	for _, name := range f.actors {
		if slices.Contains(known, name) {
			continue
		}
		if len(known) == 0 {
			return exit.Errorf("--actor %s: no step of this trace has arguments", name)
		}
		are := "there are "
		if len(known) == 1 {
			are = "there is only "
		}
		return exit.Errorf("--actor %s: no step of this trace has such an argument; %s", name, are+strings.Join(known, ", "))
	}
	return nil
}

// page is the frame around a trace in HTML.
func (r Run) page() trace.HTMLOptions {
	e := r.Model.Entry()
	o := trace.HTMLOptions{
		Title:  strings.Join(append([]string{e.Name}, flags.Words(e, r.Model.Settings())...), " "),
		Detail: r.Property.Detail, Again: r.Again,
	}
	if r.Property.Name != "" {
		o.Claim = report.Title(r.Property)
	}
	for _, a := range r.Model.Actions() {
		if a.Fault != "" {
			o.Faults = append(o.Faults, a.Name)
		}
	}
	return o
}
