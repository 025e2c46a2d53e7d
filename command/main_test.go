package command_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/muster-mc/muster/command"
	"github.com/muster-mc/muster/models/twophase"
)

// run runs a command line and returns its output.
func run(args ...string) (stdout, stderr string, status int) {
	var out, err bytes.Buffer
	status = command.Main(args, &out, &err, lockEntry, twophase.Entry)
	return out.String(), err.String(), status
}

func ExampleMain() {
	os.Args[0] = "locks" // in messages a program is called by its own name
	status := command.Main([]string{"check", "lock", "--clients", "3", "--property", "MutualExclusion"},
		os.Stdout, io.Discard, lockEntry) // times go to the second
	fmt.Println("exit status", status)
	// Output:
	// lock --clients 3 --order any
	//
	// holds: MutualExclusion, in all 15 reachable states, within the bounds below
	//
	//   initial   distinct   generated   depth
	//         1         15          22       5
	//
	//   property          kind     verdict
	//   MutualExclusion   always   holds
	//
	//   action   fault   attempts   enabled   discovered
	//   Take                   45         9            6
	//   Give                   45         6            2
	//   Crash    crash         45         6            6
	//   Expire                 45         0            0
	//
	// warning: never enabled: Expire
	//
	//   rests on
	//   the model's constraint, which left out 3 of the 22 generated states
	//   only properties: MutualExclusion
	//   exact set of visited states: every state was compared byte for byte
	// exit status 0
}

// A command line could never mean the second of two models with one name.
func TestTwoModelsOfOneName(t *testing.T) {
	for _, line := range []string{"list", "check twophase", "help"} {
		var stdout, stderr bytes.Buffer
		status := command.Main(strings.Fields(line), &stdout, &stderr, lockEntry, twophase.Entry, lockEntry)
		if status != 2 || stdout.Len() > 0 || !strings.Contains(stderr.String(), `this program has two models "lock"`) {
			t.Errorf("%s: status %d, %s%s", line, status, &stdout, &stderr)
		}
	}
}

// Programs may rely on the schema of the report.
func TestJSONSchema(t *testing.T) {
	stdout, _, _ := run("check", "lock", "--bug", "no-wait", "--keep-going", "--json")
	var r map[string]any
	if err := json.Unmarshal([]byte(stdout), &r); err != nil {
		t.Fatal(err)
	}
	hasKeys(t, "report", r, "model string", "parameters map[string]interface {}", "verdict string", "counts map[string]interface {}",
		"properties []interface {}", "actions []interface {}", "bounds []interface {}", "store map[string]interface {}", "seconds float64", "bytes float64")
	hasKeys(t, "counts", r["counts"], "initial float64", "distinct float64", "generated float64", "depth float64", "levels []interface {}")
	hasKeys(t, "property", first(r["properties"]), "name string", "kind string", "verdict string", "detail string", "trace map[string]interface {}")
	trace := first(r["properties"]).(map[string]any)["trace"]
	hasKeys(t, "trace", trace, "length float64", "steps []interface {}")
	step := trace.(map[string]any)["steps"].([]any)[1]
	hasKeys(t, "step", step, "action string", "arguments map[string]interface {}", "changes []interface {}", "state map[string]interface {}")
	hasKeys(t, "change", first(step.(map[string]any)["changes"]), "path string", "before string", "after string")
	hasKeys(t, "action", first(r["actions"]), "name string", "attempts float64", "enabled float64", "discovered float64")
	hasKeys(t, "store", r["store"], "kind string", "kinds []interface {}", "missProbability float64")
	if got := fmt.Sprint(r["parameters"]); got != "map[bug:no-wait clients:2 lease:false order:any]" {
		t.Errorf("parameters are %s", got)
	}
}

func first(list any) any { return list.([]any)[0] }

// hasKeys checks that the object has these members, each with the type after its
// name.
func hasKeys(t *testing.T, what string, object any, keys ...string) {
	t.Helper()
	for _, key := range keys {
		name, kind, _ := strings.Cut(key, " ")
		if got := fmt.Sprintf("%T", object.(map[string]any)[name]); got != kind {
			t.Errorf("%s: %s is %s; want %s", what, name, got, kind)
		}
	}
}

// Depth and the length of a trace count states, the initial one included.
func TestJSONCountsFromOne(t *testing.T) {
	stdout, _, _ := run("check", "lock", "--bug", "no-wait", "--json")
	var r struct {
		Counts struct {
			Depth  int
			Levels []int
		}
		Properties []struct {
			Name  string
			Trace struct {
				Length int
				Steps  []any
			}
		}
	}
	if err := json.Unmarshal([]byte(stdout), &r); err != nil {
		t.Fatal(err)
	}
	p := r.Properties[0]
	if p.Name != "MutualExclusion" || p.Trace.Length != 3 || len(p.Trace.Steps) != 3 || r.Counts.Depth != 3 || len(r.Counts.Levels) != 3 {
		t.Errorf("got %+v", r)
	}
}

// A run whose answer could not be written has failed.
func TestAnswerThatCannotBeWritten(t *testing.T) {
	var stderr bytes.Buffer
	status := command.Main([]string{"check", "lock"}, full{}, &stderr, lockEntry)
	if status != 2 || !strings.Contains(stderr.String(), "the disk is full") {
		t.Errorf("status %d, %s", status, &stderr)
	}
	status = command.Main([]string{"check", "lock", "--bug", "no-wait"}, full{}, &stderr, lockEntry)
	if status != 1 {
		t.Errorf("status %d: a violation stays one", status)
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("the disk is full") }

// Standard output has nothing that differs from run to run.
func TestStandardOutputRepeats(t *testing.T) {
	for _, line := range []string{
		"list", "show lock", "check lock", "check lock --bug no-wait --full", "replay lock --steps Take(0)", "bugs lock", "simulate lock --seed 1", "audit lock", "help", "completion zsh", "--version",
	} {
		one, _, _ := run(strings.Fields(line)...)
		two, _, _ := run(strings.Fields(line)...)
		if one != two || one == "" {
			t.Errorf("%s: got\n%s and then\n%s", line, one, two)
		}
	}
}

// Each command has a line in the list, and explains itself in its help.
func TestEveryCommandHasHelp(t *testing.T) {
	for _, name := range []string{"list", "show", "check", "resume", "bugs", "audit", "simulate", "replay", "completion", "help"} {
		stdout, _, status := run("help", name)
		if status != 0 || len(strings.Split(stdout, "\n")) < 5 || !strings.Contains(stdout, "--color") {
			t.Errorf("help %s: status %d\n%s", name, status, stdout)
		}
	}
}
