package mctest

import (
	"fmt"
	"go/format"
	"hash/fnv"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/muster-mc/muster/explore"
)

// keep writes, if that was asked for, a test of each run that violates something, beside
// the file of the test that found it. A run that cannot be kept is a line in the log and
// no failure: the test fails for the violation in any case.
func keep(t testing.TB, r *explore.Report, site callSite) {
	t.Helper()
	if os.Getenv(envKeep) == "" {
		return
	}
	for _, p := range r.Properties {
		if p.Verdict != explore.Violated || p.Trace == nil || !slices.Contains(keepable, p.Kind) {
			continue
		}
		name, err := keepOne(t.Name(), p, site)
		if err != nil {
			t.Logf("the run that violates %s is not kept: %v", p.Name, err)
			continue
		}
		t.Logf("the run that violates %s is kept in %s", p.Name, name)
	}
}

// keepable are the kinds of properties that a finite run can violate.
var keepable = []string{"always", "always-step", "deadlock", "panic"}

// keepOne writes the test of one run, and returns the name of its file. The same run is
// always in the same file. The name of the file has a hash of the model and the steps. So
// a test that fails again and again leaves one file, and two runs that violate one
// property leave two.
func keepOne(test string, p explore.PropertyReport, site callSite) (string, error) {
	source, err := site.argument(1)
	if err != nil {
		return "", err
	}
	h := fnv.New32a()
	fmt.Fprint(h, source.text, labels(p))
	id := fmt.Sprintf("%s%08x", identifier(p.Name), h.Sum32())
	code := fmt.Sprintf(`package %s

import (
	"testing"

%s)

// %s found this run, which violated %s.
func TestAvoids%s(t *testing.T) {
	mctest.Avoids(t, %s, %q,
%s	)
}
`, source.pkg, source.importing(mctestPath), test, p.Name, id, source.text, p.Name, labels(p))
	formatted, err := format.Source([]byte(code))
	if err != nil {
		return "", err
	}
	name := "avoids_" + strings.ToLower(id) + "_test.go"
	return name, os.WriteFile(filepath.Join(site.dir, name), formatted, 0o666)
}

const mctestPath = "github.com/muster-mc/muster/explore/mctest"

// identifier is a name with nothing in it that cannot be in a Go identifier, and
// not in a file's name either.
func identifier(name string) string {
	return strings.Map(func(r rune) rune {
		if r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return r
		}
		return -1
	}, name)
}

// callSite is where a test calls a function of this package.
type callSite struct {
	dir, file string
	line      int
}

// caller is the place that called who calls it. A test runs in the folder of its package,
// whatever the path of its file was when it was compiled. It goes up two calls, so a
// function that tests call must call it directly, and not by way of another function of
// this package.
func caller() callSite {
	_, file, line, _ := runtime.Caller(2)
	return callSite{".", filepath.Base(filepath.ToSlash(file)), line}
}
