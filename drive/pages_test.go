package drive_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The guide shows code that is in the examples, and its links lead somewhere. That its
// output is what the examples print is tested there.
func TestGuide(t *testing.T) {
	page := read(t, "README.md")
	var code strings.Builder
	for _, pattern := range []string{"queue/work/*.go", "queue/jobs/*.go"} {
		files, err := filepath.Glob(filepath.Join("..", "examples", filepath.FromSlash(pattern)))
		if err != nil || len(files) == 0 {
			t.Fatal(pattern, err)
		}
		for _, f := range files {
			code.WriteString(read(t, f))
		}
	}
	blocks := regexp.MustCompile("(?ms)^```go\n(.*?)^```").FindAllStringSubmatch(page, -1)
	for _, b := range blocks {
		if !strings.Contains(code.String(), b[1]) {
			t.Errorf("no file of the example has\n%s", b[1])
		}
	}
	comment, _, _ := strings.Cut(read(t, "doc.go"), "# What is covered")
	for line := range strings.Lines(comment) {
		shown, ok := strings.CutPrefix(line, "//\t")
		if ok && strings.TrimSpace(shown) != "..." && !strings.Contains(code.String(), shown) {
			t.Errorf("no file of the example has the line of the package comment\n%s", shown)
		}
	}
	links := regexp.MustCompile(`\]\(([^):#]+)\)`).FindAllStringSubmatch(page, -1)
	for _, l := range links {
		if _, err := os.Stat(filepath.FromSlash(l[1])); err != nil {
			t.Errorf("a link leads nowhere: %v", err)
		}
	}
	if len(blocks) < 6 || len(links) < 5 {
		t.Errorf("%d blocks of code and %d links", len(blocks), len(links))
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(b), "\r\n", "\n")
}
