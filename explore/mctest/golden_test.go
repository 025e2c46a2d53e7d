package mctest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/muster-mc/muster/explore"
)

func TestGolden(t *testing.T) {
	r, err := explore.Check(t.Context(), counter(atMost(2), reaches(1)), explore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	Golden(t, r, "testdata/counter.golden")
	t.Setenv(envUpdate, "") // whatever this run is for
	broken := filepath.Join(t.TempDir(), "sub", "broken.golden")
	missing := record(func(t testing.TB) { Golden(t, r, broken) })
	if !missing.fatal || !strings.Contains(missing.failed, "there is no such file; MUSTER_UPDATE=1 go test writes it") {
		t.Errorf("without a file: %q", missing.failed)
	}
	t.Setenv(envUpdate, "1")
	Golden(t, r, broken)
	t.Setenv(envUpdate, "")
	Golden(t, r, broken)
	text, _ := os.ReadFile(broken)
	if err := os.WriteFile(broken, []byte(strings.Replace(string(text), "distinct 4", "distinct 5", 1)), 0o666); err != nil {
		t.Fatal(err)
	}
	other := record(func(t testing.TB) { Golden(t, r, broken) })
	contains(t, other.failed, "counter is not as in "+broken+", line 3:", "got  initial 1, distinct 4,", "want initial 1, distinct 5,", "MUSTER_UPDATE=1 go test rewrites")
}

// Files that git wrote on Windows are the same.
func TestParts(t *testing.T) {
	for _, c := range []struct {
		got, want string
		line      int
		g, w      string
	}{
		{"a\nb\n", "a\nb\n", 0, "", ""},
		{"a\nb\n", "a\nc\n", 2, "b", "c"},
		{"a\nb", "a", 2, "b", "(the end)"},
		{"a", "a\nb", 2, "(the end)", "b"},
	} {
		if line, g, w := parts(c.got, c.want); line != c.line || g != c.g || w != c.w {
			t.Errorf("%q and %q: %d, %q, %q", c.got, c.want, line, g, w)
		}
	}
}
