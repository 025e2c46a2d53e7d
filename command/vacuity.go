package command

import (
	"fmt"
	"strings"

	"github.com/muster-mc/muster/explore"
)

// doubt is something that was never put to the test.
type doubt struct {
	what  string
	names []string
}

func (d doubt) String() string { return d.what + ": " + strings.Join(d.names, ", ") }

// doubts are those that strictness makes failures.
func doubts(v explore.Vacuity) []doubt {
	var list []doubt
	for _, d := range []doubt{
		{"never enabled", v.NeverEnabled},
		{"true of nothing, for the left side was never true", v.NeverApplied},
		{"true of every run, for no fair run stays inside the constraint", v.NoFairRun},
		{"guards that were never the reason", v.NeverRefused},
	} {
		if len(d.names) > 0 {
			list = append(list, d)
		}
	}
	return list
}

// vacuity warns of what was never put to the test.
func (a *answer) vacuity(v explore.Vacuity) {
	start := "\n"
	for _, d := range doubts(v) {
		a.line("%s%s: %s", start, a.style.yellow("warning"), d)
		start = ""
	}
	if len(v.NeverDiscovered) > 0 {
		a.line("%snote: led to known states only: %s", start, strings.Join(v.NeverDiscovered, ", "))
	}
}

// strictStatus turns an answer of holds into a failure if there are doubts, and
// says so.
func (k *check) strictStatus(t *tool, v explore.Vacuity) int {
	list := doubts(v)
	for _, d := range list {
		fmt.Fprintf(t.err, "%s: --strict: %s\n", t.name, d)
	}
	if len(list) > 0 {
		return statusViolated
	}
	return statusHolds
}
