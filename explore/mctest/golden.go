package mctest

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/muster-mc/muster/explore"
)

// The variables of the environment by which a person asks a test for more than
// testing.
const (
	envUpdate = "MUSTER_UPDATE" // rewrite golden files
	envKeep   = "MUSTER_KEEP"   // write a test of each violation
)

// Golden fails the test unless the report says what is in the file: the verdict,
// the counts, what became of each property, how often each action took place, and
// the traces of what is violated. With MUSTER_UPDATE=1 in the environment it
// writes the file instead, and its folder:
//
//	MUSTER_UPDATE=1 go test ./...
//
// A change of the file is then for a person to look at, like any other.
func Golden(t testing.TB, r *explore.Report, file string) {
	t.Helper()
	compareWith(t, caller(), r.Model, file, golden(r))
}

// compareWith compares a text about a model with a file, or writes the file.
func compareWith(t testing.TB, site callSite, model, file, got string) {
	t.Helper()
	if os.Getenv(envUpdate) != "" {
		if err := writeNew(file, got); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		t.Fatalf("%s: there is no such file; %s=1 go test writes it", file, envUpdate)
	case err != nil:
		t.Fatal(err)
	}
	// Git may have checked the file out with the line ends of Windows.
	if at, g, w := parts(got, strings.ReplaceAll(string(want), "\r\n", "\n")); at > 0 {
		text := fmt.Sprintf("%s is not as in %s, line %d:\n  got  %s\n  want %s\n%s=1 go test rewrites the file", model, file, at, g, w, envUpdate)
		t.Error(text + annotation(t.Name(), site, text))
	}
}

func writeNew(file, text string) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		return err
	}
	return os.WriteFile(file, []byte(text), 0o666)
}

// golden is a report as text: all that is the same on every run. Times, memory and the
// kind of the set are left out, because they depend on the machine. The trace of a
// reached state is left out too, since it says nothing that could be wrong.
func golden(r *explore.Report) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n", summary(r))
	c := r.Counts
	fmt.Fprintf(&b, "initial %d, distinct %d, generated %d, levels %v\n\n", c.Initial, c.Distinct, c.Generated, c.Levels)
	for _, p := range r.Properties {
		fmt.Fprintf(&b, "%s (%s): %s\n", p.Name, p.Kind, p.Verdict)
	}
	fmt.Fprintln(&b)
	for _, a := range r.Actions {
		fmt.Fprintf(&b, "%s: enabled %d of %d times, discovered %d\n", a.Name, a.Enabled, a.Attempts, a.Discovered)
	}
	for _, p := range r.Properties {
		if violated(p) {
			fmt.Fprintf(&b, "\n%s", finding(p))
		}
	}
	return b.String()
}

// parts finds the first line, counted from 1, in which two texts are different; zero if
// there is none. One line is enough: a change of the model usually changes most of the
// counts, and the file can be rewritten and compared.
func parts(got, want string) (line int, g, w string) {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(a), len(b)) {
		g, w = "(the end)", "(the end)"
		if i < len(a) {
			g = a[i]
		}
		if i < len(b) {
			w = b[i]
		}
		if g != w {
			return i + 1, g, w
		}
	}
	return 0, "", ""
}
