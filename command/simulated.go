package command

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/muster-mc/muster/explore"
)

// simulation prints what random walks found, for people.
func (a *answer) simulation(r *explore.Simulation, list []explore.PropertyReport) {
	if r.Verdict == explore.Violated {
		a.line("%s: %s", a.style.red("violated"), strings.Join(propertiesOf(violatedOf(list)), ", "))
	} else {
		a.line("%s: %s; that says nothing about what they did not see", a.style.yellow("nothing found"), "in "+several(r.Walks, "random walk"))
	}
	if r.Reason != "" {
		a.line("%s: %s", a.style.yellow("and incomplete"), r.Reason)
	}
	a.table([]string{">seed", ">walks", ">steps", ">longest"}, [][]string{
		{strconv.FormatUint(r.Seed, 10), commas(r.Walks), commas(r.Taken), commas(uint64(r.Longest))},
	})
	a.line("\n  %s", seenOf(r))
	a.properties(withoutTraces(r.Properties))
	a.taken(r.Actions)
	for _, bound := range r.Bounds {
		a.line("\n  within %s", bound)
	}
	a.runs(list, func(p explore.PropertyReport, before string) string {
		if before != "" {
			return claim(p, before)
		}
		return shortened(p, r) + ":"
	})
}

// seenOf says how much the walks saw.
func seenOf(r *explore.Simulation) string {
	if r.Reachable == nil {
		return fmt.Sprintf("saw %s and %s; how many there are is not known",
			several(r.Seen.States, "state"), several(r.Seen.Steps, "step"))
	}
	return fmt.Sprintf("saw %s of %s (%s) and %s of %s (%s)",
		commas(r.Seen.States), several(r.Reachable.States, "reachable state"), share(r.Seen.States, r.Reachable.States),
		commas(r.Seen.Steps), several(r.Reachable.Steps, "step"), share(r.Seen.Steps, r.Reachable.Steps))
}

// share is a part in percent. Nothing but all of it is 100 %, and nothing but
// none of it 0.
func share(part, of uint64) string {
	percent := 100 * float64(part) / float64(max(of, 1))
	switch {
	case part == of:
		return "100 %"
	case part > 0:
		percent = min(max(percent, 0.1), 99.9)
	}
	return fmt.Sprintf("%.1f %%", percent)
}

func (a *answer) taken(list []explore.ActionTaken) {
	var rows [][]string
	for _, x := range list {
		rows = append(rows, []string{x.Name, x.Fault, commas(x.Taken)})
	}
	a.table([]string{"action", "fault", ">taken"}, rows)
}

// shortened says what the trace shows, and how long the walk to it was.
func shortened(p explore.PropertyReport, r *explore.Simulation) string {
	s := strings.TrimSuffix(claim(p, ""), " (shortest):")
	if p.Verdict == explore.Violated && r.Found > p.Trace.Length {
		s += fmt.Sprintf(" (shortened from %s)", commas(uint64(r.Found)))
	}
	return s
}

func violatedOf(list []explore.PropertyReport) []explore.PropertyReport {
	return slices.DeleteFunc(slices.Clone(list), func(p explore.PropertyReport) bool { return p.Verdict != explore.Violated })
}

// withoutTraces: a walk's length says nothing of a property.
func withoutTraces(list []explore.PropertyReport) []explore.PropertyReport {
	list = slices.Clone(list)
	for i := range list {
		list[i].Trace = nil
	}
	return list
}
