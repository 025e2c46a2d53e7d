// Command same runs two builds of mc with the same arguments, over the whole
// catalogue, and prints every difference between their answers.
//
//	go build -o /tmp/old ./cmd/mc     before a change
//	go build -o /tmp/new ./cmd/mc     after it
//	go run ./bench/same /tmp/old /tmp/new              every model, in minutes
//	go run ./bench/same /tmp/old /tmp/new lease wal    two models
//	go run ./bench/same -all -timeout 10m /tmp/old /tmp/new membership
//
// It compares exit statuses, standard output and standard error byte for byte:
// reports of every model, bug and fix, with every kind of store, with one to three
// workers, explained, resumed from checkpoints; random walks, audits, graphs,
// growth, traces in every format and their replays; help and misuse. The models,
// their bugs and their parameters are those of the first program.
//
// Some of an answer differs from run to run, and is blanked on both sides:
//
//   - the values of "seconds" and "bytes" in JSON, which are times and memory, also
//     those that are forecast;
//   - the lines of standard error that begin with a digit, which are progress, times,
//     rates and memory;
//   - the lines of standard error that begin with "note:", which depend on how long a
//     run takes.
//
// Each difference is one line: the command lines that repeat it, then the first
// line that differs, as it was and as it is now. A command for which the first
// program takes longer than -timeout is skipped and listed. Models of millions of
// states are explored in part, unless -all is given. The exit status is 0 if all
// answers are the same, 1 if any differs, and 2 if there was an error.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"time"
)

const (
	statusSame   = 0
	statusDiffer = 1
	statusError  = 2
)

func main() {
	var o options
	flag.IntVar(&o.parallel, "parallel", 2, "the number of programs that run at a time")
	flag.DurationVar(&o.timeout, "timeout", time.Minute, "skip a command for which the first program takes longer than this")
	flag.BoolVar(&o.all, "all", false, "explore models of millions of states wholly")
	flag.Usage = usage
	flag.Parse()
	if flag.NArg() < 2 || o.parallel < 1 {
		usage()
		os.Exit(statusError)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	differ, err := run(ctx, os.Stdout, o, flag.Arg(0), flag.Arg(1), flag.Args()[2:])
	switch {
	case err != nil:
		fmt.Fprintln(os.Stderr, "same:", err)
		os.Exit(statusError)
	case differ > 0:
		os.Exit(statusDiffer)
	}
	os.Exit(statusSame)
}

func usage() {
	fmt.Fprintln(os.Stderr, "usage: go run ./bench/same [-all] [-parallel N] [-timeout TIME] OLD NEW [MODEL...]")
	flag.PrintDefaults()
}
