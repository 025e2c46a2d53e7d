package mctest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/internal/gotest"
)

const source = `package counter_test

import (
	"testing"

	"example.com/counter"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
)

func TestCounter(t *testing.T) {
	c := counter.Config{Most: 2}
	m := counter.New(c)
	mctest.Holds(t, m, explore.Options{})
	for _, each := range list {
		mctest.Holds(t, each.m, explore.Options{})
	}
}
`

// siteOf is the line of the source that has this in it.
func siteOf(t *testing.T, dir, text string) gotest.Site {
	t.Helper()
	before, _, found := strings.Cut(source, text)
	if !found {
		t.Fatalf("no %s", text)
	}
	return gotest.Site{Dir: dir, File: "counter_test.go", Line: strings.Count(before, "\n") + 1}
}

func inFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "counter_test.go"), []byte(source), 0o666); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestKeep(t *testing.T) {
	dir := inFolder(t)
	r, err := explore.Check(t.Context(), counter(atMost(2), reaches(9)), explore.Options{KeepGoing: true})
	if err != nil {
		t.Fatal(err)
	}
	kept := siteOf(t, dir, "mctest.Holds(t, m")
	if got := record(func(t testing.TB) { keep(t, r, kept) }); len(got.logs) > 0 {
		t.Errorf("nobody asked, and it says %q", got.logs)
	}
	t.Setenv(envKeep, "1")
	got := record(func(t testing.TB) { keep(t, r, kept) })
	files, _ := filepath.Glob(filepath.Join(dir, "avoids_atmost2*_test.go"))
	if len(files) != 1 || len(got.logs) != 1 {
		t.Fatalf("%d files; %q", len(files), got.logs)
	}
	contains(t, got.logs[0], "the run that violates AtMost2 is kept in "+filepath.Base(files[0]))
	text, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	contains(t, string(text), `package counter_test

import (
	"testing"

	"example.com/counter"
	"github.com/muster-mc/muster/explore/mctest"
)

// TestCounter/of it's (own) found this run, which violated AtMost2.
func TestAvoidsAtMost2`, `(t *testing.T) {
	mctest.Avoids(t, counter.New(counter.Config{Most: 2}), "AtMost2",
		"Init",
		"Add(more=0)",
		"Add(more=1)",
	)
}
`)
	refused := siteOf(t, dir, "mctest.Holds(t, each.m")
	got = record(func(t testing.TB) { keep(t, r, refused) })
	contains(t, strings.Join(got.logs, "\n"), "the run that violates AtMost2 is not kept: counter_test.go:", "make it in a function")
}
