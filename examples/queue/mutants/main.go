// Command mutants breaks the job queue in a dozen ways, one at a time, and tests each
// broken queue by the model. It says how short the run is that shows the mistake, and how
// short the shortest one is, which it finds by trying all shorter runs.
//
//	go run ./mutants
//
// Ten mistakes are found by the default suite. Two show only in what the queue should
// refuse, and are found by the suite with Refusals.
//
// The source stays as it is: the go command is given a changed copy by -overlay. The exit
// status is 1 if a mutant survives, or if a run is longer than 1.5 times the shortest.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// mutant is a mistake: a text of a file that is replaced by another one.
type mutant struct{ test, name, file, old, new string }

const (
	byDefault  = "TestQueue"
	byRefusals = "TestRefusals"
)

var mutants = []mutant{
	{byDefault, "a job is handed out and waits, too", "queue.go", "q.waiting = q.waiting[1:]\n", ""},
	{byDefault, "a lease lasts too long", "queue.go", "AfterFunc(q.lease,", "AfterFunc(2*q.lease,"},
	{byDefault, "an expired job is forgotten", "queue.go", "	q.waiting = append(q.waiting, key)\n}\n\n// Acknowledge", "}\n\n// Acknowledge"},
	{byDefault, "an expired job comes back twice", "queue.go", "append(q.waiting, key)\n}\n\n// Acknowledge", "append(q.waiting, key, key)\n}\n\n// Acknowledge"},
	{byDefault, "an expired job stays taken", "queue.go", "	delete(q.taken, key)\n	q.waiting", "	q.waiting"},
	{byDefault, "an acknowledged job is not done", "queue.go", "	q.done[key] = true\n", ""},
	{byDefault, "an acknowledged job stays taken", "queue.go", "	h.timer.Stop()\n	delete(q.taken, key)\n	q.done", "	q.done"},
	{byDefault, "an acknowledgement of any worker is believed", "queue.go", "h == nil || h.worker != worker", "h == nil"},
	{byDefault, "a second run takes effect", "worker.go", "if r.effects[key] > 0 {", "if false {"},
	{byDefault, "a late worker keeps its job", "worker.go", "	w.Queue.Acknowledge(w.Name, w.key)\n", "	if !w.Queue.Acknowledge(w.Name, w.key) {\n		return\n	}\n"},
	{byRefusals, "the queue holds one job too many", "queue.go", ">= q.capacity", "> q.capacity"},
	{byRefusals, "a taken job gives its place away", "queue.go", "len(q.waiting)+len(q.taken) >=", "len(q.waiting) >="},
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "mutants:", err)
		os.Exit(1)
	}
}

func run() error {
	fmt.Printf("%-34s  %-12s  %5s  %5s  %8s  %s\n", "mutant", "found by", "found", "shown", "shortest", "ratio")
	var wrong []string
	for _, m := range mutants {
		complaint, err := m.try()
		if err != nil {
			return fmt.Errorf("%s: %w", m.name, err)
		}
		if complaint != "" {
			wrong = append(wrong, m.name+complaint)
		}
	}
	if len(wrong) > 0 {
		return fmt.Errorf("%s", strings.Join(wrong, "; "))
	}
	return nil
}

// try tests a mutant, and prints a line. The complaint is what should not be. No run with
// refusals is proved to be shortest, for they are not tried everywhere.
func (m mutant) try() (complaint string, err error) {
	overlay, clean, err := m.overlay()
	if err != nil {
		return "", err
	}
	defer clean()
	shown, err := test(overlay, m.test, 0)
	if err != nil {
		return "", err
	}
	if !shown.killed {
		fmt.Printf("%-34s  survives\n", m.name)
		return " survives", nil
	}
	if m.test == byRefusals {
		fmt.Printf("%-34s  %-12s  %5d  %5d\n", m.name, m.test, shown.found, shown.steps)
		return "", nil
	}
	shortest, err := test(overlay, m.test, 1_000_000)
	if err != nil {
		return "", err
	}
	ratio := float64(shown.steps) / float64(shortest.steps)
	fmt.Printf("%-34s  %-12s  %5d  %5d  %8d  %.2f\n", m.name, m.test, shown.found, shown.steps, shortest.steps, ratio)
	if ratio > 1.5 || !shortest.proved {
		return " is not shown as short as it should be", nil
	}
	return "", nil
}

// overlay writes a changed copy of a file, and the JSON that tells the go command of it.
func (m mutant) overlay() (name string, clean func(), err error) {
	file, err := filepath.Abs(filepath.Join("work", m.file))
	if err != nil {
		return "", nil, err
	}
	source, err := os.ReadFile(file)
	if err != nil {
		return "", nil, err
	}
	if n := strings.Count(string(source), m.old); n != 1 {
		return "", nil, fmt.Errorf("%s: the text to change is there %d times", m.name, n)
	}
	dir, err := os.MkdirTemp("", "mutant")
	if err != nil {
		return "", nil, err
	}
	changed := filepath.Join(dir, m.file)
	text, err := json.Marshal(map[string]any{"Replace": map[string]string{file: changed}})
	if err != nil {
		return "", nil, err
	}
	name = filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(changed, []byte(strings.Replace(string(source), m.old, m.new, 1)), 0o666); err != nil {
		return "", nil, err
	}
	return name, func() { os.RemoveAll(dir) }, os.WriteFile(name, text, 0o666)
}

// outcome is what the test of a mutant came to.
type outcome struct {
	killed       bool
	found, steps int  // of the run as it was found, and as it is shown
	proved       bool // no shorter run fails
}

var shortened = regexp.MustCompile(`(?:shortened from (\d+) steps? to|as found, in) (\d+)[ ,].*?(; no shorter run fails)?\n`)

// test tests the work package with a file replaced.
func test(overlay, name string, trials int) (outcome, error) {
	cmd := exec.Command("go", "test", "-vet=off", "-overlay", overlay, "-run", "^"+name+"$", "./work", "-trials", strconv.Itoa(trials))
	out, err := cmd.CombinedOutput()
	if err == nil {
		return outcome{}, nil
	}
	m := shortened.FindStringSubmatch(string(out))
	if m == nil {
		return outcome{}, fmt.Errorf("%w\n%s", err, out)
	}
	steps, _ := strconv.Atoi(m[2])
	found, err := strconv.Atoi(m[1])
	if err != nil { // as found
		found = steps
	}
	return outcome{true, found, steps, m[3] != ""}, nil
}
