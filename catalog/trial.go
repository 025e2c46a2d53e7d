package catalog

import (
	"context"
	"fmt"

	"github.com/muster-mc/muster/explore"
)

// Trial puts one variant of an entry to the test: a bug, which must break the
// property that it names in as many states as it says, or a fix, under which
// every property must hold.
type Trial struct {
	Entry Entry
	Bug   *Bug // one of these two is set
	Fix   *Fix
}

// Trials are the entry's bugs and fixes, in their order.
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

// Name is the bug's or the fix's.
func (t Trial) Name() string {
	if t.Bug != nil {
		return t.Bug.Name
	}
	return t.Fix.Name
}

// Doc is the bug's or the fix's.
func (t Trial) Doc() string {
	if t.Bug != nil {
		return t.Bug.Doc
	}
	return t.Fix.Doc
}

// Settings are those that the trial runs with.
func (t Trial) Settings() Settings {
	if t.Bug != nil {
		return Settings{Bug: t.Bug.Name}
	}
	return Settings{Fix: t.Fix.Name}
}

// Run explores the model with the bug or the fix in it.
func (t Trial) Run(ctx context.Context, o explore.Options) (Outcome, error) {
	m, err := t.Entry.Open(t.Settings())
	if err != nil {
		return Outcome{}, err
	}
	r, err := m.Check(ctx, o)
	return Outcome{Trial: t, Report: r}, err
}

// Outcome is what became of a trial.
type Outcome struct {
	Trial  Trial
	Report *explore.Report
}

// Broke is the property that the variant broke, and how many states its
// shortest counterexample has. When one state breaks several properties, it is
// the one that the bug names, or else the first. No name: none broke.
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

// Problem says in what the trial came out otherwise than its entry states, or
// nothing.
func (o Outcome) Problem() string {
	want := Bug{}
	if o.Trial.Bug != nil {
		want = *o.Trial.Bug
	}
	property, length := o.Broke()
	switch {
	case o.Report.Verdict == explore.Incomplete:
		return "incomplete: " + o.Report.Reason
	case property == want.Breaks && length == want.Length:
		return ""
	case property == "":
		return "breaks nothing"
	}
	return fmt.Sprintf("breaks %s%s", property, in(length))
}

// in says how long a counterexample is; what is never reached has none.
func in(length int) string {
	switch length {
	case 0:
		return ""
	case 1:
		return " in 1 state"
	}
	return fmt.Sprintf(" in %d states", length)
}
