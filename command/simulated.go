package command

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/muster-mc/muster/command/internal/output"
	"github.com/muster-mc/muster/explore"
)

// simulation prints what random walks found, for people.
func (a *answer) simulation(r *explore.Simulation, list []explore.PropertyReport) {
	if r.Verdict == explore.Violated {
		a.line("%s: %s", a.style.Red("violated"), strings.Join(propertiesOf(violatedOf(list)), ", "))
	} else {
		a.line("%s: %s; that says nothing about what they did not see", a.style.Yellow("nothing found"), "in "+output.Count(r.Walks, "random walk"))
	}
	if r.Reason != "" {
		a.line("%s: %s", a.style.Yellow("and incomplete"), r.Reason)
	}
	a.table([]string{">seed", ">walks", ">steps", ">longest"}, [][]string{
		{strconv.FormatUint(r.Seed, 10), output.Commas(r.Walks), output.Commas(r.Taken), output.Commas(uint64(r.Longest))},
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
			output.Count(r.Seen.States, "state"), output.Count(r.Seen.Steps, "step"))
	}
	return fmt.Sprintf("saw %s of %s (%s) and %s of %s (%s)",
		output.Commas(r.Seen.States), output.Count(r.Reachable.States, "reachable state"), output.Share(r.Seen.States, r.Reachable.States),
		output.Commas(r.Seen.Steps), output.Count(r.Reachable.Steps, "step"), output.Share(r.Seen.Steps, r.Reachable.Steps))
}

func (a *answer) taken(list []explore.ActionTaken) {
	var rows [][]string
	for _, x := range list {
		rows = append(rows, []string{x.Name, x.Fault, output.Commas(x.Taken)})
	}
	a.table([]string{"action", "fault", ">taken"}, rows)
}

// shortened says what the trace shows, and how long the walk to it was.
func shortened(p explore.PropertyReport, r *explore.Simulation) string {
	s := strings.TrimSuffix(claim(p, ""), " (shortest):")
	if p.Verdict == explore.Violated && r.Found > p.Trace.Length {
		s += fmt.Sprintf(" (shortened from %s)", output.Commas(uint64(r.Found)))
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
