// Command growth prints how the models of the catalogue grow with their
// parameters: for each model its default size, and then each parameter varied
// alone, value by value, until the space is larger than the limit or does not
// grow any more.
//
//	go run ./bench/growth                                  every model, in minutes
//	go run ./bench/growth -max-states 20000000 lease txn   two models, further
//
// The tables are Markdown. All but the last two columns are the same on every
// run; seconds and bytes depend on the machine.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/models"
)

func main() {
	var o explore.Options
	flag.Uint64Var(&o.MaxStates, "max-states", 1_000_000, "end a run after this many distinct states")
	flag.IntVar(&o.Workers, "workers", 0, "workers of a run; 0 is one for each processor")
	flag.Usage = usage
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := growth(ctx, os.Stdout, o, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "growth:", err)
		os.Exit(1)
	}
}

func usage() {
	fmt.Fprintln(os.Stderr, "usage: go run ./bench/growth [-max-states N] [-workers N] [MODEL...]")
	flag.PrintDefaults()
}

// growth prints a table for each of the models, or for all.
func growth(ctx context.Context, w io.Writer, o explore.Options, names []string) error {
	entries, err := chosen(names)
	if err != nil {
		return err
	}
	for _, e := range entries {
		t := table{ctx, w, o, e}
		if err := t.print(); err != nil {
			return fmt.Errorf("%s: %w", e.Name, err)
		}
	}
	return nil
}

func chosen(names []string) ([]catalog.Entry, error) {
	if len(names) == 0 {
		return models.All, nil
	}
	var entries []catalog.Entry
	for _, name := range names {
		i := slices.IndexFunc(models.All, func(e catalog.Entry) bool { return e.Name == name })
		if i < 0 {
			return nil, catalog.Unknown("model", "", name, known())
		}
		entries = append(entries, models.All[i])
	}
	return entries, nil
}

func known() []string {
	var names []string
	for _, e := range models.All {
		names = append(names, e.Name)
	}
	return names
}
