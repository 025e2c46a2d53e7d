// Package mc runs the command mc as a process, and says what a check took.
package mc

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// Run is one check. Seconds are of processor time, those of the system among them: mostly for
// memory that is cleared when it is first written to. Resident is the most memory in bytes.
type Run struct {
	Seconds  float64
	System   float64
	Resident int64
	Counts   Counts
}

// Counts are those of the report.
type Counts struct {
	Distinct  uint64 `json:"distinct"`
	Generated uint64 `json:"generated"`
	Depth     int    `json:"depth"`
}

// Build builds the command in the current module. The caller calls remove in the end.
func Build() (path string, remove func(), err error) {
	dir, err := os.MkdirTemp("", "mc")
	if err != nil {
		return "", nil, err
	}
	path, remove = filepath.Join(dir, "mc"), func() { os.RemoveAll(dir) }
	build := exec.Command("go", "build", "-o", path, "./cmd/mc")
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		remove()
		return "", nil, fmt.Errorf("go build: %w", err)
	}
	return path, remove, nil
}

// Check runs a check with one worker. The exit status must be one of those that are given: 0
// for a model that holds, 1 for one that does not, 3 for one that a limit has ended.
func Check(path string, statuses []int, args ...string) (r Run, err error) {
	c := exec.Command(path, append(append([]string{"check"}, args...), "--workers", "1", "--json")...)
	c.Stderr = os.Stderr
	out, err := c.Output()
	var status *exec.ExitError
	if err != nil && !(errors.As(err, &status) && slices.Contains(statuses, status.ExitCode())) {
		return r, fmt.Errorf("mc check %s: %w", strings.Join(args, " "), err)
	}
	report := struct {
		Counts *Counts `json:"counts"`
	}{&r.Counts}
	if err := json.Unmarshal(out, &report); err != nil {
		return r, fmt.Errorf("mc check %s: %w", strings.Join(args, " "), err)
	}
	r.System = c.ProcessState.SystemTime().Seconds()
	r.Seconds = c.ProcessState.UserTime().Seconds() + r.System
	r.Resident = resident(c.ProcessState)
	return r, nil
}

// Median is the run with the median time.
func Median(list []Run) Run {
	list = slices.SortedFunc(slices.Values(list), func(a, b Run) int { return int((a.Seconds - b.Seconds) * 1e6) })
	return list[len(list)/2]
}
