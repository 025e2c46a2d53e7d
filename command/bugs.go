package command

import (
	"fmt"
	"slices"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/command/internal/cli"
	"github.com/muster-mc/muster/command/internal/exit"
	"github.com/muster-mc/muster/command/internal/flags"
	"github.com/muster-mc/muster/command/internal/options"
	"github.com/muster-mc/muster/command/internal/output"
	"github.com/muster-mc/muster/command/internal/progress"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/internal/number"
)

var bugsCommand = cli.Command{
	Name:     "bugs",
	Operands: "[MODEL]",
	Summary:  "put every seeded bug and every fix to the test",
	About: `Explores the models (or the one model) once with each seeded bug, which must
break the property that it names in a counterexample of the length that it
states, and once with each fix, under which every property must hold.

The exit status is 1 when one of them does not.`,
	Candidates: (*cli.App).ModelCandidates,
	New:        func() cli.Action { return &bugs{} },
}

type bugs struct {
	workers uint
	times   bool
}

func (b *bugs) Flags(fs *flags.Set) {
	options.AddWorkers(fs, &b.workers)
	fs.BoolVar(&b.times, "times", false, "print how long each took")
}

func (b *bugs) Run(c *cli.Call) (int, error) {
	entries, err := someModels(c)
	if err != nil {
		return exit.Misuse, err
	}
	var trials []catalog.Trial
	for _, e := range entries {
		trials = append(trials, e.Trials()...)
	}
	if len(trials) == 0 {
		return exit.Misuse, exit.Errorf("bugs: there is no bug and no fix to try")
	}
	outcomes, err := b.tryAll(c, trials)
	if len(outcomes) > 0 {
		b.table(outcomes, c.Out.Style(c.Color)).Print(c.Out)
	}
	if err != nil {
		return exit.Status(err), err
	}
	return b.conclude(c, outcomes), nil
}

// tryAll runs the trials one after the other, each on all processors. With an
// error, it returns the outcomes until then.
func (b *bugs) tryAll(c *cli.Call, trials []catalog.Trial) ([]catalog.Outcome, error) {
	w := progress.NewMonitor(c.Err)
	defer w.Stop()
	var outcomes []catalog.Outcome
	for i, trial := range trials {
		name := trial.Entry.Name + " " + trial.Name()
		w.Begin(fmt.Sprintf("%d of %d  %s", i+1, len(trials), name))
		o, err := trial.Run(w, w.Over(explore.Options{Workers: int(b.workers)}))
		switch {
		case w.Err() != nil:
			return outcomes, exit.ErrInterrupted
		case err != nil:
			return outcomes, fmt.Errorf("%s: %w", name, err)
		}
		outcomes = append(outcomes, o)
	}
	return outcomes, nil
}

func (b *bugs) table(outcomes []catalog.Outcome, s output.Style) *output.Table {
	heading := []string{"model", "bug or fix", "must break", ">in", ">distinct", "result"}
	if b.times {
		heading = slices.Insert(heading, len(heading)-1, ">seconds")
	}
	tab := &output.Table{Style: s, Heading: heading}
	for _, o := range outcomes {
		tab.Add(b.row(o, s)...)
	}
	return tab
}

func (b *bugs) row(o catalog.Outcome, s output.Style) []string {
	t := o.Trial
	must, in := "nothing", ""
	if t.Bug != nil {
		must, in = t.Bug.Breaks, states(*t.Bug)
	}
	row := []string{t.Entry.Name, t.Name(), must, in, number.Commas(o.Report.Counts.Distinct)}
	if b.times {
		row = append(row, fmt.Sprintf("%.2f", o.Report.Seconds))
	}
	return append(row, result(o, s))
}

// result says whether a trial ended as its entry states.
func result(o catalog.Outcome, s output.Style) string {
	switch {
	case o.Problem() != "":
		return s.Red("WRONG: " + o.Problem())
	case o.Trial.Bug != nil:
		return s.Green("breaks it")
	}
	return s.Green("holds")
}

// conclude prints the number of trials, and returns the exit status.
func (b *bugs) conclude(c *cli.Call, outcomes []catalog.Outcome) int {
	wrong := uint64(0)
	for _, o := range outcomes {
		if o.Problem() != "" {
			wrong++
		}
	}
	all := number.Count(uint64(len(outcomes)), "trial")
	if wrong > 0 {
		fmt.Fprintf(c.Out, "\n%s, %s wrong\n", all, number.Commas(wrong))
		return exit.Violated
	}
	fmt.Fprintf(c.Out, "\n%s, each as stated\n", all)
	return exit.Holds
}

// someModels are the model that the line names, or all models.
func someModels(c *cli.Call) ([]catalog.Entry, error) {
	if len(c.Operands) == 0 {
		return c.Models, nil
	}
	e, err := c.OneModel()
	return []catalog.Entry{e}, err
}
