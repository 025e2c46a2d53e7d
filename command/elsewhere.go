package command

import (
	"context"
	"io"
	"time"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/command/internal/cli"
	"github.com/muster-mc/muster/command/internal/exit"
	"github.com/muster-mc/muster/command/internal/flags"
	"github.com/muster-mc/muster/command/internal/progress"
	"github.com/muster-mc/muster/explore"
)

// Elsewhere searches on several machines. The module cluster has one. A new one is made for
// each command line.
type Elsewhere interface {
	// CheckFlags and WorkFlags declare the flags of the commands check and work, beside
	// those that say what is searched.
	CheckFlags(FlagSet)
	WorkFlags(FlagSet)

	// Check explores a model. Say prints a line of news.
	Check(ctx context.Context, m catalog.Model, o explore.Options, say Say) (*explore.Report, error)

	// Work does what others ask for, with these models, until the context is over or
	// there is nothing left to do.
	Work(ctx context.Context, entries []catalog.Entry, say Say) error
}

// Say prints a line for people, to standard error.
type Say func(format string, args ...any)

// FlagSet declares flags. The part of a usage between backquotes stands for the value.
type FlagSet interface {
	StringVar(value *string, name, otherwise, usage string)
	UintVar(value *uint, name string, otherwise uint, usage string)
	BoolVar(value *bool, name string, otherwise bool, usage string)
	Time(value *time.Duration, name, usage string)
}

// MainElsewhere runs one command line of a program that searches on several machines: check
// coordinates a search, and work is a worker. Everything else is as for [Main].
func MainElsewhere(there func() Elsewhere, args []string, stdout, stderr io.Writer, entries ...catalog.Entry) int {
	list := []cli.Command{
		listCommand, showCommand, checkElsewhereCommand(there), workCommand(there), replayCommand,
		completionCommand, helpCommand, completeCommand,
	}
	return cli.New(stdout, stderr, entries, list).Main(args)
}

func checkElsewhereCommand(there func() Elsewhere) cli.Command {
	return cli.Command{
		Name:     "check",
		Operands: "MODEL",
		Summary:  "explore a model on several machines and check its properties",
		About: `Explores every reachable state of a model and checks its properties in them.
The work is done by workers, which the command work starts, in any number and at
any time. The report and the traces are those of mc check. Properties about
whole runs are unknown: only one machine decides them.

A run that is interrupted or killed, or whose queue or bucket is away for too
long, can be continued: the same command line goes on from the last level that
is complete. A run that ends by itself removes what it has in the bucket.

The exit status is 0 when every property holds, 1 when one is violated, 2 when
the command line or the model is wrong, and 3 when the run ended before the
space was exhausted and found nothing until then. An interrupt ends the run;
a second one ends the program.`,
		Candidates: (*cli.App).ModelCandidates,
		New:        func() cli.Action { return &checkElsewhere{there: there()} },
	}
}

type checkElsewhere struct {
	check
	there Elsewhere
}

func (k *checkElsewhere) Flags(fs *flags.Set) {
	k.there.CheckFlags(fs)
	k.Search.FlagsElsewhere(fs)
	k.addOutput(fs)
}

func (k *checkElsewhere) Run(c *cli.Call) (int, error) {
	return k.runAs(func(m catalog.Model, ctx context.Context, o explore.Options) (*explore.Report, error) {
		return k.there.Check(ctx, m, o, k.monitor.Say)
	}, c)
}

func workCommand(there func() Elsewhere) cli.Command {
	return cli.Command{
		Name:    "work",
		Summary: "do the work of runs that check coordinates",
		About: `Does tasks of whatever runs there are, of this build of the program and of the
models that are in it, until it is interrupted. A worker may be started before a
run and after it has begun, and may be killed at any time: another one does its
tasks again.`,
		New: func() cli.Action { return &work{there: there()} },
	}
}

type work struct{ there Elsewhere }

func (w *work) Flags(fs *flags.Set) { w.there.WorkFlags(fs) }

func (w *work) Run(c *cli.Call) (int, error) {
	if err := c.NoOperand(); err != nil {
		return exit.Misuse, err
	}
	m := progress.NewMonitor(c.Err)
	defer m.Stop()
	if err := w.there.Work(m, c.Models, m.Say); err != nil {
		return exit.Misuse, err
	}
	return exit.Holds, nil
}
