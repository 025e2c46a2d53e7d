package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The pages that show a failure show what a mutant prints, and how large the suite is.
func TestPagesShowWhatIsPrinted(t *testing.T) {
	t.Chdir("..")
	shown := ""
	for _, m := range mutants {
		if m.name != "an acknowledgement of any worker is believed" {
			continue
		}
		overlay, clean, err := m.overlay()
		if err != nil {
			t.Fatal(err)
		}
		defer clean()
		out, err := exec.Command("go", "test", "-vet=off", "-overlay", overlay, "-run", "^TestQueue$", "./work").CombinedOutput()
		if err == nil {
			t.Fatalf("it passes:\n%s", out)
		}
		_, shown, _ = strings.Cut(string(out), "the real system differs")
		shown, _, _ = strings.Cut(shown, "FAIL")
	}
	out, err := exec.Command("go", "test", "-vet=off", "-v", "-run", "^TestQueue$", "./work").CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	size := string(out)
	table, _, _ := strings.Cut(shown, "shortened from")
	for _, page := range []struct{ file, failure string }{
		{"drive/doc.go", shown}, {"drive/README.md", table},
	} {
		text := lines(read(t, filepath.Join("..", "..", filepath.FromSlash(page.file))))
		if want := lines(page.failure); len(want) < 100 || !strings.Contains(text, want) {
			t.Errorf("%s does not show\n%s", page.file, page.failure)
		}
	}
	const summary = "queue: 5 tests, 77 steps; covered 19 of 19 arguments, 36 of 36 pairs"
	if !strings.Contains(size, summary) || !strings.Contains(read(t, filepath.Join("..", "..", "drive", "README.md")), summary) {
		t.Errorf("the guide does not show the size of the suite in\n%s", size)
	}
}

// lines is a text without the marks of comments and what is before and after lines.
func lines(text string) string {
	var list []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(line), "//")); line != "" {
			list = append(list, line)
		}
	}
	return strings.Join(list, "\n")
}

func read(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
