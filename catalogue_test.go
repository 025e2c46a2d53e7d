package muster_test

import (
	"fmt"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/models"
)

// A model that is not in models.All is checked by nobody.
func TestEveryModelIsInTheCatalogue(t *testing.T) {
	listed := readFile(t, "models/models.go").ours()
	for _, f := range goFiles(t) {
		isEntry := path.Base(f.path) == "entry.go" && matches("models/...", f.dir)
		if isEntry && !slices.Contains(listed, f.dir) {
			t.Errorf("%s defines an entry that is not in models.All", f.path)
		}
	}
}

// statesMost is the largest model that is counted here; the tests of larger ones
// pin their counts.
const statesMost = 500_000

func TestReadmeHasTheCatalogue(t *testing.T) {
	readme := read(t, "README.md")
	var missing []string
	for _, e := range models.All {
		if want := place(e) + size(t, e, readme); !strings.Contains(readme, want) {
			missing = append(missing, want)
		}
	}
	if len(missing) > 0 {
		t.Errorf("README.md lacks\n%s", strings.Join(missing, "\n"))
	}
}

// place is how the README introduces a model: in a row of its own, or, if it is
// one of a group, in the group's.
func place(e catalog.Entry) string {
	group, name, ok := strings.Cut(e.Name, "/")
	if !ok {
		return fmt.Sprintf("| [%s](models/%s) | %s | ", e.Name, e.Name, e.Summary)
	}
	if folder := filepath.Join("models", group, name); exists(folder) {
		return fmt.Sprintf("[%s](models/%s/%s) ", name, group, name)
	}
	return name + " "
}

// size is how many states the default configuration has, as the README says it.
func size(t *testing.T, e catalog.Entry, readme string) string {
	m, err := e.Open(catalog.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := m.Check(t.Context(), explore.Options{MaxStates: statesMost, Symmetry: explore.SymmetryOff})
	if err != nil {
		t.Fatal(err)
	}
	switch r.Verdict {
	case explore.Violated:
		return "violated"
	case explore.Incomplete:
		return larger(readme, place(e))
	}
	return commas(r.Counts.Distinct)
}

// larger is the size that the README states of a model which is too large to be
// counted here.
func larger(readme, place string) string {
	_, rest, _ := strings.Cut(readme, place)
	count := regexp.MustCompile(`^[0-9,]*`).FindString(rest)
	if n, err := strconv.Atoi(strings.ReplaceAll(count, ",", "")); err == nil && n > statesMost {
		return count
	}
	return "more than " + commas(statesMost)
}

func commas(n uint64) string {
	s := strconv.FormatUint(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
