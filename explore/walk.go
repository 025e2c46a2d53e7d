package explore

import (
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/trace"
)

// Walk is a run of a model that somebody chooses step by step, and what is to be
// said of the place where it stands. [Replay] makes one: along a trace, or along
// none, and then the first step is to an initial state.
//
// The type of the states only says whose run it is.
type Walk[S any] struct{ *Path }

// Path is a [Walk] of a model whose state type is not known.
type Path struct{ player *player }

// Trace is the run so far. It grows with the walk.
func (w *Path) Trace() *trace.Trace { return w.player.trace() }

// Next are the steps that a search would take from here, in its order.
func (w *Path) Next() []trace.Step {
	p, steps := w.player, []trace.Step{}
	last := p.run.Steps[max(0, p.run.Length-1):] // all that a step's changes depend on
	p.successors(func(a system.Action, answers []int, s system.State) bool {
		further := trace.Trace{Steps: last[:len(last):len(last)]}
		further.Append(a.Name, p.argumentsOf(a, answers), trace.ValueOf(s))
		steps = append(steps, further.Steps[len(last)])
		return true
	})
	return steps
}

// Take takes the step that has this place in Next, and reports whether there is
// one.
func (w *Path) Take(i int) bool { return i >= 0 && w.player.takeOrdinal(uint64(i)) }

// Outside reports whether the last state is outside the model's Constraint: it
// is judged, but no step leads on from it.
func (w *Path) Outside() bool { return w.player.outside() }

// Findings are the properties that the last state or the last step violates, and
// those that it reaches, in the order of a [Report] and with its explanations, but
// without traces. Whether a property that is not among them holds elsewhere is
// another question.
func (w *Path) Findings() []PropertyReport {
	j := jury{player: w.player, findings: []PropertyReport{}}
	for i := range j.model.Properties {
		j.judge(i)
	}
	if j.isStuck() {
		j.find(Deadlock, "deadlock", Violated, "")
	}
	if j.panicked != "" {
		j.find(Panic, "panic", Violated, j.panicked)
	}
	return j.findings
}
