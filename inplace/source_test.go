package inplace_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
	"github.com/muster-mc/muster/inplace"
)

// preamble is what a test needs that calls the library alone. The library is in the file,
// because it is none of its own.
const preamble = `package reproduction

import "testing"

type counter struct{ n int }

func (c *counter) count(t *testing.T, by int) {
	if c.n += by; c.n == 3 {
		t.Error("three is too much")
	}
}
`

// The reproduction of a panic takes the step that panics, too.
func TestReproduction(t *testing.T) {
	m := countingBy(inplace.Machine[counter, int, uint8, int]{
		New: func(int) *counter { return &counter{} },
		Step: func(c *counter, by uint8) int {
			if c.n += int(by) + 1; c.n == 3 {
				fail()
			}
			return c.n
		},
		View: func(c *counter) int { return c.n },
		Source: inplace.Source[uint8]{
			Preamble: preamble,
			Start:    func(name string, id int) string { return name + " := &counter{}" },
			Step:     func(name string, by uint8) string { return fmt.Sprintf("%s.count(t, %d)", name, by+1) },
		},
	})
	r := mctest.Breaks(t, m, explore.Options{}, explore.Panic, 2)
	mctest.Reproduction(t, m, r, explore.Panic, "testdata/panic.golden")
}

// The test that was written is Go, and it fails.
func TestReproductionRuns(t *testing.T) {
	text, err := os.ReadFile("testdata/panic.golden")
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	for name, content := range map[string]string{"panic_test.go": string(text), "go.mod": "module example.com/reproduction\n\ngo 1.26\n"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command("go", "test", ".")
	cmd.Dir = folder
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=")
	out, err := cmd.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "three is too much") {
		t.Errorf("%v:\n%s", err, out)
	}
}
