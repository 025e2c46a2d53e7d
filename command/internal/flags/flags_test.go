package flags

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/command/internal/exit"
)

// values are the flags of the line that the tests read.
type values struct {
	timeout  time.Duration
	names    []string
	memory   Size
	max      uint64
	keep     bool
	color    string
	settings map[string]string
}

// newLine is a line "mc check timer" whose model has the parameters timeout and
// loud. The command has a flag --timeout too.
func newLine() (*Line, *values) {
	v := &values{settings: map[string]string{}}
	l := NewLine("mc", "check", "timer")
	l.Parameters.Parameter(catalog.Parameter{Name: "timeout", Type: "int", Min: 1, Max: 5, Default: "3", Help: "ticks"},
		func(value string) { v.settings["timeout"] = value })
	l.Parameters.Parameter(catalog.Parameter{Name: "loud", Type: "bool", Default: "false", Help: "ring twice"},
		func(value string) { v.settings["loud"] = value })
	v.declare(l.Own)
	l.Join()
	return l, v
}

// declare declares the flags of the command.
func (v *values) declare(fs *Set) {
	fs.DurationVar(&v.timeout, "timeout", 0, "end after this `time`")
	fs.StringArrayVar(&v.names, "property", nil, "check this `property`")
	fs.SuggestOfModel("property", func(catalog.Model) []string { return []string{"InTime", "Rings"} })
	fs.Var(&v.memory, "memory", "the `size` of the memory")
	fs.Uint64Var(&v.max, "max-states", 0, "a `number` of states")
	fs.BoolVar(&v.keep, "keep-going", false, "explore on")
	fs.Choice(&v.color, catalog.Parameter{Name: "color", Type: "string", Default: "auto", OneOf: []string{"auto", "never"}, Help: "colour"})
}

func TestAParameterKeepsItsName(t *testing.T) {
	l, v := newLine()
	if err := l.Parse(strings.Fields("timer --timeout 4 --run-timeout 90s")); err != nil {
		t.Fatal(err)
	}
	if v.settings["timeout"] != "4" || v.timeout != 90*time.Second || !slices.Equal(l.Operands, []string{"timer"}) {
		t.Errorf("got %+v, operands %q", v, l.Operands)
	}
	if !l.Own.Changed("timeout") {
		t.Error("the command does not find its flag by its own name")
	}
}

func TestRepeat(t *testing.T) {
	for args, want := range map[string]string{
		"timer":                                         "mc check timer",
		"--max-states 7 timer --timeout 4":              "mc check timer --timeout 4 --max-states 7",
		"timer --run-timeout 10m0s --loud":              "mc check timer --loud --run-timeout 10m",
		"timer --loud=false --keep-going=false":         "mc check timer --loud=false --keep-going=false",
		"timer --property B --property A --color never": "mc check timer --property B --property A",
		"timer --memory 1024MiB --keep-going":           "mc check timer --memory 1GiB --keep-going",
	} {
		l, _ := newLine()
		if err := l.Parse(strings.Fields(args)); err != nil {
			t.Errorf("%s: %v", args, err)
		}
		if got := l.Repeat(); got != want {
			t.Errorf("%s: got %s; want %s", args, got, want)
		}
	}
}

func TestErrors(t *testing.T) {
	for args, want := range map[string]string{
		"--timeout 9":        "--timeout 9: want a number from 1 to 5; --timeout is the model's here; check's own is --run-timeout",
		"--timeout":          "--timeout: want a number from 1 to 5 after it; ",
		"--run-timeout 9":    "--run-timeout 9: want a time above zero, such as 90s or 10m; ",
		"--max-states -1":    "--max-states -1: want a number, 0 or more; ",
		"--memory 4":         "--memory 4: want a size such as 512MiB or 4GiB; ",
		"--keep-going=maybe": "--keep-going maybe: want true or false; ",
		"--color blue":       "--color blue: want one of auto, never; ",
		"--property":         "--property: want a property after it; ",
		"--max-state 1":      `check has no flag "--max-state"; did you mean --max-states?; mc check timer --help shows all flags`,
		"-v":                 `check has no flag "-v"; mc check timer --help shows all flags`,
	} {
		l, _ := newLine()
		err := l.Parse(strings.Fields(args))
		if err == nil {
			t.Errorf("%s: no error", args)
			continue
		}
		if got := exit.Message(err) + "; " + exit.Hint(err); got != want {
			t.Errorf("%s: got %s; want %s", args, got, want)
		}
	}
	l, _ := newLine()
	if err := l.Parse([]string{"--help"}); !errors.Is(err, ErrHelp) {
		t.Errorf("--help: %v", err)
	}
}

func TestUnknownFlagsAreAllowed(t *testing.T) {
	l, v := newLine()
	l.AllowUnknown()
	if err := l.Parse(strings.Fields("--nodes=3 other --max-states 5")); err != nil || v.max != 5 || !slices.Equal(l.Operands, []string{"other"}) {
		t.Errorf("got %v, %+v, operands %q", err, v, l.Operands)
	}
}

func TestSetParameter(t *testing.T) {
	l, v := newLine()
	if err := l.SetParameter("timeout", "5"); err != nil || v.settings["timeout"] != "5" {
		t.Errorf("got %v, %v", err, v.settings)
	}
	for name, want := range map[string]string{
		"timeout": "the checkpoint has --timeout 9: want a number from 1 to 5",
		"nodes":   `timer has no parameter "nodes", which the checkpoint has`,
	} {
		if err := l.SetParameter(name, "9"); err == nil || err.Error() != want {
			t.Errorf("%s: got %v; want %s", name, err, want)
		}
	}
}

func TestCopyChanged(t *testing.T) {
	from := NewLine("mc", "resume", "")
	new(values).declare(from.Own)
	from.Join()
	if err := from.Parse(strings.Fields("kept --property B --property A --timeout 90s --memory 1GiB")); err != nil {
		t.Fatal(err)
	}
	to, v := newLine()
	to.Own.MustSet("max-states", "7")
	from.Own.CopyChanged(to.Own)
	want := values{timeout: 90 * time.Second, names: []string{"B", "A"}, memory: 1 << 30, max: 7, color: "auto", settings: map[string]string{}}
	if !reflect.DeepEqual(*v, want) {
		t.Errorf("got %+v; want %+v", *v, want)
	}
}

func TestHelp(t *testing.T) {
	l, _ := newLine()
	var got []string
	for _, row := range slices.Concat(l.Parameters.Help(), l.Own.Help()) {
		got = append(got, strings.Join(row, ": "))
	}
	want := []string{
		"--timeout 1..5: ticks (default 3)", "--loud: ring twice", "--run-timeout TIME: end after this time",
		"--property PROPERTY: check this property", "--memory SIZE: the size of the memory", "--max-states NUMBER: a number of states",
		"--keep-going: explore on", "--color auto|never: colour (default auto)",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestValueCandidates(t *testing.T) {
	opened := 0
	open := func() (catalog.Model, error) { opened++; return nil, nil }
	words := func(list []Candidate) string {
		var all []string
		for _, c := range list {
			all = append(all, c.Word)
		}
		return strings.Join(all, " ")
	}
	l, _ := newLine()
	for flag, want := range map[string]string{
		"--timeout": "1 2 3 4 5", "--color": "auto never", "--memory": "", "--nodes": "", "color": "",
	} {
		if got := words(l.ValueCandidates(flag, "", open)); got != want {
			t.Errorf("%s: got %s; want %s", flag, got, want)
		}
	}
	if opened != 0 {
		t.Errorf("the model was opened %d times for nothing", opened)
	}
	if got := words(l.ValueCandidates("--property", "--property=", open)); got != "--property=InTime --property=Rings" || opened != 1 {
		t.Errorf("got %s after the model was opened %d times", got, opened)
	}
	if got := words(l.ValueCandidates("--property", "", nil)); got != "" {
		t.Errorf("without a model: got %s", got)
	}
	if got := words(l.FlagCandidates()); got != "--help --timeout --loud --run-timeout --property --memory --max-states --keep-going --color" {
		t.Errorf("flags: got %s", got)
	}
	if !l.TakesValue("--timeout") || l.TakesValue("--loud") || l.TakesValue("timer") {
		t.Error("TakesValue is wrong")
	}
}
