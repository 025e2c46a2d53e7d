package command

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/command/internal/cli"
	"github.com/muster-mc/muster/command/internal/exit"
	"github.com/muster-mc/muster/command/internal/flags"
	"github.com/muster-mc/muster/command/internal/output"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/trace"
)

// The forms of a trace.
const (
	formText    = "text"
	formJSON    = "json"
	formITF     = "itf"
	formMermaid = "mermaid"
	formHTML    = "html"
)

var formatFlag = catalog.Parameter{
	Name: "format", Type: "string", Default: formText, OneOf: []string{formText, formJSON, formITF, formMermaid, formHTML},
	Help: "how the trace is written; other than text, it is all that is printed, unless it goes to a file",
}

// form is how traces are written for whoever is to read them.
type form struct {
	format string
	actors []string
}

func (f *form) Flags(fs *flags.Set) {
	fs.Choice(&f.format, formatFlag)
	fs.StringArrayVar(&f.actors, "actor", nil, "in a Mermaid diagram, the `argument` of actions that says who acts, such as node (repeatable)")
}

// clash: the flags ask for two things in the place of one.
func (f *form) clash(json bool, file string) error {
	if json && f.alone(file) {
		return exit.Errorf("--json and --format %s: want one of them, or a --trace-out for the second", f.format)
	}
	return nil
}

// alone: the trace is all that is printed.
func (f *form) alone(file string) bool { return f.format != formText && file == "" }

// inFile is how a trace is written to a file: for replay, unless somebody wants
// it for something else.
func (f *form) inFile() *form {
	if f.format == formText {
		return &form{format: formJSON}
	}
	return f
}

// replayable: what is written can be read again.
func (f *form) replayable() bool { return f.format == formJSON || f.format == formITF }

// shown is a trace to write, and what is said of it.
type shown struct {
	model catalog.Model
	of    explore.PropertyReport // with its trace
	again string                 // the command that gives it
}

// write writes a trace in its form.
func (f *form) write(w io.Writer, s shown) error {
	t := s.of.Trace
	switch f.format {
	case formJSON:
		return output.JSON(w, record(s.model, s.of))
	case formITF:
		about := record(s.model, s.of)
		about.Trace = nil // it is around it
		return t.ITF(w, map[string]any{itfAbout: about})
	case formMermaid:
		return t.Mermaid(w, trace.MermaidOptions{Actors: f.actors})
	case formHTML:
		return t.HTML(w, s.page())
	}
	return t.Text(w, trace.TextOptions{})
}

// page is what stands around the trace in HTML.
func (s shown) page() trace.HTMLOptions {
	e := s.model.Entry()
	o := trace.HTMLOptions{
		Title:  strings.Join(append([]string{e.Name}, flags.Words(e, s.model.Settings())...), " "),
		Detail: s.of.Detail, Again: s.again,
	}
	if s.of.Name != "" {
		o.Claim = strings.TrimSuffix(claim(s.of, ""), " (shortest):")
	}
	for name, fault := range faultsOf(s.model) {
		if fault != "" {
			o.Faults = append(o.Faults, name)
		}
	}
	return o
}

// writeAlone prints a check's first trace and nothing else. What else there is to
// be said goes to standard error.
func (f *form) writeAlone(c *cli.Call, m catalog.Model, r *explore.Report, list []explore.PropertyReport, again string) error {
	i := slices.IndexFunc(list, hasTrace)
	if i < 0 {
		fmt.Fprintf(c.Err, "%s: there is no trace to show: %s\n", c.Program, outcome(r))
		return nil
	}
	fmt.Fprintf(c.Err, "%s: %s\n", c.Program, strings.TrimSuffix(claim(list[i], ""), " (shortest):"))
	return f.write(c.Out, shown{m, list[i], again})
}

// outcome is a run's verdict in a few words.
func outcome(r *explore.Report) string {
	if r.Verdict == explore.Violated {
		return strings.Join(propertiesOf(catalog.Violations(r)), ", ") + " is never reached"
	}
	if r.Reason != "" {
		return string(r.Verdict) + ": " + r.Reason
	}
	return string(r.Verdict)
}
