package models

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var sizeRow = regexp.MustCompile(`(?m)^\| (\w+) \| (\d+) \| (\d+) \| \S* ?\| \S* ?\| (\d*) ?\|`)

// The README of the actor models says how many lines each model has, and that these are at most half of
// those of another checker's example.
func TestSizesOfActorModels(t *testing.T) {
	text := readme(t, "actor")
	rows := sizeRow.FindAllStringSubmatch(text, -1)
	if folders, _ := filepath.Glob(filepath.Join("actor", "*", "entry.go")); len(rows) != len(folders) {
		t.Errorf("the table has %d rows; there are %d models", len(rows), len(folders))
	}
	for _, row := range rows {
		folder := filepath.Join("actor", row[1])
		entry := lines(t, filepath.Join(folder, "entry.go"))
		all := lines(t, filepath.Join(folder, "*.go")) - lines(t, filepath.Join(folder, "*_test.go"))
		if got := []string{strconv.Itoa(all - entry), strconv.Itoa(all)}; got[0] != row[2] || got[1] != row[3] {
			t.Errorf("%s has %s lines, with the entry %s; the table says %s and %s", row[1], got[0], got[1], row[2], row[3])
		}
		if there, err := strconv.Atoi(row[4]); err == nil && 2*(all-entry) > there {
			t.Errorf("%s has %d lines, and the example has %d", row[1], all-entry, there)
		}
	}
	if n := strconv.Itoa(lines(t, "internal/clients/*.go")); !strings.Contains(text, "clients.go), "+n+" lines") {
		t.Errorf("the clients have %s lines", n)
	}
}

// lines counts the lines of files that are neither empty nor only a comment.
func lines(t *testing.T, pattern string) (n int) {
	t.Helper()
	files, err := filepath.Glob(filepath.FromSlash(pattern))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "//") {
				n++
			}
		}
	}
	return n
}
