package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
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

// A failure that is kept is a Go test: it compiles, fails as long as the mutant is there, with
// what was shown before, and passes when the queue is repaired.
func TestAKeptRunIsATest(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("..")); err != nil {
		t.Fatal(err)
	}
	muster, err := filepath.Abs(filepath.Join("..", "..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	goTool := func(args ...string) (string, error) {
		cmd := exec.Command("go", args...)
		cmd.Dir, cmd.Env = dir, append(os.Environ(), "MUSTER_KEEP=1")
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	if out, err := goTool("mod", "edit", "-replace", "github.com/muster-mc/muster="+muster); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	m := mutants[0]
	queue := filepath.Join(dir, "work", m.file)
	source := read(t, queue)
	if err := os.WriteFile(queue, []byte(strings.Replace(source, m.old, m.new, 1)), 0o666); err != nil {
		t.Fatal(err)
	}
	out, err := goTool("test", "-vet=off", "-run", "^"+m.test+"$", "./work")
	if err == nil {
		t.Fatalf("it passes:\n%s", out)
	}
	kept := regexp.MustCompile(`kept:  (\S+)`).FindStringSubmatch(out)
	if kept == nil {
		t.Fatalf("nothing is kept:\n%s", out)
	}
	text := read(t, filepath.Join(dir, "work", filepath.Base(kept[1])))
	name := regexp.MustCompile(`func (Test\w+)\(`).FindStringSubmatch(text)
	if name == nil {
		t.Fatalf("no test in\n%s", text)
	}
	problem := regexp.MustCompile(`the real system differs.*`).FindString(out)
	again, err := goTool("test", "-run", "^"+name[1]+"$", "./work")
	if err == nil || problem == "" || !strings.Contains(again, problem) {
		t.Errorf("the kept test ends with %v and\n%s\nwant %q", err, again, problem)
	}
	if err := os.WriteFile(queue, []byte(source), 0o666); err != nil {
		t.Fatal(err)
	}
	if out, err := goTool("test", "-v", "-run", "^"+name[1]+"$", "./work"); err != nil || !strings.Contains(out, "--- PASS: "+name[1]) {
		t.Errorf("the kept test of the repaired queue ends with %v and\n%s", err, out)
	}
}
