// Package examples holds modules that use Muster from outside, as its users do.
package examples

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	// The go command remembers a result until what the test depends on changes.
	_ "github.com/muster-mc/muster/command"
	_ "github.com/muster-mc/muster/explore/mctest"
)

// Each example builds, passes its tests, and does what its bugs say.
func TestExamples(t *testing.T) {
	modules, err := filepath.Glob(filepath.Join("*", "go.mod"))
	if err != nil || len(modules) == 0 {
		t.Fatalf("there are no examples: %v", err)
	}
	for _, module := range modules {
		folder := filepath.Dir(module)
		t.Run(folder, func(t *testing.T) {
			read(t, folder)
			run(t, folder, "vet", "./...")
			run(t, folder, "test", "./...")
			run(t, folder, "run", ".", "bugs")
		})
	}
}

// read opens every file of an example, so that a change of it is a change of
// what this test depends on.
func read(t *testing.T, folder string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		_, err = os.ReadFile(path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func run(t *testing.T, folder string, args ...string) {
	t.Helper()
	cmd := exec.Command("go", args...)
	cmd.Dir = folder
	cmd.Env = append(os.Environ(), "GOWORK=off")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("go %v: %v\n%s", args, err, out)
	}
}
