package mctest

import (
	"fmt"
	"go/format"
	"hash/fnv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/internal/gotest"
)

// keep writes, if that was asked for, a test of each run that violates something, beside
// the file of the test that found it. A run that cannot be kept is a line in the log and
// no failure: the test fails for the violation in any case.
func keep(t testing.TB, r *explore.Report, site gotest.Site) {
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
func keepOne(test string, p explore.PropertyReport, site gotest.Site) (string, error) {
	source, err := site.Argument(1, "Holds")
	if err != nil {
		return "", err
	}
	h := fnv.New32a()
	fmt.Fprint(h, source.Text, labels(p))
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
`, source.Package, gotest.Importing([]gotest.Expression{source}, mctestPath), test, p.Name, id, source.Text, p.Name, labels(p))
	formatted, err := format.Source([]byte(code))
	if err != nil {
		return "", err
	}
	name := "avoids_" + strings.ToLower(id) + "_test.go"
	return name, os.WriteFile(filepath.Join(site.Dir, name), formatted, 0o666)
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
