package main

import (
	"os"
	"path/filepath"
	"regexp"
)

// modulesMax is the number of modules that a user may need.
const modulesMax = 4

// modules counts the modules that a user's program requires besides Muster.
func modules(w *workshop, t *table) error {
	all, err := required(filepath.Join(w.module, "examples", "queue"))
	t.add(figure{"modules that a user needs besides Muster", float64(len(all)) - 1, modulesMax, "", "grep ' v' examples/queue/go.mod"})
	return err
}

// requirement is a line of a go.mod that requires a module, alone or in a list.
var requirement = regexp.MustCompile(`(?m)^(?:require |\t)(\S+) v`)

// required lists the modules in the go.mod of a directory.
func required(dir string) ([]string, error) {
	text, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	var paths []string
	for _, r := range requirement.FindAllSubmatch(text, -1) {
		paths = append(paths, string(r[1]))
	}
	return paths, err
}
