package command

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/command/internal/output"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/trace"
)

// rerun is a recorded trace that was run again, as far as the model goes along.
type rerun struct {
	*recorded
	model    catalog.Model
	walk     catalog.Walk
	departed *explore.ReplayError   // nil: it goes along to the end
	finding  explore.PropertyReport // what the trace was recorded for, if it is still found there
	gone     string                 // why it is not
}

// runAgain runs a recorded trace against the model as it is now.
func runAgain(m catalog.Model, rec *recorded) (*rerun, error) {
	w, err := m.Replay(context.Background(), rec.Trace)
	r := &rerun{recorded: rec, model: m, walk: w}
	switch {
	case errors.As(err, &r.departed):
		return r, nil
	case err != nil:
		return nil, err
	}
	r.finding, r.gone = r.lookAgain()
	return r, nil
}

// lookAgain looks for what the trace was recorded for.
func (r *rerun) lookAgain() (found explore.PropertyReport, gone string) {
	for _, p := range r.walk.Findings() {
		if p.Name == r.Property && p.Verdict == r.Verdict {
			return p, ""
		}
	}
	kind, known := r.kind()
	switch {
	case r.Property == "": // nobody claims anything of a run by hand
		return found, ""
	case r.Property == explore.Deadlock && r.onlyFaults():
		return explore.PropertyReport{Name: r.Property, Kind: kind, Verdict: r.Verdict, Detail: "nothing but faults leads on"}, ""
	case !known:
		return found, "the model has no property " + r.Property + " any more"
	}
	return found, fmt.Sprintf("%s is not %s %s any more", r.Property, r.Verdict, where(kind))
}

// kind is that of the property, if there still is one of its name.
func (r *rerun) kind() (kind string, known bool) {
	for _, p := range r.model.Properties() {
		if p.Name == r.Property {
			return string(p.Kind), true
		}
	}
	return "", r.Property == explore.Panic
}

// onlyFaults: this is a deadlock for a check that leaves faults out, and a trace
// does not tell whether it is from one.
func (r *rerun) onlyFaults() bool {
	faults, next := faultsOf(r.model), r.walk.Next()
	isProper := func(s trace.Step) bool { return faults[s.Action] == "" }
	return len(next) > 0 && !slices.ContainsFunc(next, isProper)
}

// problem says in what the run is not as it was recorded.
func (r *rerun) problem() error {
	switch {
	case r.departed != nil:
		return fmt.Errorf("the trace does not replay: %w", r.departed)
	case r.gone != "":
		return fmt.Errorf("the trace replays, but %s", r.gone)
	}
	return nil
}

// rerun shows a trace as far as it could be run again, and whether what it was
// recorded for is still found.
func (a *answer) rerun(r *rerun) {
	again := r.walk.Trace()
	verdict, same := a.style.Green("replayed"), again.Length
	if r.departed != nil {
		verdict, same = a.style.Red("departs"), r.departed.Step-1
	}
	a.line("%s: %d of %s as recorded\n", verdict, same, output.Count(uint64(r.Trace.Length), "state"))
	if r.Property != "" {
		a.line("%s", a.style.Bold(fmt.Sprintf("%s was %s:", r.Property, r.Verdict)))
	}
	again.Text(a.w, a.text)
	switch {
	case r.gone != "":
		a.line("\n%s", a.style.Bold(r.gone))
	case r.finding.Name != "":
		a.finding(r.finding, "is still")
	}
}
