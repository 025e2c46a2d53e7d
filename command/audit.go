package command

import (
	"fmt"
	"strings"

	"github.com/muster-mc/muster/audit"
	"github.com/muster-mc/muster/command/internal/cli"
	"github.com/muster-mc/muster/command/internal/exit"
	"github.com/muster-mc/muster/command/internal/flags"
	"github.com/muster-mc/muster/command/internal/options"
	"github.com/muster-mc/muster/command/internal/output"
	"github.com/muster-mc/muster/command/internal/progress"
	"github.com/muster-mc/muster/command/internal/report"
	"github.com/muster-mc/muster/internal/number"
)

var auditCommand = cli.Command{
	Name:     "audit",
	Operands: "MODEL",
	Summary:  "put a model's properties on trial: would they notice a bug?",
	About: `Breaks the model in many small ways, one at a time, without touching its source,
and explores each of these mutants to see whether a property notices:

	lost     an action's update of one field is lost
	skipped  an action changes nothing, and claims that it took place
	twice    an action may happen twice in a row
	swapped  an action writes to the element after the one that an argument names
	torn     a fault may strike between the updates of an action
	stale    an action may happen because of a value that was just overwritten

Mutants with the same states and steps as the model are equivalent and set aside.
So are hidden ones, which have the same states and other steps between them: only
a claim on steps could notice. What survives is a hole: either the field does not
matter, or nothing is claimed of it. A property that kills nothing is implied by
the others, or says nothing.

Where not all states were explored, a survivor may yet be killed further on.

The exit status is 0 when the audit was made, whatever survives; 2 when the
command line or the model is wrong; and 3 when it was interrupted.`,
	Candidates: (*cli.App).ModelCandidates,
	New:        func() cli.Action { return &auditing{} },
}

// auditing is one call of audit.
type auditing struct {
	options.Model
	maxStates uint64
	workers   uint
	json      bool
	all       bool
}

func (x *auditing) Flags(fs *flags.Set) {
	fs.Uint64Var(&x.maxStates, "max-states", 10_000, "explore each mutant up to this `number` of distinct states (default 10000)")
	fs.UintVar(&x.workers, "workers", 0, "the `number` of mutants that are explored at a time; as many as there are processors unless set")
	fs.BoolVar(&x.all, "all", false, "list every mutant, not only the survivors")
	fs.BoolVar(&x.json, "json", false, "print the report as JSON, and nothing else")
}

func (x *auditing) Run(c *cli.Call) (int, error) {
	if x.maxStates == 0 {
		return exit.Misuse, exit.Errorf("--max-states 0: want a number, 1 or more")
	}
	m, err := x.Open()
	if err != nil {
		return exit.Misuse, err
	}
	w := progress.NewMonitor(c.Err)
	defer w.Stop()
	showMutant := func(begun, of int, m audit.Mutant) { w.Begin(fmt.Sprintf("%d of %d  %s", begun, of, m)) }
	r, err := m.Audit(w, audit.Options{MaxStates: x.maxStates, Workers: int(x.workers), Progress: showMutant})
	w.Clear()
	switch {
	case w.Err() != nil:
		return exit.Incomplete, exit.ErrInterrupted
	case err != nil:
		return exit.Misuse, err
	case x.json:
		return exit.Holds, output.JSON(c.Out, r)
	}
	p := report.New(c.Out, c.Color, false)
	p.Header(m)
	x.print(p, r)
	return exit.Holds, nil
}

func (x *auditing) print(p *report.Printer, r *audit.Report) {
	p.Line("%s killed, %s survived: %.0f %% of what could be noticed", number.Count(uint64(r.Count(audit.Killed)), "mutant"),
		number.Commas(uint64(r.Count(audit.Survived))), 100*r.Score())
	printMutantCounts(p, r)
	printKills(p, r)
	x.printMutants(p, r)
	printHoles(p, r)
}

// printMutantCounts prints the outcomes of each kind of mutant.
func printMutantCounts(p *report.Printer, r *audit.Report) {
	var rows [][]string
	for _, k := range audit.Kinds() {
		counts := map[audit.Outcome]uint64{}
		n := uint64(0)
		for _, m := range r.Mutants {
			if m.Kind == k {
				counts[m.Outcome]++
				n++
			}
		}
		rows = append(rows, []string{string(k), number.Commas(n), number.Commas(counts[audit.Killed]), number.Commas(counts[audit.Survived]),
			number.Commas(counts[audit.Equivalent]), number.Commas(counts[audit.Hidden])})
	}
	p.Table([]string{"kind", ">mutants", ">killed", ">survived", ">equivalent", ">hidden"}, rows)
}

// printKills prints how many mutants each property kills, and how many it alone.
func printKills(p *report.Printer, r *audit.Report) {
	var rows [][]string
	for _, x := range r.Properties {
		rows = append(rows, []string{x.Property, x.Kind, number.Commas(uint64(x.Kills)), number.Commas(uint64(x.Alone))})
	}
	p.Table([]string{"property", "kind", ">kills", ">alone"}, rows)
}

// printMutants lists the survivors, or with --all every mutant.
func (x *auditing) printMutants(p *report.Printer, r *audit.Report) {
	var rows [][]string
	for _, m := range r.Mutants {
		if x.all || m.Outcome == audit.Survived {
			rows = append(rows, []string{m.String(), number.Commas(m.States), outcomeOf(m)})
		}
	}
	heading := "survivor"
	if x.all {
		heading = "mutant"
	}
	p.Table([]string{heading, ">states", "outcome"}, rows)
}

// outcomeOf is the outcome of a mutant, with the properties that killed it.
func outcomeOf(m audit.Mutant) string {
	switch {
	case m.Outcome == audit.Killed:
		return "killed by " + strings.Join(m.By, ", ")
	case m.Outcome == audit.Survived && !m.Whole:
		return "survived so far"
	}
	return string(m.Outcome)
}

// printHoles prints what is missing among the properties.
func printHoles(p *report.Printer, r *audit.Report) {
	if !r.Whole {
		p.Line("\n%s: the model has more than the %s that were explored: no mutant can be known to be equivalent",
			p.Style.Yellow("note"), number.Count(r.States, "state"))
	}
	for _, hole := range []struct {
		problem string
		names   []string
	}{
		{"violated by the model itself, so not on trial", r.Excluded},
		{"kills nothing", r.Idle()},
		{"unguarded, no lost update of it is noticed", r.Unguarded()},
	} {
		if len(hole.names) > 0 {
			p.Line("\n%s: %s: %s", p.Style.Yellow("hole"), hole.problem, strings.Join(hole.names, ", "))
		}
	}
}
