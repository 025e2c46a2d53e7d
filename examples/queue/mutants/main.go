// Command mutants breaks the job queue in ten ways, one at a time, and tests each broken
// queue by the model. It says which test noticed, how short the run is that shows the
// mistake, and how short the shortest one is, which it finds by trying all shorter runs.
//
//	go run ./mutants
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
type mutant struct{ name, file, old, new string }

var mutants = []mutant{
	{"the queue holds one job too many", "queue.go", ">= q.capacity", "> q.capacity"},
	{"a taken job gives its place away", "queue.go", "len(q.waiting)+len(q.taken) >=", "len(q.waiting) >="},
	{"a job is handed out and waits, too", "queue.go", "q.waiting = q.waiting[1:]\n", ""},
	{"an expired job is forgotten", "queue.go", "	q.waiting = append(q.waiting, key)\n}\n\n// Acknowledge", "}\n\n// Acknowledge"},
	{"an expired job stays taken", "queue.go", "	delete(q.taken, key)\n	q.waiting", "	q.waiting"},
	{"a job that was acknowledged is not done", "queue.go", "	q.done[key] = true\n", ""},
	{"whoever acknowledges is believed", "queue.go", "h == nil || h.worker != worker", "h == nil"},
	{"a job that was acknowledged comes back", "queue.go", "	h.timer.Stop()\n	delete(q.taken, key)\n	q.done", "	q.done"},
	{"a second run takes effect", "worker.go", "if r.effects[key] > 0 {", "if false {"},
	{"a late worker keeps its job", "worker.go", "	w.Queue.Acknowledge(w.Name, w.key)\n", "	if !w.Queue.Acknowledge(w.Name, w.key) {\n		return\n	}\n"},
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "mutants:", err)
		os.Exit(1)
	}
}

func run() error {
	fmt.Printf("%-40s  %6s  %6s  %8s  %s\n", "mutant", "found", "shown", "shortest", "ratio")
	var wrong []string
	for _, m := range mutants {
		overlay, clean, err := m.overlay()
		if err != nil {
			return err
		}
		shown, err := test(overlay, 0)
		var shortest outcome
		if err == nil && shown.killed {
			shortest, err = test(overlay, 1_000_000)
		}
		clean()
		if err != nil {
			return fmt.Errorf("%s: %w", m.name, err)
		}
		if !shown.killed {
			wrong = append(wrong, m.name+" survives")
			fmt.Printf("%-40s  survives\n", m.name)
			continue
		}
		ratio := float64(shown.steps) / float64(shortest.steps)
		fmt.Printf("%-40s  %6d  %6d  %8d  %.2f\n", m.name, shown.found, shown.steps, shortest.steps, ratio)
		if ratio > 1.5 || !shortest.proved {
			wrong = append(wrong, m.name+" is not shown as short as it should be")
		}
	}
	if len(wrong) > 0 {
		return fmt.Errorf("%s", strings.Join(wrong, "; "))
	}
	return nil
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

var shortened = regexp.MustCompile(`shortened from (\d+) steps? to (\d+), .*?(; no shorter run fails)?\n`)

// test tests the work package with a file replaced.
func test(overlay string, trials int) (outcome, error) {
	cmd := exec.Command("go", "test", "-vet=off", "-overlay", overlay, "-run", "^TestQueue$", "./work", "-trials", strconv.Itoa(trials))
	out, err := cmd.CombinedOutput()
	if err == nil {
		return outcome{}, nil
	}
	m := shortened.FindStringSubmatch(string(out))
	if m == nil {
		return outcome{}, fmt.Errorf("%w\n%s", err, out)
	}
	found, _ := strconv.Atoi(m[1])
	steps, _ := strconv.Atoi(m[2])
	return outcome{true, found, steps, m[3] != ""}, nil
}
