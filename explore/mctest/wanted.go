package mctest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/internal/number"
)

// unlike says how a run differs from one that violates the property in length states, or
// nothing if it does not differ. A report lists deadlocks only where they are looked for,
// and panics only if there was one, so their absence is no mistake in the name.
func unlike(r *explore.Report, property string, length int) string {
	i := slices.IndexFunc(r.Properties, func(p explore.PropertyReport) bool { return p.Name == property })
	if i >= 0 && violated(r.Properties[i]) && (length == 0 || length == lengthOf(r.Properties[i])) {
		return ""
	}
	s := "want " + property + " violated"
	if length != 0 {
		s += ", in " + number.Count(length, "state")
	}
	s += "; but "
	if i < 0 && property != "Deadlock" && property != "Panic" {
		return s + r.Model + " has no such property; there are " + names(r) + "\n"
	}
	return s + findings(r) + perhaps(r)
}

// perhaps is why nothing was violated that should have been. It speaks only of a run that
// holds: in any other, the search ended early, and actions that were not enabled yet may
// be so later.
func perhaps(r *explore.Report) string {
	idle := neverEnabled(r)
	if r.Verdict != explore.Holds || len(idle) == 0 {
		return ""
	}
	return "never enabled: " + strings.Join(idle, ", ") + "\n"
}

func lengthOf(p explore.PropertyReport) int {
	if p.Trace == nil {
		return 0
	}
	return p.Trace.Length
}

func names(r *explore.Report) string {
	var list []string
	for _, p := range r.Properties {
		list = append(list, p.Name)
	}
	return strings.Join(list, ", ")
}

// miscounted lists what differs from what is wanted. All differences are listed, because
// together they often tell more than the first one.
func miscounted(got, want explore.Counts) string {
	var list []string
	compare := func(name string, got, want uint64) {
		if want != 0 && got != want {
			list = append(list, fmt.Sprintf("%s %d, want %d", name, got, want))
		}
	}
	compare("initial", got.Initial, want.Initial)
	compare("distinct", got.Distinct, want.Distinct)
	compare("generated", got.Generated, want.Generated)
	compare("depth", uint64(got.Depth), uint64(want.Depth))
	if want.Levels != nil && !slices.Equal(got.Levels, want.Levels) {
		list = append(list, fmt.Sprintf("levels %v, want %v", got.Levels, want.Levels))
	}
	return strings.Join(list, "; ")
}
