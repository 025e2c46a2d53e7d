// Package command is the command line as a library: the same tool for the
// models of the catalogue and for your own. A program with your models in it
// is three lines:
//
//	func main() {
//		os.Exit(command.Main(os.Args[1:], os.Stdout, os.Stderr, queue.Entry))
//	}
//
// It lists the models (list, show), explores them (check), goes on with a run
// that was interrupted (resume), walks through them at random (simulate), puts
// their seeded bugs and fixes to the test (bugs) and their properties on trial
// (audit), says how the space of a model grows (growth), draws its states
// (graph), runs a counterexample again, or a model by hand (replay), and
// completes its own command line (completion). Each command explains itself under
// help.
//
// # What it prints where
//
// The answer goes to standard output, and is the same byte for byte on every
// run and for every number of workers (of random walks, for every seed). What differs from run to run, which is
// times, rates, memory and progress, goes to standard error, as do errors: one
// line each, and perhaps a second one that says what there is. Of growth, times
// and memory are part of the answer.
//
// # Exit statuses
//
//	0  every property holds; a replayed trace is as it was recorded; a model
//	   takes the steps that were asked for, whatever they violate
//	1  a property is violated; a bug or fix does not do what its entry says; a
//	   trace cannot be replayed, or shows no more what it was recorded for; a
//	   step is not possible; with --strict, something was never put to the test
//	2  the command line is wrong, or the model is
//	3  the run ended before the space was exhausted, with nothing found; random
//	   walks found nothing
//
// A second interrupt ends the program at once, with 130.
//
// # Flags of a model
//
// A model's parameters are flags of the commands that run it, before or after
// its name. Where a parameter has the name of one of the command's own flags,
// the parameter keeps it, and the command's own is called by the same name
// after run-, such as --run-timeout.
//
// # The trace file
//
// What check writes with --trace-out, and replay reads, is one JSON object:
//
//	{
//	  "format": "muster-trace",
//	  "version": 1,
//	  "model": "lease",
//	  "parameters": {"nodes": 3},    every parameter: a number, a boolean or a string
//	  "bug": "no-cas",               left out when none was seeded
//	  "property": "AtMostOneHolder", what the trace is the counterexample to, or the witness of
//	  "verdict": "violated",         or reached
//	  "trace": {"length": 5, "steps": [...]}
//	}
//
// With --format itf the same is in Apalache's format, the trace as its states and
// the rest as the member muster of its #meta.
//
// The trace is that of the report: each step has its action, arguments,
// changes and state. The version changes when a reader of the old one would
// misread the new one.
//
// What replay prints with --json is a trace file too, of the run as far as it
// went. Property and verdict are left out if there is nothing that it is the
// counterexample to, and three members say what is to be said of its end:
//
//	"problem": "step 3: Tick is not possible here",  left out when there is none
//	"properties": [...],  those that the last state or step violates or reaches, as in the report
//	"next": [...]         the steps that are possible, each as in the trace
package command

import (
	"io"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/command/internal/cli"
)

// Main runs one command line, without the program's name, and returns the exit
// status. The entries are the models that it knows, in any order.
func Main(args []string, stdout, stderr io.Writer, entries ...catalog.Entry) int {
	return cli.New(stdout, stderr, entries, commands()).Main(args)
}

// commands are all commands, in the order of the help.
func commands() []cli.Command {
	return []cli.Command{
		listCommand, showCommand, checkCommand, resumeCommand, bugsCommand, auditCommand, simulateCommand,
		replayCommand, growthCommand, graphCommand, completionCommand, helpCommand, completeCommand,
	}
}
