package report

import (
	"slices"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
)

// End prints the findings in the last state of a walk and by its last step, and
// the steps that are possible next.
func (p *Printer) End(m catalog.Model, w catalog.Walk) {
	list := w.Findings()
	for _, x := range list {
		p.Finding(x, "is")
	}
	if !slices.ContainsFunc(list, IsViolated) {
		p.Line("\nnothing is violated in the last state or by the last step")
	}
	p.next(m, w)
}

// Finding prints that a property is, or still is, violated or reached.
func (p *Printer) Finding(x explore.PropertyReport, is string) {
	p.Line("\n%s", p.Style.Bold(x.Name+" "+is+" "+string(x.Verdict)+" "+Where(x.Kind)))
	p.detail(x)
}

// IsViolated reports whether a property is violated.
func IsViolated(x explore.PropertyReport) bool { return x.Verdict == explore.Violated }

// Where is the part of a run that violates a property of this kind.
func Where(kind string) string {
	switch {
	case kind == "always-step":
		return "by the last step"
	case model.Kind(kind).IsTemporal():
		return "by the whole run"
	}
	return "in the last state"
}

func (p *Printer) next(m catalog.Model, w catalog.Walk) {
	faults := Faults(m)
	var rows [][]string
	for _, s := range w.Next() {
		rows = append(rows, []string{s.Label(), faults[s.Action]})
	}
	p.Table([]string{"possible next", "fault"}, rows)
	switch {
	case w.Outside():
		p.Line("\nno step leads on: the state is outside the model's constraint")
	case len(rows) == 0:
		p.Line("\nno step leads on")
	}
}

// Faults are the kinds of fault of a model's actions, by the action's name.
func Faults(m catalog.Model) map[string]string {
	faults := map[string]string{}
	for _, a := range m.Actions() {
		faults[a.Name] = a.Fault
	}
	return faults
}
