package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The copy of a module has its files without the history, and an edit changes the first
// lines of the copy alone.
func TestEditsAreOfACopy(t *testing.T) {
	source, target := t.TempDir(), filepath.Join(t.TempDir(), "copy")
	for name, text := range map[string]string{".git/HEAD": "main", "go.mod": "module m", "models/m.go": "package m\n"} {
		path := filepath.Join(source, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if err := copyModule(target, source); err != nil {
		t.Fatal(err)
	}
	if err := editFile(filepath.Join(target, "models", "m.go"), 7); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ dir, want string }{{source, "package m\n"}, {target, "// Edit 7.\n\npackage m\n"}} {
		if text, err := os.ReadFile(filepath.Join(c.dir, "models", "m.go")); err != nil || string(text) != c.want {
			t.Errorf("%s: got %q, %v; want %q", c.dir, text, err, c.want)
		}
	}
	if _, err := os.Stat(filepath.Join(target, ".git")); !os.IsNotExist(err) {
		t.Errorf("the history is copied: %v", err)
	}
}

func TestUsersNeedFewModules(t *testing.T) {
	all, err := needed(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	if len(all) == 0 || len(all) > modulesMax {
		t.Errorf("%d modules besides Muster, at most %d are allowed: %s", len(all), modulesMax, strings.Join(all, ", "))
	}
}
