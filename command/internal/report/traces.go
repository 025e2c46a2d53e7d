package report

import (
	"fmt"
	"strings"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/internal/number"
	"github.com/muster-mc/muster/trace"
)

// Traces prints the trace of each property under its claim. A trace that several
// properties share is printed once: the claim of the others gets the name of the
// property before.
func (p *Printer) Traces(list []explore.PropertyReport, claim func(x explore.PropertyReport, before string) string) {
	shownFor := map[string]string{} // the property, by the text of its trace
	for _, x := range list {
		text := p.textOf(x)
		before, same := shownFor[text]
		p.Line("\n%s", p.Style.Bold(claim(x, before)))
		p.detail(x)
		if !same && x.Trace != nil {
			fmt.Fprint(p.out, text)
			shownFor[text] = x.Name
		}
		p.further(x)
	}
}

// further prints the violations of a property after the first.
func (p *Printer) further(x explore.PropertyReport) {
	for i, f := range x.Further {
		again := x
		again.Detail, again.Trace = f.Detail, f.Trace
		p.Line("\n%s", p.Style.Bold(fmt.Sprintf("%s (%d of %d):", subject(again), i+2, len(x.Further)+1)))
		p.detail(again)
		p.Trace(f.Trace)
	}
}

// Trace prints one trace.
func (p *Printer) Trace(t *trace.Trace) { t.Text(p.out, p.text) }

func (p *Printer) textOf(x explore.PropertyReport) string {
	if x.Trace == nil {
		return ""
	}
	var b strings.Builder
	x.Trace.Text(&b, p.text)
	return b.String()
}

// detail prints the explanation of the property, or the message of a panic.
func (p *Printer) detail(x explore.PropertyReport) {
	for line := range strings.Lines(x.Detail) {
		p.Line("  %s", strings.TrimRight(line, "\n"))
	}
}

// Claim says what the trace of a property shows, or that it is the same as the
// trace of a property before.
func Claim(x explore.PropertyReport, before string) string {
	switch {
	case x.Trace == nil:
		return x.Name + " is never reached: no reachable state satisfies it"
	case before != "":
		return subject(x) + ": the same as for " + before
	}
	return subject(x) + howShort(x) + ":"
}

// howShort says what is known of the length of a trace. A run with a loop is called
// short only as far as that was proved.
func howShort(x explore.PropertyReport) string {
	switch {
	case x.Trace.Loop == 0:
		return " (shortest)"
	case x.Shortest == explore.ShortestLoop:
		return " (no shorter way into such a loop, no shorter loop there)"
	case x.Shortest == explore.ShortestStem:
		return " (no shorter way into such a loop)"
	}
	return ""
}

// Title is the claim of a property as a title.
func Title(x explore.PropertyReport) string {
	if x.Trace == nil {
		return Claim(x, "")
	}
	return subject(x)
}

func subject(x explore.PropertyReport) string {
	s := fmt.Sprintf("%s is %s", x.Name, x.Verdict)
	switch x.Kind {
	case "deadlock", "panic":
		s = x.Name
	case "always-step":
		s += " by the last step"
	}
	if x.Trace.Loop > 0 {
		s += " by a run that never ends"
	}
	return s + ", " + after(x.Trace)
}

// after says how long a trace is. That of a panic in Init has no state.
func after(t *trace.Trace) string {
	if t.Length == 0 {
		return "before the first state"
	}
	return "in " + number.Count(uint64(t.Length), "state")
}

// HasTrace reports whether a property has a trace.
func HasTrace(x explore.PropertyReport) bool { return x.Trace != nil }
