package explore

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// counterexample runs the model along a run that was found in the graph, and has
// somebody who knows nothing of graphs find out whether it breaks the claim.
func (e *engine) counterexample(g *stateGraph, p *system.Property, q query, found *run) (PropertyReport, error) {
	player, err := e.perform(g, found)
	if err != nil {
		return PropertyReport{}, err
	}
	t := player.trace()
	verdict := refute(newPlayer(e.model, e.actions), t, q.formula)
	if verdict.problem != "" {
		return PropertyReport{}, &ContractError{Model: e.model.Name, Trace: t, Problem: fmt.Sprintf(
			"a run that was found to break %s does not, when it is run again: %s; some action or property does not do the "+
				"same every time, or this is a bug in Muster", p.Name, verdict.problem)}
	}
	t.Fair = verdict.fair
	return PropertyReport{Name: p.Name, Kind: string(p.Kind), Verdict: Violated, Detail: explained(q.label, p, player), Trace: t}, nil
}

// explained is which claim was broken, and what the property says about the last
// state.
func explained(label string, p *system.Property, player *player) string {
	said := player.explainBy(p)
	switch {
	case label == "":
		return said
	case said == "":
		return "for " + label
	}
	return "for " + label + ": " + said
}

// perform takes the steps of a run.
func (e *engine) perform(g *stateGraph, found *run) (*player, error) {
	p := newPlayer(e.model, e.actions)
	stem, err := e.path(uint64(found.source))
	if err != nil {
		return nil, err
	}
	for _, ordinal := range stem {
		if !p.takeOrdinal(ordinal) {
			return nil, e.unrepeatable()
		}
	}
	reader := newArchiveReader(&e.archive, e.codec)
	loop := p.run.Length + len(found.stem)
	for _, h := range slices.Concat(found.stem, found.loop) {
		state := reader.read(uint64(h.To))
		if state == nil {
			return nil, reader.err
		}
		if !p.takeHop(state, g.labels.list[h.Label]) {
			return nil, e.unrepeatable()
		}
	}
	p.run.Loop = loop
	return p, nil
}

// takeHop takes the first step with this label that leads to this state.
func (p *player) takeHop(state []byte, step label) (ok bool) {
	space := p.codec.New()
	var encoded []byte
	var action system.Action
	var answers []int
	p.successors(func(a system.Action, given []int, s system.State) bool {
		encoded = space.Append(encoded[:0], s)
		if a.Name == p.actions[step.action].Name && bytes.Equal(encoded, state) {
			told, _ := toldApart(a.FairBy, p.argumentsOf(a, given))
			ok = !a.Fair.IsEach() || told.String() == step.arguments
			action, answers = a, given
		}
		return !ok
	})
	if ok {
		p.take(action, answers)
	}
	return ok
}

// refute finds out, by running the model and by the meaning of formulas alone,
// whether a run with a loop is one of the model, is fair, and breaks a claim.
func refute(p *player, t *trace.Trace, f *system.Formula) refutation {
	w, problem := follow(p, t, f)
	if problem != "" {
		return refutation{problem: problem}
	}
	r := w.judgeFairness(p.model.Progress)
	if r.problem == "" && w.meaning(f)[0] {
		r.problem = "the claim is true of it"
	}
	return r
}

// refutation is what speaks against a run as a counterexample, if anything, and
// how it is fair.
type refutation struct {
	problem string
	fair    []trace.Alibi
}

// close goes round the loop of a trace whose steps were taken, and says how it is
// fair.
func (p *player) close(t *trace.Trace) error {
	if t.Loop == 0 {
		return nil
	}
	again := newPlayer(p.model, p.actions)
	w, problem := follow(again, &trace.Trace{Steps: p.run.Steps, Length: p.run.Length, Loop: t.Loop}, &system.Formula{Op: model.OpAnd})
	if problem != "" {
		return &ReplayError{p.run.Length, problem}
	}
	r := w.judgeFairness(p.model.Progress)
	if r.problem != "" {
		return &ReplayError{p.run.Length, r.problem}
	}
	p.run.Loop, p.run.Fair = t.Loop, r.fair
	return nil
}
