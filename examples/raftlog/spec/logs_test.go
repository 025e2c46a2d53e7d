package spec

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/muster-mc/muster/conform"
)

// driven is the group of the driver.
var driven = Config{Nodes: 5, Voters: 3}

// logsOf are logs that the driver makes, with the tag with which the library traces.
func logsOf(t testing.TB, logs int, flags ...string) []conform.Input {
	t.Helper()
	folder := t.TempDir()
	cmd := exec.Command("go", append([]string{"run", "-tags", "with_tla", "../driver", "-out", folder, "-logs", fmt.Sprint(logs)}, flags...)...)
	cmd.Env = append(os.Environ(), "GOWORK=off")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("the driver: %v\n%s", err, out)
	}
	names, err := filepath.Glob(filepath.Join(folder, "*.ndjson"))
	if err != nil || len(names) != logs {
		t.Fatalf("the driver made %d logs, want %d (%v)", len(names), logs, err)
	}
	inputs, err := conform.Files(names...)
	if err != nil {
		t.Fatal(err)
	}
	for i := range inputs {
		inputs[i].Name = filepath.Base(inputs[i].Name)
	}
	return inputs
}

func check(t *testing.T, c Config, log conform.Input) *conform.Report {
	t.Helper()
	r, err := conform.Check(t.Context(), Records(c), []conform.Input{log}, conform.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// The log that the library carries is accepted: ten nodes, nine changes of the configuration.
func TestTheLogOfTheLibrary(t *testing.T) {
	folder, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "go.etcd.io/raft/v3").Output()
	if err != nil {
		t.Fatal(err)
	}
	logs, err := conform.Files(filepath.Join(strings.TrimSpace(string(folder)), "tla", "example.ndjson"))
	if err != nil {
		t.Fatal(err)
	}
	r := check(t, Config{Nodes: 10, Fresh: true}, logs[0])
	if r.Verdict != conform.Accepted || r.Records != 4888 || len(r.Violations) > 0 {
		t.Fatal(textOf(r))
	}
	if got := strings.Join(r.NotTaken, " "); got != "ReceiveStale" {
		t.Errorf("not taken: %s, want ReceiveStale", got)
	}
}

// Logs of the driver are accepted, and together they exercise everything but what a group
// with a snapshot does not do.
func TestLogsOfTheDriver(t *testing.T) {
	never := map[string]int{}
	logs := logsOf(t, *logCount)
	for _, log := range logs {
		r := check(t, driven, log)
		if r.Verdict != conform.Accepted || len(r.Violations) > 0 {
			t.Fatal(textOf(r))
		}
		for _, name := range r.NotTaken {
			never[name]++
		}
	}
	for name, n := range never {
		if n == len(logs) && name != "Bootstrap" && name != "Join" {
			t.Errorf("no log has a step of %s", name)
		}
	}
}

var (
	logCount  = flag.Int("logs", 6, "the number of logs that the driver makes")
	mutations = flag.Int("mutations", 100, "the number of wrong logs")
)

// A fault in the application around the library is found by the guard that it breaks.
func TestPlantedFaults(t *testing.T) {
	for fault, guard := range map[string]string{
		"forget-vote": "a node comes back with the vote that it gave",
		"apply-early": "the change is committed",
	} {
		for _, log := range logsOf(t, 3, "-fault", fault, "-steps", "800") {
			r := check(t, driven, log)
			if r.Verdict != conform.Rejected {
				t.Errorf("%s: %s is %s", fault, log.Name, r.Verdict)
				continue
			}
			why := r.Candidates[0].Why[0]
			if len(why.Guards) != 1 || why.Guards[0].Guard != guard {
				t.Errorf("%s: %s is rejected, but not by the guard %q:\n%s", fault, log.Name, guard, textOf(r))
			}
		}
	}
}

func textOf(r *conform.Report) string {
	var text strings.Builder
	r.WriteText(&text)
	return text.String()
}

// The records of each node in a file of its own are accepted too: no clock is needed, for the
// model knows that a message is received after it was sent. Without the file of one node they
// are rejected.
func TestAFileForEachNode(t *testing.T) {
	log := logsOf(t, 1, "-seed", "11", "-steps", "1500")[0]
	files := make([]conform.Input, driven.Nodes)
	for i := range files {
		files[i].Name = fmt.Sprintf("node%d.ndjson", i+1)
	}
	for line := range strings.Lines(string(log.Data)) {
		r, err := conform.ParseFields(line)
		if err != nil {
			t.Fatal(err)
		}
		f := &files[r.Int("event.nid")-1]
		f.Data = append(f.Data, line...)
	}
	l := Records(driven)
	l.Independent = true
	r, err := conform.Check(t.Context(), l, files, conform.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if r.Verdict != conform.Accepted || r.States != r.Records+1 {
		t.Fatal(textOf(r))
	}
	files[0].Data, files[1].Data = files[1].Data, files[0].Data // the names of files mean nothing
	if r, err = conform.Check(t.Context(), l, files, conform.Options{}); err != nil || r.Verdict != conform.Accepted {
		t.Fatal(err, r)
	}
	files = files[1:] // the first node is missing
	if r, err = conform.Check(t.Context(), l, files, conform.Options{}); err != nil || r.Verdict != conform.Rejected {
		t.Fatal(err, r)
	}
}
