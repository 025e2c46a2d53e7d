package catalog

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/muster-mc/muster/explore"
)

// Trial checks one variant of an entry. A bug must break its property with a shortest
// counterexample of the stated length; with a fix, every property must hold.
type Trial struct {
	Entry Entry
	Bug   *Bug // either Bug or Fix is set
	Fix   *Fix
}

// Trials returns a trial for each bug and each fix, in their order.
func (e Entry) Trials() []Trial {
	var all []Trial
	d := e.details()
	for i := range d.bugs {
		all = append(all, Trial{Entry: e, Bug: &d.bugs[i]})
	}
	for i := range d.fixes {
		all = append(all, Trial{Entry: e, Fix: &d.fixes[i]})
	}
	return all
}

// Name returns the name of the bug or the fix.
func (t Trial) Name() string {
	if t.Bug != nil {
		return t.Bug.Name
	}
	return t.Fix.Name
}

// Doc returns the description of the bug or the fix.
func (t Trial) Doc() string {
	if t.Bug != nil {
		return t.Bug.Doc
	}
	return t.Fix.Doc
}

// Settings returns the settings of the trial.
func (t Trial) Settings() Settings {
	if t.Bug != nil {
		return Settings{Bug: t.Bug.Name}
	}
	return Settings{Fix: t.Fix.Name}
}

// Run explores the model with the bug or the fix.
func (t Trial) Run(ctx context.Context, o explore.Options) (Outcome, error) {
	m, err := t.Entry.Open(t.Settings())
	if err != nil {
		return Outcome{}, err
	}
	r, err := m.Check(ctx, o)
	return Outcome{Trial: t, Report: r}, err
}

// Outcome is the result of a trial.
type Outcome struct {
	Trial  Trial
	Report *explore.Report
}

// Broke returns the property that the variant broke, and the number of states in its
// shortest counterexample. Of several broken properties, Broke prefers the one that
// the bug names, and else returns the first. It returns "" if none is broken.
func (o Outcome) Broke() (property string, length int) {
	for _, p := range Violations(o.Report) {
		if property == "" || o.Trial.Bug != nil && p.Name == o.Trial.Bug.Breaks {
			property, length = p.Name, 0
			if p.Trace != nil {
				length = p.Trace.Length
			}
		}
	}
	return property, length
}

// Problem describes the difference between the outcome and the claims of the entry. It
// returns "" if there is none.
func (o Outcome) Problem() string {
	want := Bug{}
	if o.Trial.Bug != nil {
		want = *o.Trial.Bug
	}
	property, length := o.Broke()
	switch {
	case o.Report.Verdict == explore.Incomplete:
		return "incomplete: " + o.Report.Reason
	case property == want.Breaks && (length == want.Length || want.Length == 0):
		return ""
	case property == "":
		return "breaks nothing"
	}
	return fmt.Sprintf("breaks %s%s", property, in(length))
}

// in words the length of a counterexample. A property that is never reached has no
// counterexample.
func in(length int) string {
	switch length {
	case 0:
		return ""
	case 1:
		return " in 1 state"
	}
	return fmt.Sprintf(" in %d states", length)
}

// Violations returns the broken properties of a report, ordered by the length of their
// counterexamples. Properties that are never reached have none and come last.
func Violations(r *explore.Report) []explore.PropertyReport {
	var broken []explore.PropertyReport
	for _, p := range r.Properties {
		if p.Verdict == explore.Violated || p.Verdict == explore.Unreached {
			broken = append(broken, p)
		}
	}
	slices.SortStableFunc(broken, func(a, b explore.PropertyReport) int {
		return cmp.Compare(length(a), length(b))
	})
	return broken
}

// length returns the length of the counterexample, or MaxInt if there is none.
func length(p explore.PropertyReport) int {
	if p.Trace == nil {
		return math.MaxInt
	}
	return p.Trace.Length
}
