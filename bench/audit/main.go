// Audit puts the properties of the whole catalogue on trial and prints what came
// of it, as a page in Markdown:
//
//	go run ./bench/audit > bench/audit/README.md
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"

	"github.com/muster-mc/muster/audit"
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/models"
)

func main() {
	states := flag.Uint64("max-states", 30_000, "explore each mutant up to this many states")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	reports, err := auditAll(ctx, flag.Args(), *states)
	if err != nil {
		fmt.Fprintln(os.Stderr, "audit:", err)
		os.Exit(2)
	}
	page(os.Stdout, reports, *states)
}

// auditAll audits the models of these names, or all.
func auditAll(ctx context.Context, names []string, states uint64) ([]*audit.Report, error) {
	entries, err := chosen(names)
	if err != nil {
		return nil, err
	}
	var reports []*audit.Report
	for _, e := range entries {
		m, err := e.Open(catalog.Settings{})
		if err != nil {
			return nil, err
		}
		fmt.Fprintln(os.Stderr, e.Name)
		r, err := m.Audit(ctx, audit.Options{MaxStates: states})
		if err != nil {
			return nil, fmt.Errorf("%s: %w", e.Name, err)
		}
		reports = append(reports, r)
	}
	return reports, nil
}

func chosen(names []string) ([]catalog.Entry, error) {
	if len(names) == 0 {
		return models.All, nil
	}
	var entries []catalog.Entry
	for _, name := range names {
		e, err := byName(name)
		if err != nil {
			return nil, err
		}
		entries = append(entries, e)
	}
	return entries, nil
}

func byName(name string) (catalog.Entry, error) {
	var known []string
	for _, e := range models.All {
		if e.Name == name {
			return e, nil
		}
		known = append(known, e.Name)
	}
	return catalog.Entry{}, catalog.Unknown("model", "", name, known)
}
