package command

import (
	"fmt"
	"io"
	"slices"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/command/internal/cli"
	"github.com/muster-mc/muster/command/internal/flags"
	"github.com/muster-mc/muster/command/internal/report"
	"github.com/muster-mc/muster/command/internal/tracefile"
	"github.com/muster-mc/muster/explore"
)

// answer is the form of the answers of check and simulate. Standard output gets
// a report for people, a report in JSON, or a trace alone; a file may get the
// trace.
type answer struct {
	full   bool
	json   bool
	file   string
	format tracefile.Format
}

func (a *answer) addFlags(fs *flags.Set) {
	fs.BoolVar(&a.full, "full", false, "show the whole state at each step of a trace, not only what changed")
	fs.BoolVar(&a.json, "json", false, "print the report as JSON, and nothing else")
	fs.StringVar(&a.file, "trace-out", "", "write the trace to this `file`, for replay unless --format says otherwise")
	a.format.Flags(fs)
}

// open checks the flags, and opens the file for the trace.
func (a *answer) open(c *cli.Call) (*tracefile.File, error) {
	if err := a.format.Check(a.json, a.file); err != nil {
		return nil, err
	}
	if a.isTrace() {
		if err := c.CheckPicture(a.format.Name()); err != nil {
			return nil, err
		}
	}
	return tracefile.Create(a.file)
}

// isTrace reports whether a trace is all that is printed.
func (a *answer) isTrace() bool { return a.format.IsAlone(a.file) }

// isReport reports whether the answer is a report for people.
func (a *answer) isReport() bool { return !a.json && !a.isTrace() }

// isReplayable reports whether replay reads the trace in the file.
func (a *answer) isReplayable() bool { return a.file != "" && a.format.InFile().IsReplayable() }

// printTrace prints the first trace, and to standard error the title of it, or
// the outcome of a run without a trace.
func (a *answer) printTrace(c *cli.Call, m catalog.Model, list []explore.PropertyReport, title func(explore.PropertyReport) string, outcome string) error {
	i := slices.IndexFunc(list, report.HasTrace)
	if i < 0 {
		fmt.Fprintf(c.Err, "%s: there is no trace to show: %s\n", c.Program, outcome)
		return nil
	}
	fmt.Fprintf(c.Err, "%s: %s\n", c.Program, title(list[i]))
	return a.format.Write(c.Out, tracefile.Run{Model: m, Property: list[i], Again: c.Repeat()})
}

// save writes the first trace to the file. If there is none, an old file stays, and
// the user is told.
func (a *answer) save(file *tracefile.File, c *cli.Call, m catalog.Model, list []explore.PropertyReport) error {
	i := slices.IndexFunc(list, report.HasTrace)
	if i < 0 {
		if file.Discard() {
			fmt.Fprintf(c.Err, "%s: there is no trace: %s is as it was\n", c.Program, a.file)
		}
		return nil
	}
	return file.Write(func(w io.Writer) error {
		return a.format.InFile().Write(w, tracefile.Run{Model: m, Property: list[i], Again: c.Repeat()})
	})
}
