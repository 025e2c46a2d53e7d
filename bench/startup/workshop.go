package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// workshop is a copy of the module with a build cache that is empty at first. Nothing that
// is built or edited in it touches the user's files or cache.
type workshop struct {
	dir    string
	module string // the copy
}

func newWorkshop(source string) (*workshop, error) {
	dir, err := os.MkdirTemp("", "startup")
	if err != nil {
		return nil, err
	}
	w := &workshop{dir: dir, module: filepath.Join(dir, "muster")}
	if err := copyModule(w.module, source); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return w, nil
}

func (w *workshop) close() error { return os.RemoveAll(w.dir) }

// copyModule copies all files but those that are hidden, such as the history.
func copyModule(to, from string) error {
	return filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		hidden := path != from && strings.HasPrefix(d.Name(), ".")
		switch target := filepath.Join(to, strings.TrimPrefix(path, from)); {
		case err != nil:
			return err
		case hidden && d.IsDir():
			return filepath.SkipDir
		case d.IsDir():
			return os.MkdirAll(target, 0o777)
		case hidden || !d.Type().IsRegular():
			return nil
		default:
			return copyFile(target, path)
		}
	})
}

func copyFile(to, from string) error {
	text, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, text, 0o666)
}

// run runs the go command in the copy, and returns the processor time of all processes
// that took part.
func (w *workshop) run(arguments ...string) (time.Duration, error) {
	c := exec.Command("go", arguments...)
	c.Dir = w.module
	// Flags that trim paths would find results in the cache that a user does not have.
	c.Env = append(os.Environ(), "GOCACHE="+filepath.Join(w.dir, "cache"), "GOFLAGS=-buildvcs=false", "GOWORK=off")
	if out, err := c.CombinedOutput(); err != nil {
		return 0, fmt.Errorf("%s: %w\n%s", strings.Join(c.Args, " "), err, out)
	}
	return sampleOf(c.ProcessState).processor, nil
}
