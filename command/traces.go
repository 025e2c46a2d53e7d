package command

import (
	"fmt"
	"strings"

	"github.com/muster-mc/muster/explore"
)

// traces shows the way to each of these properties' violation, or to what was
// reached.
func (a *answer) traces(list []explore.PropertyReport) { a.runs(list, claim) }

// runs shows traces under what is claimed of them. A run that several share is
// shown once.
func (a *answer) runs(list []explore.PropertyReport, claim func(p explore.PropertyReport, before string) string) {
	shownFor := map[string]string{} // the property, by the text of its trace
	for _, p := range list {
		text := a.textOf(p)
		before, same := shownFor[text]
		a.line("\n%s", a.style.bold(claim(p, before)))
		a.detail(p)
		if !same && p.Trace != nil {
			fmt.Fprint(a.w, text)
			shownFor[text] = p.Name
		}
	}
}

// detail is what the property says is wrong, or what a panic said.
func (a *answer) detail(p explore.PropertyReport) {
	for line := range strings.Lines(p.Detail) {
		a.line("  %s", strings.TrimRight(line, "\n"))
	}
}

func (a *answer) textOf(p explore.PropertyReport) string {
	if p.Trace == nil {
		return ""
	}
	var b strings.Builder
	p.Trace.Text(&b, a.text)
	return b.String()
}

// claim says what the trace that follows shows, or that it is the same as that
// of a property before.
func claim(p explore.PropertyReport, before string) string {
	if p.Trace == nil {
		return p.Name + " is never reached: no reachable state satisfies it"
	}
	what := fmt.Sprintf("%s is %s", p.Name, p.Verdict)
	switch p.Kind {
	case "deadlock", "panic":
		what = p.Name
	case "always-step":
		what += " by the last step"
	}
	if p.Trace.Loop > 0 {
		what += " by a run that never ends"
	}
	what += ", in " + several(uint64(p.Trace.Length), "state")
	if before != "" {
		return what + ": the same as for " + before
	}
	return what + howShort(p) + ":"
}

// howShort says what is known of a trace: a run with a loop is the shortest only as far
// as that was proved.
func howShort(p explore.PropertyReport) string {
	switch {
	case p.Trace.Loop == 0:
		return " (shortest)"
	case p.Shortest == explore.ShortestLoop:
		return " (no shorter way into such a loop, no shorter loop there)"
	case p.Shortest == explore.ShortestStem:
		return " (no shorter way into such a loop)"
	}
	return ""
}
