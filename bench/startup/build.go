package main

import (
	"os"
	"path/filepath"
	"strings"
)

// build measures builds of mc: of everything, and of our packages alone.
func build(w *workshop, t *table) error {
	mc := filepath.Join(w.dir, "mc")
	if err := w.timed(t, "mc, with an empty build cache", 100, "build", "-o", mc, "./cmd/mc"); err != nil {
		return err
	}
	file, err := os.Stat(mc)
	if err != nil {
		return err
	}
	t.add(figure{"the binary of mc", float64(file.Size()) / 1e6, 32, "MB", "go build ./cmd/mc"})
	return w.ours(t)
}

// ours measures the build of our packages, with all others built: a second copy of the
// module finds nothing of its own in the cache of the first one.
func (w *workshop) ours(t *table) error {
	again := *w
	again.module = filepath.Join(w.dir, "again")
	if err := copyModule(again.module, w.module); err != nil {
		return err
	}
	if err := again.timed(t, "our packages without the models", 0, "build", "./command"); err != nil {
		return err
	}
	return again.timed(t, "then the models and mc", 0, "build", "-o", filepath.Join(w.dir, "mc"), "./cmd/mc")
}

// timed adds the processor time of a go command, in seconds.
func (w *workshop) timed(t *table, what string, most float64, arguments ...string) error {
	took, err := w.run(arguments...)
	t.add(figure{what, took.Seconds(), most, "CPU-s", shown(arguments)})
	return err
}

// shown is a go command as a user writes it, who does not say where a binary goes.
func shown(arguments []string) string {
	words := []string{"go"}
	for i, a := range arguments {
		if a != "-o" && (i == 0 || arguments[i-1] != "-o") {
			words = append(words, a)
		}
	}
	return strings.Join(words, " ")
}
