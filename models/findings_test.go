package models

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The platform's defects are numbered: 27 findings of a review, eight invariants
// that had no test (G), and nine further bugs (X). A model's README names those
// it is about in a line of its own.
var findingsLine = regexp.MustCompile(`(?m)^Findings: (.+)$`)

func TestEveryFindingHasAModel(t *testing.T) {
	modelsOf := findings(t)
	for _, id := range findingIDs() {
		if len(modelsOf[id]) == 0 {
			t.Errorf("no model is about finding %s", id)
		}
		delete(modelsOf, id)
	}
	for id, readmes := range modelsOf {
		t.Errorf("%s: there is no finding %s", readmes[0], id)
	}
}

func findingIDs() []string {
	var ids []string
	for _, group := range []struct {
		letter string
		count  int
	}{{"", 27}, {"G", 8}, {"X", 9}} {
		for n := range group.count {
			ids = append(ids, fmt.Sprint(group.letter, n+1))
		}
	}
	return ids
}

// findings lists the READMEs that name each finding.
func findings(t *testing.T) map[string][]string {
	t.Helper()
	readmes := map[string][]string{}
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.Name() != "README.md" {
			return err
		}
		text, err := os.ReadFile(path)
		for _, line := range findingsLine.FindAllStringSubmatch(string(text), -1) {
			for id := range strings.SplitSeq(line[1], ",") {
				id = strings.TrimSpace(id)
				readmes[id] = append(readmes[id], path)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return readmes
}
