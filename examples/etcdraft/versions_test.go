package main

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// versions are the versions of the library beside that of go.mod, by the flags of the go
// command.
var versions = map[string][]string{
	"v3.6.0": {"-modfile=go.v360.mod", "-tags=v360"},
	"v3.5.0": {"-modfile=go.v350.mod", "-tags=v350"},
}

// The model builds, has its counts, and shows its bugs with every version.
func TestVersions(t *testing.T) {
	for name, flags := range versions {
		t.Run(name, func(t *testing.T) {
			if out, err := goCommand("test", flags, "./cluster"); err != nil {
				t.Errorf("%v:\n%s", err, out)
			}
			if out, err := goCommand("run", flags, ".", "bugs"); err != nil {
				t.Errorf("%v:\n%s", err, out)
			}
		})
	}
}

// The run that was found in v3.6.0 fails there, with the library alone. That it passes with
// v3.7.0 is what go test ./reproduction says.
func TestReproductionFailsWhereItWasFound(t *testing.T) {
	out, err := goCommand("test", versions["v3.6.0"], "./reproduction")
	if err == nil || !strings.Contains(out, "node 1 answers read 1 at index 2: index 3 was committed before it was asked") {
		t.Errorf("%v:\n%s", err, out)
	}
}

func goCommand(verb string, flags []string, args ...string) (out string, err error) {
	cmd := exec.Command("go", append(append([]string{verb}, flags...), args...)...)
	cmd.Env = append(os.Environ(), "GOWORK=off")
	b, err := cmd.CombinedOutput()
	return string(b), err
}
