package drive

import (
	"fmt"
	"go/format"
	"hash/fnv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/muster-mc/muster/internal/gotest"
)

// envKeep is the variable of the environment by which a person asks for a test of each
// failure, as in package mctest.
const envKeep = "MUSTER_KEEP"

// keep writes a test that repeats a failure, if that was asked for, and says where it is
// or how to ask for it.
func (d *driver[S]) keep(t *testing.T, f *failure, site gotest.Site) string {
	t.Helper()
	if os.Getenv(envKeep) == "" {
		return "\nkeep:  with " + envKeep + "=1 the same command writes this run as a test"
	}
	name, err := d.keepOne(t.Name(), f, site)
	if err != nil {
		return fmt.Sprintf("\nthe run is not kept: %v", err)
	}
	return "\nkept:  " + name
}

// keepOne writes the test of one run, and returns the name of its file. The same run is
// always in the same file: the name has a hash of the arguments and the steps.
func (d *driver[S]) keepOne(test string, f *failure, site gotest.Site) (string, error) {
	var arguments []gotest.Expression
	var texts []string
	for place := 1; place <= 3; place++ {
		e, err := site.Argument(place, "Run")
		if err != nil {
			return "", err
		}
		arguments, texts = append(arguments, e), append(texts, e.Text)
	}
	var steps strings.Builder
	for _, o := range f.orders {
		fmt.Fprintf(&steps, "\t\t%q,\n", d.text(o))
	}
	h := fnv.New32a()
	fmt.Fprint(h, texts, steps.String())
	id := fmt.Sprintf("%08x", h.Sum32())
	code := fmt.Sprintf(`package %s

import (
%s)

// %s found this run: %s
func TestRepeat%s(t *testing.T) {
	drive.Repeat(t, %s,
%s	)
}
`, arguments[0].Package, gotest.Importing(arguments, "testing", drivePath), test, strings.ReplaceAll(f.problem, "\n", " "), id, strings.Join(texts, ", "), steps.String())
	formatted, err := format.Source([]byte(code))
	if err != nil {
		return "", err
	}
	name := "repeat_" + id + "_test.go"
	return name, os.WriteFile(filepath.Join(site.Dir, name), formatted, 0o666)
}

const drivePath = "github.com/muster-mc/muster/drive"
