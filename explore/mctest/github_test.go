package mctest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
)

// Tests that fail on purpose look the same in GitHub Actions as elsewhere.
func TestMain(m *testing.M) {
	os.Unsetenv("GITHUB_ACTIONS")
	os.Exit(m.Run())
}

// commands are the lines of a text that GitHub Actions takes for workflow commands.
func commands(text string) []string {
	var list []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); strings.HasPrefix(line, "::") {
			list = append(list, line)
		}
	}
	return list
}

// inActions makes this test one of a workflow whose repository is two folders up.
func inActions(t *testing.T) {
	t.Helper()
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("GITHUB_ACTIONS", "true")
	t.Setenv("GITHUB_WORKSPACE", root)
}

func TestAnnotations(t *testing.T) {
	inActions(t)
	report, err := explore.Check(t.Context(), counter(atMost(4)), explore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		test func(t testing.TB)
		want string
	}{
		"Holds": {
			func(t testing.TB) { Holds(t, counter(atMost(2)), explore.Options{}) },
			"counter is violated (4 states, depth 3)%0A%0AAtMost2 is violated, in 3 states:%0A  1  Init",
		},
		"Breaks": {
			func(t testing.TB) { Breaks(t, counter(atMost(4)), explore.Options{}, "AtMost4", 2) },
			"want AtMost4 violated, in 2 states; but counter holds",
		},
		"uncheckable": {
			func(t testing.TB) { Holds(t, &model.Model[Counter]{Name: "counter"}, explore.Options{}) },
			"counter cannot be checked",
		},
		"Counts": {
			func(t testing.TB) { Counts(t, report, explore.Counts{Distinct: 6}) },
			"counter counts otherwise: distinct 5, want 6",
		},
		"Golden": {
			func(t testing.TB) { Golden(t, report, "testdata/counter.golden") },
			"counter is not as in testdata/counter.golden, line 1:%0A  got",
		},
		"Avoids": {
			func(t testing.TB) { Avoids(t, counter(atMost(2)), "AtMost2", "Init", "Add(more=1)", "Add(more=0)") },
			"counter violates what it should avoid%0A%0AAtMost2 is violated, in 3 states",
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := commands(record(c.test).failed)
			if len(got) != 1 {
				t.Fatalf("got the commands %q, want one", got)
			}
			contains(t, got[0], "::error file=explore/mctest/github_test.go,line=", ",title=TestCounter/of it's (own)::"+c.want)
		})
	}
}

func TestNoAnnotationsElsewhere(t *testing.T) {
	failed := record(func(t testing.TB) { Holds(t, counter(atMost(2)), explore.Options{}) }).failed
	if got := commands(failed); failed == "" || len(got) > 0 {
		t.Errorf("got the commands %q in %q", got, failed)
	}
}
