package liveness

import (
	"fmt"
	"slices"

	"github.com/muster-mc/muster/internal/search"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/trace"
)

// counterexample has the model take a run that was found in the graph, and has Verify
// judge it. If Verify rejects the run, no verdict is given: either the model does not
// repeat its steps, or Muster has an error, and in both cases no verdict can be trusted.
// Verify gets a walk of its own that has not begun, and so repeats every step once more.
func (g *graph) counterexample(property int, c *query, found *run) (Answer, error) {
	w, err := g.perform(found)
	if err != nil {
		return Answer{}, err
	}
	s := g.search
	t := &w.Run
	verdict := Verify(system.NewWalk(s.System(), s.Actions()), t, s.System().Properties[property].Name, c.formula)
	if verdict.Problem != "" {
		return Answer{}, &search.BreachError{Trace: t, Problem: fmt.Sprintf(
			"a run that was found to break %s does not, when it is run again: %s; some action or property does not do the "+
				"same every time, or this is a bug in Muster", s.System().Properties[property].Name, verdict.Problem)}
	}
	t.Fair = verdict.Fair
	return Answer{Violated: true, Detail: explained(c.label, property, w), Trace: t,
		StemExact: found.stemExact, LoopExact: found.stemExact && found.loopExact}, nil
}

// explained returns the label of the broken claim, and the property's own explanation
// of the last state.
func explained(label string, property int, w *system.Walk) string {
	label, said := trace.Escape(label), w.Explain(property)
	switch {
	case label == "":
		return said
	case said == "":
		return "for " + label
	}
	return "for " + label + ": " + said
}

// perform takes the steps of a run, and returns the walk. Each step is found by its label
// and the state that it leads to, because the graph keeps neither the choices of a step
// nor arguments that fairness does not tell apart. The model takes the steps from the
// initial state on, so that the trace shows what the model does, and not what the graph
// has noted.
func (g *graph) perform(found *run) (*system.Walk, error) {
	if g.search.Orbits() != nil {
		return g.performReal(found)
	}
	w, err := g.search.WalkTo(uint64(found.source))
	if err != nil {
		return nil, err
	}
	reader, m := g.newReader(), newWays(w)
	// The trace counts states from 1, so this is the state at the end of the stem.
	loop := w.Run.Length + len(found.stem)
	for _, h := range slices.Concat(found.stem, found.loop) {
		state := reader.Read(uint64(h.To))
		if state == nil {
			return nil, reader.Err()
		}
		// Several steps may have this label and this target. Any of them will do:
		// fairness and formulas do not tell them apart.
		y := m.labelled(g.labels.list[h.Label], state)
		if y == nil || !w.Take(y.action, y.answers) {
			return nil, search.Unrepeatable()
		}
	}
	w.Run.Loop = loop
	w.NoteWaits()
	return w, nil
}
