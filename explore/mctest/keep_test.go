package mctest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/muster-mc/muster/explore"
)

const source = `package counter_test

import (
	"testing"

	"example.com/counter"
	other "example.com/thing"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
)

func TestCounter(t *testing.T) {
	mctest.Holds(t, counter.New(counter.Config{Most: 2, t: t}), explore.Options{})
	const n = 2
	c := counter.Config{Most: n}
	m := counter.New(c)
	mctest.Holds(t, m,
		explore.Options{})
	mctest.Holds[counter.State](t, &other.Model{Most: most[0], At: []int{1}, By: map[string]int{"n": 2}}, explore.Options{})
	changed := counter.New(c)
	changed.Terminal = nil
	mctest.Holds(t, changed, explore.Options{})
	for _, each := range list {
		mctest.Holds(t, each.m, explore.Options{})
	}
	mctest.Holds(t, func() any { return 1 }(), explore.Options{})
	self := self
	mctest.Holds(t, self, explore.Options{})
	two, err := counter.Two()
	mctest.Holds(t, two, explore.Options{})
}
`

// siteOf is the line of the source that has this in it.
func siteOf(t *testing.T, dir, text string) callSite {
	t.Helper()
	before, _, found := strings.Cut(source, text)
	if !found {
		t.Fatalf("no %s", text)
	}
	return callSite{dir, "counter_test.go", strings.Count(before, "\n") + 1}
}

func inFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "counter_test.go"), []byte(source), 0o666); err != nil {
		t.Fatal(err)
	}
	return dir
}

// The model of a test is copied as far as it stands by itself.
func TestArgument(t *testing.T) {
	dir := inFolder(t)
	for _, c := range []struct{ at, want, imports string }{
		{"counter.Config{Most: 2, t: t}", "counter.New(counter.Config{Most: 2, t: t})", "\t\"example.com/counter\"\n"},
		{"mctest.Holds(t, m", "counter.New(counter.Config{Most: 2})", "\t\"example.com/counter\"\n"},
		{"explore.Options{})\n\tmctest.Holds[", "counter.New(counter.Config{Most: 2})", "\t\"example.com/counter\"\n"},
		{"mctest.Holds[", `&other.Model{Most: most[0], At: []int{1}, By: map[string]int{"n": 2}}`, "\tother \"example.com/thing\"\n"},
	} {
		got, err := siteOf(t, dir, c.at).argument(1)
		if err != nil || got.text != c.want || got.pkg != "counter_test" || got.importing() != c.imports {
			t.Errorf("%s: got %s with %s (%v)", c.at, got.text, got.importing(), err)
		}
	}
}

func TestArgumentThatCannotBeCopied(t *testing.T) {
	dir := inFolder(t)
	for at, want := range map[string]string{
		"mctest.Holds(t, changed": "depends on the variable changed",
		"mctest.Holds(t, each.m":  "depends on the variable each",
		"mctest.Holds(t, func()":  "made in a way that cannot be copied",
		"mctest.Holds(t, self":    "the variable self is defined by itself",
		"mctest.Holds(t, two":     "depends on the variable two",
		"package counter_test":    "no call is written here",
	} {
		_, err := siteOf(t, dir, at).argument(1)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v", at, err)
		}
	}
	if _, err := (callSite{dir, "gone_test.go", 1}).argument(1); err == nil {
		t.Error("a file that is not there is read")
	}
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
	contains(t, strings.Join(got.logs, "\n"), "the run that violates AtMost2 is not kept: counter_test.go:", "make the model in a function")
}
