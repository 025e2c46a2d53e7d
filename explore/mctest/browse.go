package mctest

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explorer"
	"github.com/muster-mc/muster/internal/gotest"
	"github.com/muster-mc/muster/model"
)

// envExplore is the variable that has a test wait for a look in the browser: 1 opens the
// browser, and link only prints the address.
const envExplore = "MUSTER_EXPLORE"

// Explore shows a model in the browser, as mc explore does, if MUSTER_EXPLORE is 1 in the
// environment; otherwise it does nothing. The page opens at the first violation that a
// check finds. The test goes on after an interrupt, or shortly before the -timeout of go
// test:
//
//	MUSTER_EXPLORE=1 go test -run '^TestLock$' -timeout 1h
//
// With MUSTER_EXPLORE=link it prints the address and opens no browser. [Holds] explores a
// model that it fails for, so a test need not call Explore to show why.
func Explore[S any](t testing.TB, m *model.Model[S]) {
	t.Helper()
	if os.Getenv(envExplore) == "" {
		return
	}
	r := check(t, gotest.Caller(), m, explore.Options{})
	look(t, gotest.Caller(), explore.Of(m), r)
}

// look serves the page of a model until an interrupt, if that was asked for.
func look(t testing.TB, site gotest.Site, m explore.Checker, r *explore.Report) {
	t.Helper()
	if os.Getenv(envExplore) == "" {
		return
	}
	ctx, stop := signal.NotifyContext(t.Context(), os.Interrupt)
	defer stop()
	if limit := inTime(t, explore.Options{}).Timeout; limit > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, limit)
		defer cancel()
	}
	o := explorer.Options{Model: m, Open: violationIn(r)}
	if code, err := site.Argument(1, "Holds", "Breaks", "Explore"); err == nil {
		o.GoModel, o.GoImports = code.Text, code.Imports()
	}
	open := explorer.OpenBrowser
	if os.Getenv(envExplore) == "link" {
		open = func(string) error { return nil }
	}
	if err := browse(ctx, o, os.Stderr, open); err != nil {
		t.Logf("the model cannot be explored: %v", err)
	}
}

// browse serves a page until the context ends.
func browse(ctx context.Context, o explorer.Options, out io.Writer, open func(link string) error) error {
	s, err := explorer.New(o)
	if err != nil {
		return err
	}
	defer s.Close()
	l, err := explorer.Listen("")
	if err != nil {
		return err
	}
	link := s.Link(l.Addr())
	fmt.Fprintf(out, "%s\nthe test goes on after an interrupt (Ctrl-C)\n", link)
	if err := open(link); err != nil {
		fmt.Fprintf(out, "no browser could be opened (%v): open the address above\n", err)
	}
	return s.Serve(ctx, l)
}

// violationIn is the first run that violates something.
func violationIn(r *explore.Report) explorer.Position {
	i := slices.IndexFunc(r.Properties, func(p explore.PropertyReport) bool { return p.Verdict == explore.Violated && p.Trace != nil })
	if i < 0 {
		return explorer.Position{}
	}
	t := r.Properties[i].Trace
	return explorer.Position{Steps: explorer.Steps(t), Loop: t.Loop}
}
