package command

import (
	"slices"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/command/internal/exit"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// ending is where a run along a trace or along steps came to, for programs: a
// trace file, and what there is to be said of the last state. The package comment
// has the schema.
type ending struct {
	recorded
	Problem    string                   `json:"problem,omitempty"`
	Properties []explore.PropertyReport `json:"properties"`
	Next       []trace.Step             `json:"next"`
}

// endOf is the end of a walk. The trace in it is one to this finding, if it is
// one.
func endOf(m catalog.Model, w catalog.Walk, of explore.PropertyReport, problem error) ending {
	of.Trace = w.Trace()
	e := ending{recorded: record(m, of), Properties: w.Findings(), Next: w.Next()}
	if problem != nil {
		e.Problem = exit.Message(problem)
	}
	return e
}

// ending says what is found where a walk ended, and what is possible there.
func (a *answer) ending(m catalog.Model, w catalog.Walk) {
	list := w.Findings()
	for _, p := range list {
		a.finding(p, "is")
	}
	if !slices.ContainsFunc(list, isViolated) {
		a.line("\nnothing is violated in the last state or by the last step")
	}
	a.possible(m, w)
}

// finding says what a property is in the last state, or still is.
func (a *answer) finding(p explore.PropertyReport, is string) {
	a.line("\n%s", a.style.Bold(p.Name+" "+is+" "+string(p.Verdict)+" "+where(p.Kind)))
	a.detail(p)
}

func isViolated(p explore.PropertyReport) bool { return p.Verdict == explore.Violated }

// where a property of this kind is violated.
func where(kind string) string {
	switch {
	case kind == "always-step":
		return "by the last step"
	case model.Kind(kind).IsTemporal():
		return "by the whole run"
	}
	return "in the last state"
}

// possible lists the steps that lead on.
func (a *answer) possible(m catalog.Model, w catalog.Walk) {
	faults := faultsOf(m)
	var rows [][]string
	for _, s := range w.Next() {
		rows = append(rows, []string{s.Label(), faults[s.Action]})
	}
	a.table([]string{"possible next", "fault"}, rows)
	switch {
	case w.Outside():
		a.line("\nno step leads on: the state is outside the model's constraint")
	case len(rows) == 0:
		a.line("\nno step leads on")
	}
}

// faultsOf are the kinds of fault, by the action.
func faultsOf(m catalog.Model) map[string]string {
	faults := map[string]string{}
	for _, a := range m.Actions() {
		faults[a.Name] = a.Fault
	}
	return faults
}
