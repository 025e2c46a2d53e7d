package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestMain is also the programs that the tests compare: a copy of the test's binary
// that is called old or new answers like mc with one tiny model.
func TestMain(m *testing.M) {
	path, err := os.Executable()
	if err != nil {
		panic(err)
	}
	if name := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path)); name == "old" || name == "new" {
		os.Exit(answer(name, os.Args[1:]))
	}
	os.Exit(m.Run())
}

// answer is that of the program of this name. Times differ in every answer; the
// seed of a walk, the status of an audit and an error differ in the new program.
func answer(name string, args []string) int {
	line := strings.Join(args, " ")
	switch line {
	case "hang":
		select {}
	case "__complete -- check ":
		fmt.Println("tiny\ta model\nother\tanother one")
	case "__complete -- check tiny -":
		fmt.Println("--max-depth\tof the model\n--run-max-depth\tof the command")
	case "__complete -- check tiny --bug ":
		fmt.Println("crack\twhat goes wrong")
	case "show tiny":
		fmt.Print("  parameter   values   default\n  --nodes     2 to 9         3\n  --order     any, first   any\n")
	case "check tiny --max-states 1 --json":
		fmt.Println(`{"properties": [{"name": "Safe"}], "actions": [{"name": "Go"}]}`)
		return statusIncomplete
	default:
		return say(name, line)
	}
	return 0
}

func say(name, line string) int {
	now := time.Now().UnixNano()
	fmt.Printf("{\n  %q,\n  \"seconds\": %d\n}\n", line, now)
	fmt.Fprintf(os.Stderr, "%d s\n", now)
	switch {
	case name == "old":
	case strings.HasPrefix(line, "simulate tiny --seed 1 --walks 200"):
		fmt.Println("the seed is 2")
	case strings.HasPrefix(line, "audit tiny --max-states 500"):
		return 1
	case line == "resume run --max-depth 1000 --json --max-states 20000":
		fmt.Fprintln(os.Stderr, "mc: no checkpoint")
	}
	return 0
}

// twoPrograms are the paths of an old and a new program.
func twoPrograms(t *testing.T) (old, new string) {
	t.Helper()
	this, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	binary, err := os.ReadFile(this)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	old, new = filepath.Join(dir, "old"+filepath.Ext(this)), filepath.Join(dir, "new"+filepath.Ext(this))
	for _, path := range []string{old, new} {
		if err := os.WriteFile(path, binary, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return old, new
}

var patient = options{parallel: 2, timeout: time.Hour}

func TestTheSameProgram(t *testing.T) {
	old, _ := twoPrograms(t)
	var out strings.Builder
	differ, err := run(t.Context(), &out, patient, old, old, []string{"tiny"})
	if err != nil || differ != 0 || !strings.HasSuffix(out.String(), " commands, 0 differ\n") || strings.Count(out.String(), "\n") != 1 {
		t.Errorf("got %d, %v and\n%s", differ, err, &out)
	}
}

func TestAnotherProgram(t *testing.T) {
	old, new := twoPrograms(t)
	var out strings.Builder
	differ, err := run(t.Context(), &out, patient, old, new, []string{"tiny"})
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	if differ != len(lines)-1 || !strings.HasSuffix(lines[differ], fmt.Sprintf(" commands, %d differ", differ)) {
		t.Errorf("%d commands differ, but it says\n%s", differ, &out)
	}
	for _, want := range []string{
		`mc simulate tiny --seed 1 --walks 200 --reach 20000 --json: standard output, line 5: "", now "the seed is 2\n"`,
		`mc audit tiny --max-states 500 --json: exit status 0, now 1`,
		`mc check tiny --explain --run-max-depth 4 --checkpoint run --json && ` +
			`mc resume run --max-depth 1000 --json --max-states 20000: standard error, line 1: "", now "mc: no checkpoint\n"`,
	} {
		if !slices.Contains(lines, want) {
			t.Errorf("there is no line\n%s\namong\n%s", want, &out)
		}
	}
}

func TestAnUnknownModel(t *testing.T) {
	old, new := twoPrograms(t)
	_, err := run(t.Context(), &strings.Builder{}, patient, old, new, []string{"huge"})
	if err == nil || !strings.Contains(err.Error(), `no model "huge"`) {
		t.Errorf("got %v", err)
	}
}

func TestAProgramThatIsNotThere(t *testing.T) {
	old, _ := twoPrograms(t)
	if _, err := run(t.Context(), &strings.Builder{}, patient, old, filepath.Join(t.TempDir(), "mc"), nil); err == nil {
		t.Error("there is no error")
	}
}

func TestAnInterrupt(t *testing.T) {
	old, new := twoPrograms(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := run(ctx, &strings.Builder{}, patient, old, new, nil); err == nil {
		t.Error("it goes on after an interrupt")
	}
}

// What takes too long is skipped, and so is what would go on from there.
func TestALateAnswer(t *testing.T) {
	old, new := twoPrograms(t)
	c := comparison{options: options{timeout: time.Millisecond}, old: program(old), new: program(new)}
	v := c.judge(t.Context(), t.TempDir(), script{{"hang"}, {"list"}})
	if v.err != nil || v.commands != 0 || !slices.Equal(v.lines, []string{"skipped: mc hang"}) {
		t.Errorf("got %+v", v)
	}
}

func TestWhatIsAskedOfAModel(t *testing.T) {
	old, _ := twoPrograms(t)
	s, err := subjectOf(t.Context(), program(old), patient, "tiny")
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, script := range s.scripts() {
		all = append(all, script.String())
	}
	for _, want := range []string{
		"mc check tiny --bug crack --json",
		"mc check tiny --property Safe --max-states 20000",
		"mc replay tiny --steps Go",
		"mc growth tiny --sweep=nodes=2..5 --budget 1000h --memory 1000GiB --format json --max-states 20000",
	} {
		if !slices.Contains(all, want) {
			t.Errorf("there is no %s among\n%s", want, strings.Join(all, "\n"))
		}
	}
}
