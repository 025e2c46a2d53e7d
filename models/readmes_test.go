package models

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/muster-mc/muster/model"
)

// A model's README says of all that it claims what it means, and of its bugs what
// they look like in production.
func TestReadmesNameEveryPropertyAndBug(t *testing.T) {
	for _, e := range All {
		text := readme(t, e.Name)
		names := properties(t, e, func(model.Kind) bool { return true })
		for _, bug := range e.Bugs() {
			names = append(names, bug.Name)
		}
		for _, name := range names {
			if !regexp.MustCompile(`(^|[^\w-])` + regexp.QuoteMeta(name) + `($|[^\w-])`).MatchString(text) {
				t.Errorf("the README of %s does not name %s", e.Name, name)
			}
		}
	}
}

// readme is the text of a model's README. An entry's name is its folder, and a
// group may have one README for all.
func readme(t *testing.T, name string) string {
	for folder := filepath.FromSlash(name); folder != "."; folder = filepath.Dir(folder) {
		if text, err := os.ReadFile(filepath.Join(folder, "README.md")); err == nil {
			return string(text)
		}
	}
	t.Errorf("%s has no README.md", name)
	return ""
}
