// Command growth measures how the models of the catalogue grow with each of their
// parameters, and the accuracy of the forecasts of package growth. It writes a page with
// a picture for each model, and the data.
//
//	go run ./bench/growth                                  every model, in minutes
//	go run ./bench/growth -out /tmp/far -max-states 20000000 lease txn   two models, further
//
// The output is deterministic except for seconds and bytes, which only the data has.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/growth"
	"github.com/muster-mc/muster/models"
)

func main() {
	var o growth.Options
	out := flag.String("out", filepath.Join("bench", "growth"), "the directory to write to")
	flag.Uint64Var(&o.MaxStates, "max-states", 1_000_000, "run no size that has more states than this")
	flag.IntVar(&o.Workers, "workers", 0, "workers of a run; 0 is one for each processor")
	flag.Usage = usage
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := write(ctx, *out, o, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "growth:", err)
		os.Exit(1)
	}
}

func usage() {
	fmt.Fprintln(os.Stderr, "usage: go run ./bench/growth [-out DIRECTORY] [-max-states N] [-workers N] [MODEL...]")
	flag.PrintDefaults()
}

// write measures the named models, or all, and writes the results.
func write(ctx context.Context, dir string, o growth.Options, names []string) error {
	entries, err := chosen(names)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	book := book{limit: o.MaxStates}
	for _, e := range entries {
		fmt.Fprintln(os.Stderr, e.Name)
		c, err := measure(ctx, e, o)
		if err != nil {
			return fmt.Errorf("%s: %w", e.Name, err)
		}
		book.chapters = append(book.chapters, c)
	}
	return book.writeTo(dir)
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
