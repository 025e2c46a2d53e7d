// Audit audits the properties of the whole catalogue and prints the results as a page in
// Markdown:
//
//	go run ./bench/audit > bench/audit/README.md
//
// The page has the reasons for survivors from judged.txt. The command warns of reasons
// without a survivor.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"slices"

	"github.com/muster-mc/muster/audit"
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/models"
)

func main() {
	states := flag.Uint64("max-states", 30_000, "explore each mutant up to this many states")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, flag.Args(), *states); err != nil {
		fmt.Fprintln(os.Stderr, "audit:", err)
		os.Exit(2)
	}
}

func run(ctx context.Context, names []string, states uint64) error {
	why, err := parseReasons(judged)
	if err != nil {
		return fmt.Errorf("judged.txt: %w", err)
	}
	reports, err := auditAll(ctx, names, states)
	if err != nil {
		return err
	}
	page(os.Stdout, reports, why, states)
	left := why.outdated(reports)
	slices.Sort(left)
	for _, reason := range left {
		fmt.Fprintln(os.Stderr, "warning: judged.txt has a reason for what does not survive:", reason)
	}
	return nil
}

// sized is a report with the settings of the model.
type sized struct {
	*audit.Report
	with catalog.With
}

// auditAll audits the named models, or all.
func auditAll(ctx context.Context, names []string, states uint64) ([]sized, error) {
	entries, err := chosen(names)
	if err != nil {
		return nil, err
	}
	var reports []sized
	for _, e := range entries {
		for _, with := range sizesOf(e) {
			r, err := auditOne(ctx, e, with, states)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", e.Name, err)
			}
			reports = append(reports, sized{r, with})
		}
	}
	return reports, nil
}

func auditOne(ctx context.Context, e catalog.Entry, with catalog.With, states uint64) (*audit.Report, error) {
	m, err := e.Open(catalog.Settings{With: with})
	if err != nil {
		return nil, err
	}
	fmt.Fprintln(os.Stderr, e.Name, flags(with))
	return m.Audit(ctx, audit.Options{MaxStates: states})
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
