package models

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// An incident's model is short enough to be read in one sitting: without the entry of the
// catalogue, comments and blank lines.
const incidentLinesMost = 100

var (
	silentLine = regexp.MustCompile(`(?m)^\s*(//.*)?\n`)
	reportLink = regexp.MustCompile(`https://github\.com/[\w.-]+/[\w.-]+/(issues|pull)/\d+`)
)

func TestIncidentsAreShortAndNameTheirReport(t *testing.T) {
	found := 0
	for _, e := range All {
		name, isIncident := strings.CutPrefix(e.Name, "incident/")
		if !isIncident {
			continue
		}
		found++
		if n := modelLines(t, filepath.Join("incident", name)); n > incidentLinesMost {
			t.Errorf("%s has %d lines; want at most %d", e.Name, n, incidentLinesMost)
		}
		if !reportLink.MatchString(readme(t, e.Name)) {
			t.Errorf("the README of %s has no link to a report", e.Name)
		}
		if len(e.Bugs()) == 0 || len(e.Fixes()) == 0 {
			t.Errorf("%s needs its bug and its repair", e.Name)
		}
	}
	if found == 0 {
		t.Error("there are no incidents")
	}
}

// modelLines counts the lines of code of a model, in all its files.
func modelLines(t *testing.T, dir string) int {
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, file := range files {
		if filepath.Base(file) == "entry.go" || strings.HasSuffix(file, "_test.go") {
			continue
		}
		code, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		n += strings.Count(silentLine.ReplaceAllString(string(code), ""), "\n")
	}
	if n == 0 {
		t.Fatalf("%s has no code", dir)
	}
	return n
}
