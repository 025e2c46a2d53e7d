package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// edits is the number of times that a model is edited. The middle one counts.
const edits = 5

// edit measures what it takes to edit a model and start its tests: of a model with an
// entry in a catalogue, which imports more, and of one without.
func edit(w *workshop, t *table) error {
	if err := w.plainModel(); err != nil {
		return err
	}
	for _, m := range []struct {
		what, dir string
		most      float64
	}{
		{"edit a model without an entry, test it", "models/plain", 1.2},
		{"edit a model with an entry, test it", "models/lease", 1.5},
	} {
		took, err := w.edited(m.dir)
		if err != nil {
			return err
		}
		t.add(figure{m.what, took.Seconds(), m.most, "CPU-s", "go test -run '^$' ./" + m.dir})
	}
	return nil
}

// plainModel makes a model without an entry of one that has one.
func (w *workshop) plainModel() error {
	from, to := filepath.Join(w.module, "models", "lease"), filepath.Join(w.module, "models", "plain")
	if err := copyModule(to, from); err != nil {
		return err
	}
	if err := os.Remove(filepath.Join(to, "entry.go")); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(to, "lease_test.go"), []byte(plainTest), 0o666)
}

// plainTest is the test of a model without an entry.
const plainTest = `package lease

import (
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
)

func TestHolds(t *testing.T) { mctest.Holds(t, New(Config{}), explore.Options{}) }
`

// edited is the processor time of a test after an edit, when everything else is built. The
// tests themselves do not run.
func (w *workshop) edited(dir string) (time.Duration, error) {
	var all []time.Duration
	for i := range 1 + edits { // the first builds everything else
		if err := editFile(filepath.Join(w.module, dir, "properties.go"), i); err != nil {
			return 0, err
		}
		took, err := w.run("test", "-run", "^$", "./"+dir)
		if err != nil {
			return 0, err
		}
		all = append(all, took)
	}
	slices.Sort(all[1:])
	return all[1:][edits/2], nil
}

// editFile puts a comment before everything else in a file. At the end it would change no
// line's number, and the go command would find that it has built the same before.
func editFile(path string, number int) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return os.WriteFile(path, fmt.Appendf(nil, "// Edit %d.\n\n%s", number, text), 0o666)
}
