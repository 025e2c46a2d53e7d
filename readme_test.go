package muster_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/muster-mc/muster/command"
	"github.com/muster-mc/muster/models"
)

// The README says what is so: its commands print what it shows, its first model
// compiles and fails as it claims, and its links lead somewhere.

const runsTool = "go run ./cmd/mc "

func TestReadmeShowsWhatTheToolPrints(t *testing.T) {
	for _, s := range sessions(t) {
		args, ok := strings.CutPrefix(s.command, runsTool)
		if !ok {
			continue
		}
		var out, errs strings.Builder
		os.Args[0] = "mc" // what it is called in its messages
		status := command.Main(strings.Fields(args), &out, &errs, models.All...)
		if status > 1 || !s.shows(out.String()) {
			t.Errorf("%s: status %d, and it prints\n%s%s\nnot, where … is anything,\n%s", s.command, status, &out, &errs, s.output)
		}
	}
}

func TestReadmeHasEveryCommand(t *testing.T) {
	var out, errs strings.Builder
	command.Main([]string{"help"}, &out, &errs)
	_, commands, _ := strings.Cut(out.String(), "  command\n")
	commands, _, _ = strings.Cut(commands, "\n\n")
	readme := read(t, "README.md")
	for line := range strings.Lines(commands) {
		if name := strings.Fields(line)[0]; !strings.Contains(readme, "| `mc "+name) {
			t.Errorf("the README's table lacks mc %s", strings.TrimSpace(line))
		}
	}
	if len(commands) == 0 {
		t.Errorf("mc help lists no commands:\n%s%s", &out, &errs)
	}
}

func TestReadmesFirstModelFailsAsItSays(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "counter_test.go"), firstModel(t))
	write(t, filepath.Join(dir, "go.sum"), read(t, "go.sum")) // spares the network some of its work
	begin(t, dir)

	got := goTest(t, dir)
	i := slices.IndexFunc(sessions(t), func(s session) bool { return s.command == "go test" })
	if i < 0 {
		t.Fatal("the README does not run its first model's test")
	}
	if s := sessions(t)[i]; !s.shows(got) {
		t.Errorf("go test prints\n%s\nnot, where … is anything,\n%s", got, s.output)
	}
}

// begin makes a module as the README says, with this repository as the clone.
func begin(t *testing.T, dir string) {
	root, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	var done []string
	for _, s := range sessions(t) {
		args, ok := strings.CutPrefix(s.command, "go mod ")
		if !ok {
			continue
		}
		words := append([]string{"mod"}, strings.Fields(args)...)
		last := &words[len(words)-1]
		*last = strings.Replace(*last, "=../muster", "="+root, 1)
		if out, err := goCommand(dir, words...).CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", s.command, err, out)
		}
		done = append(done, words[1])
	}
	if want := []string{"init", "edit", "tidy"}; !slices.Equal(done, want) {
		t.Fatalf("the README runs go mod %v, want %v", done, want)
	}
}

func goCommand(dir string, args ...string) *exec.Cmd {
	cmd := exec.Command("go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off")
	return cmd
}

// goTest runs a test that fails, in a module of its own.
func goTest(t *testing.T, dir string) string {
	out, err := goCommand(dir, "test").CombinedOutput()
	if err == nil {
		t.Errorf("it passes")
	}
	return regexp.MustCompile(`\(\d+\.\d\ds\)`).ReplaceAllString(string(out), "(0.00s)")
}

var link = regexp.MustCompile(`\]\(([^):#]+)\)`)

func TestLinksLeadSomewhere(t *testing.T) {
	for _, pattern := range []string{"*.md", "explore/*.md", "bench/*.md", "bench/*/*.md", "examples/*/*.md"} {
		pages, err := filepath.Glob(pattern)
		if err != nil || len(pages) == 0 {
			t.Fatalf("there are no pages %s (%v)", pattern, err)
		}
		for _, page := range pages {
			for _, l := range link.FindAllStringSubmatch(read(t, page), -1) {
				if !exists(filepath.Join(filepath.Dir(page), filepath.FromSlash(l[1]))) {
					t.Errorf("%s: there is no %s", page, l[1])
				}
			}
		}
	}
}

var quoted = regexp.MustCompile("`([a-z_./]+)`")

// A row of the table names files, the first one with its folder, or a folder alone.
func TestArchitectureNamesFiles(t *testing.T) {
	_, table, ok := strings.Cut(read(t, "ARCHITECTURE.md"), "\n## I want to change X\n")
	table, _, more := strings.Cut(table, "\n## ")
	if !ok || !more {
		t.Fatal("ARCHITECTURE.md has no table")
	}
	for row := range strings.Lines(table) {
		folder := "."
		for _, name := range quoted.FindAllStringSubmatch(row, -1) {
			file := filepath.FromSlash(name[1])
			if strings.Contains(name[1], "/") {
				folder = filepath.Dir(file)
			} else if filepath.Ext(file) == ".go" {
				file = filepath.Join(folder, file)
			} else {
				continue // a word such as mc
			}
			if !exists(file) {
				t.Errorf("there is no %s, of the row\n%s", file, row)
			}
		}
	}
}

// session is a command in the README and the output that is shown for it, in
// which a line of … stands for lines that are left out.
type session struct{ command, output string }

var console = regexp.MustCompile("(?s)```console\n(.*?)```")

func sessions(t *testing.T) []session {
	var all []session
	for _, block := range console.FindAllStringSubmatch(read(t, "README.md"), -1) {
		for _, s := range strings.Split("\n"+block[1], "\n$ ")[1:] {
			command, output, _ := strings.Cut(s, "\n")
			all = append(all, session{command, output})
		}
	}
	return all
}

// shows reports whether the README shows this output.
func (s session) shows(got string) bool {
	var pattern strings.Builder
	for line := range strings.Lines(s.output + "\n") {
		line = strings.TrimSpace(line)
		if line == "…" {
			pattern.WriteString(`(?s:.*)`)
		} else if line != "" {
			pattern.WriteString(`\s*` + regexp.QuoteMeta(line) + `\s*`)
		}
	}
	return regexp.MustCompile(`^\s*` + pattern.String() + `\s*$`).MatchString(got)
}

// firstModel is the code block that has a test in it.
func firstModel(t *testing.T) string {
	for _, block := range strings.Split(read(t, "README.md"), "```go\n")[1:] {
		code, _, _ := strings.Cut(block, "```")
		if strings.HasPrefix(code, "package counter\n") {
			return code
		}
	}
	t.Fatal("there is no first model in the README")
	return ""
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

func read(t *testing.T, name string) string {
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func write(t *testing.T, name, text string) {
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
