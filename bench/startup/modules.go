package main

import (
	"fmt"
	"os/exec"
	"slices"
	"strings"
)

// modulesMax is the number of modules that a user's model may need.
const modulesMax = 4

const muster = "github.com/muster-mc/muster"

// modules counts the modules that a model and its tests need besides Muster.
func modules(w *workshop, t *table) error {
	all, err := needed(w.module)
	const command = "go list -deps -f '{{with .Module}}{{.Path}}{{end}}' ./explore/mctest | sort -u"
	t.add(figure{"modules that a model needs besides Muster", float64(len(all)), modulesMax, "", command})
	return err
}

// needed lists the modules that a test of a model compiles packages of, in a copy of
// Muster.
func needed(dir string) ([]string, error) {
	c := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{.Path}}{{end}}", "./explore/mctest")
	c.Dir = dir
	out, err := c.Output()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", strings.Join(c.Args, " "), err)
	}
	paths := strings.Fields(string(out))
	slices.Sort(paths)
	return slices.DeleteFunc(slices.Compact(paths), func(path string) bool { return path == muster }), nil
}
