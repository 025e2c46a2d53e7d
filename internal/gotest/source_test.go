package gotest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
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
	mctest.Holds(t, list[1:], explore.Options{})
	self := self
	mctest.Holds(t, self, explore.Options{})
	two, err := counter.Two()
	mctest.Holds(t, two, explore.Options{})
}

func TestLiterals(t *testing.T) {
	limit := 3
	mctest.Holds(t, m, func(t *testing.T) any { n := other.Two(t); return n + t.limit })
	mctest.Holds(t, c, func(t *testing.T) any { return limit })
}
`

// siteOf is the line of the source that has this in it.
func siteOf(t *testing.T, dir, text string) Site {
	t.Helper()
	before, _, found := strings.Cut(source, text)
	if !found {
		t.Fatalf("no %s", text)
	}
	return Site{dir, "counter_test.go", strings.Count(before, "\n") + 1}
}

func inFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "counter_test.go"), []byte(source), 0o666); err != nil {
		t.Fatal(err)
	}
	return dir
}

// An argument is copied as far as it stands by itself.
func TestArgument(t *testing.T) {
	dir := inFolder(t)
	const own = "\t\"example.com/counter\"\n"
	const others = "\tother \"example.com/thing\"\n"
	for _, c := range []struct {
		at            string
		place         int
		want, imports string
	}{
		{"counter.Config{Most: 2, t: t}", 1, "counter.New(counter.Config{Most: 2, t: t})", own},
		{"mctest.Holds(t, m,\n", 1, "counter.New(counter.Config{Most: 2})", own},
		{"explore.Options{})\n\tmctest.Holds[", 1, "counter.New(counter.Config{Most: 2})", own},
		{"mctest.Holds[", 1, `&other.Model{Most: most[0], At: []int{1}, By: map[string]int{"n": 2}}`, others},
		{"mctest.Holds(t, m, func", 2, "func(t *testing.T) any {\n\tn := other.Two(t)\n\treturn n + t.limit\n}", "\t\"testing\"\n" + others},
	} {
		got, err := siteOf(t, dir, c.at).Argument(c.place, "Holds")
		imports := Importing([]Expression{got})
		if err != nil || got.Text != c.want || got.Package != "counter_test" || imports != c.imports {
			t.Errorf("%s: got %q with %q (%v)", c.at, got.Text, imports, err)
		}
	}
}

func TestArgumentThatCannotBeCopied(t *testing.T) {
	dir := inFolder(t)
	for at, want := range map[string]string{
		"mctest.Holds(t, changed":  "depends on the variable changed",
		"mctest.Holds(t, each.m":   "depends on the variable each",
		"mctest.Holds(t, list[1:]": "this cannot be copied",
		"mctest.Holds(t, self":     "the variable self is defined by itself",
		"mctest.Holds(t, two":      "depends on the variable two",
		"package counter_test":     "no call is written here",
	} {
		_, err := siteOf(t, dir, at).Argument(1, "Holds")
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v", at, err)
		}
	}
	if _, err := (Site{dir, "gone_test.go", 1}).Argument(1, "Holds"); err == nil {
		t.Error("a file that is not there is read")
	}
	_, err := siteOf(t, dir, "mctest.Holds(t, c, func").Argument(2, "Holds")
	if err == nil || !strings.Contains(err.Error(), "the function uses the variable limit of the test") {
		t.Errorf("a function that uses a variable of the test: got %v", err)
	}
}

func TestAgain(t *testing.T) {
	const of = " github.com/muster-mc/muster/internal/gotest"
	for test, want := range map[string]string{
		"TestLease":         "\nagain: go test -run '^TestLease$'" + of,
		"TestLease/3_nodes": "\nagain: go test -run '^TestLease$/^3_nodes$'" + of,
		"TestLease/a.b|c":   `` + "\nagain: go test -run '^TestLease$/^a\\.b\\|c$'" + of,
		"TestLease/it's":    "\nagain: go test -run '^TestLease$/^it'\\''s$'" + of,
	} {
		if got := Again(test); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
