package report

import (
	"strings"

	"github.com/muster-mc/muster/explore"
)

// Vacuous lists the actions, implications and guards of a kind that were never
// put to the test.
type Vacuous struct {
	kind  string
	names []string
}

func (v Vacuous) String() string { return v.kind + ": " + strings.Join(v.names, ", ") }

// VacuousOf are those that --strict turns into failures.
func VacuousOf(v explore.Vacuity) []Vacuous {
	var list []Vacuous
	for _, x := range []Vacuous{
		{"never enabled", v.NeverEnabled},
		{"true of nothing, for the left side was never true", v.NeverApplied},
		{"guards that were never the reason", v.NeverRefused},
	} {
		if len(x.names) > 0 {
			list = append(list, x)
		}
	}
	return list
}

// vacuity prints a warning for each of them.
func (p *Printer) vacuity(v explore.Vacuity) {
	start := "\n"
	for _, x := range VacuousOf(v) {
		p.Line("%s%s: %s", start, p.Style.Yellow("warning"), x)
		start = ""
	}
	if len(v.NeverDiscovered) > 0 {
		p.Line("%snote: led to known states only: %s", start, strings.Join(v.NeverDiscovered, ", "))
	}
}
