// Package command is the command line as a library: the same tool for the
// models of the catalogue and for your own. A program with your models in it
// is three lines:
//
//	func main() {
//		os.Exit(command.Main(os.Args[1:], os.Stdout, os.Stderr, queue.Entry))
//	}
//
// Its commands list the models (list, show), explore them (check), continue a
// run that was interrupted (resume), walk through a model at random (simulate),
// test the seeded bugs and the fixes (bugs), put the properties on trial (audit),
// measure how the space of a model grows (growth), draw its states (graph), run a
// counterexample again, or a model by hand (replay), compare logs of a real system
// with a model (conform), walk a model in the browser (explore), write tests for real
// systems (tests), and complete unfinished command lines (completion). Each command
// explains itself under help.
//
// # Standard output and standard error
//
// The answer goes to standard output. It is the same byte for byte on every run
// and for every number of workers; the answer of random walks depends on their
// seed too. Times, rates, memory and progress differ from run to run and go to
// standard error. So do errors: each is one line, and perhaps a second line with
// a hint. Only growth has times and memory in its answer.
//
// # Exit statuses
//
//	0  every property holds; a replayed trace is as it was recorded; a model
//	   takes the steps that were asked for, whatever they violate
//	1  a property is violated; a bug or a fix does not do what its entry says; a
//	   trace cannot be replayed, or does not show any more what it was recorded
//	   for; a step is not possible; a log is rejected, or what it says violates a
//	   property; with --strict, an action, an implication or a guard was never put
//	   to the test
//	2  the command line is wrong, or the model is
//	3  the run ended before the space was exhausted and found nothing; random
//	   walks found nothing; a log was neither accepted nor rejected
//
// A second interrupt ends the program at once, with 130.
//
// # Flags of a model
//
// A model's parameters are flags of the commands that run the model, before or
// after its name. A parameter keeps its name. If a command has a flag of the same
// name, that flag is prefixed with run-, as in --run-timeout.
//
// # The trace file
//
// The file that check writes with --trace-out, and replay reads, is one JSON
// object:
//
//	{
//	  "format": "muster-trace",
//	  "version": 1,
//	  "model": "lease",
//	  "parameters": {"nodes": 3},    every parameter: a number, a boolean or a string
//	  "bug": "no-cas",               left out when none was seeded
//	  "property": "AtMostOneHolder", to which the trace is the counterexample or the witness
//	  "verdict": "violated",         or reached
//	  "trace": {"length": 5, "steps": [...]}
//	}
//
// With --format itf, the file is in Apalache's format: the states are the trace,
// and the member muster of its #meta has the other members.
//
// The files that tests writes are trace files too, without property and verdict.
//
// The trace is that of the report: each step has its action, arguments, changes
// and state. The version changes when a reader of the old version would misread
// the new one.
//
// With --json, replay prints a trace file too, of the run as far as it went.
// Property and verdict are left out if the run is no counterexample. Three members
// describe the end of the run:
//
//	"problem": "step 3: Tick is not possible here",  left out if there is none
//	"properties": [...],  those that the last state or step violates or reaches, as in the report
//	"next": [...]         the steps that are possible, each as in the trace
//
// # The packages below
//
// A file of this package is a command and the report that only it prints. The
// packages below command/internal are shared, and each imports only those below
// itself in this list:
//
//	cli        finds the command and the model of a line; help, completion
//	tracefile  traces in files and in other formats than text
//	report     the results of runs as text
//	options    flags that several commands have, and the options they become
//	progress   the progress of a run, and its interruption
//	flags      the flags of one line; the only importer of pflag
//	output     terminals, colours, tables, numbers; the only importer of x/term
//	exit       exit statuses, and errors with a hint
package command

import (
	"io"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/command/internal/cli"
)

// Main runs one command line, without the program's name, and returns the exit
// status. The entries are the models of the program, in any order.
func Main(args []string, stdout, stderr io.Writer, entries ...catalog.Entry) int {
	return cli.New(stdout, stderr, entries, commands()).Main(args)
}

// commands are all commands, in the order of the help.
func commands() []cli.Command {
	return []cli.Command{
		listCommand, showCommand, checkCommand, resumeCommand, bugsCommand, auditCommand, simulateCommand,
		replayCommand, exploreCommand, conformCommand, testsCommand, growthCommand, graphCommand, completionCommand, helpCommand, completeCommand,
	}
}
