package explore

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/muster-mc/muster/internal/digraph"
)

// decide checks the properties about whole runs, once every state was found. It
// takes every step once more, for the graph of them.
func (e *engine) decide(ctx context.Context) {
	if e.stop != nil || !e.temporal || e.counts.Distinct == 0 {
		return
	}
	if e.undecided = e.cannotDecide(); e.undecided != "" {
		return
	}
	if e.archive.states != e.counts.Distinct {
		e.failed = e.refill()
	}
	if e.failed != nil || e.cancelled.Load() {
		e.undecided = e.reasonCancelled(ctx)
		return
	}
	e.store.Free() // every state was found
	if e.linker != nil {
		e.linker.keys = nil
	}
	if e.graph == nil {
		e.graph = newStateGraph(e)
	}
	e.forecast, e.deciding = Forecast{}, true // which was of states
	e.measure()
	if g := e.graph; g.build() {
		_, bytes := g.Size()
		e.bytes = max(e.bytes, e.log.Bytes()+e.pool.Bytes()+g.numbers.Bytes()+bytes)
		for _, q := range g.questions {
			e.answer(g, q)
		}
	}
	if e.undecided == "" && e.cancelled.Load() {
		e.undecided = e.reasonCancelled(ctx)
	}
}

// reasonCancelled is why the run was given up.
func (e *engine) reasonCancelled(ctx context.Context) string {
	if err := e.failureOfFiles(); err != nil {
		return failed(err)
	}
	return reasonContext(ctx, e.options)
}

// question is a property about whole runs, and the claims that it makes.
type question struct {
	property int
	claims   []query
}

// ask prepares the questions of all such properties that are checked.
func (g *stateGraph) ask() []question {
	var list []question
	for _, i := range g.engine.properties {
		p := &g.engine.model.Properties[i]
		if !p.Kind.IsTemporal() {
			continue
		}
		q := question{property: i}
		for _, c := range claimsOf(p.Formula) {
			q.claims = append(q.claims, g.query(p.Name, c))
		}
		list = append(list, q)
	}
	return list
}

// answer answers one question. The first claim with a counterexample decides it.
func (e *engine) answer(g *stateGraph, q question) {
	p := &e.model.Properties[q.property]
	r := PropertyReport{Name: p.Name, Kind: string(p.Kind), Verdict: Holds}
	empty := 0
	for _, c := range q.claims {
		if e.cancelled.Load() {
			return
		}
		lasso, err := c.find()
		if err == nil && lasso != nil {
			r, err = e.counterexample(g, p, c, lasso)
		}
		if errors.Is(err, digraph.ErrTooLarge) {
			e.undecided = fmt.Sprintf("the graph of all steps that %s is about does not fit in the run's %d MiB of memory",
				p.Name, e.options.memory()>>20)
			return
		}
		if err != nil {
			e.failed = workDirError(err, "")
			return
		}
		if r.Verdict == Violated {
			break
		}
		if c.vacuous() {
			empty++
		}
	}
	r.Vacuous = empty > 0 && empty == len(q.claims) && r.Verdict == Holds
	e.answers[q.property] = r
}

// cannotDecide says why the graph cannot be made: its edges may be in a file, but
// not what is known of each state.
func (e *engine) cannotDecide() string {
	needs := e.pool.Bytes() + e.log.InMemory() + e.countingBytes()
	if needs <= e.shares.all || e.tuning.tiny {
		return ""
	}
	return fmt.Sprintf("properties about whole runs need %d MiB to keep all states apart; the memory for the run is %d MiB",
		needs>>20, e.options.memory()>>20)
}

// countingBytes is what the graph takes for each state, without its edges: a
// number that is found by the state, the one before it on a stem, and some sets.
func (e *engine) countingBytes() uint64 { return e.counts.Distinct * (11 + 4 + 2) }

// take notes what a tracer came to.
func (e *engine) take(kind int, f finding, problem error) {
	if f.exists {
		e.found.add(kind, f)
	}
	if e.failed == nil {
		e.failed = problem
	}
}

// hasTemporal reports whether a property about whole runs is checked.
func (e *engine) hasTemporal() bool {
	return slices.ContainsFunc(e.properties, func(i int) bool { return e.model.Properties[i].Kind.IsTemporal() })
}

// leftOut are the properties about whole runs that SafetyOnly leaves out.
func (e *engine) leftOut() []string {
	var names []string
	for i := range e.model.Properties {
		if p := &e.model.Properties[i]; p.IsTemporal() && e.options.SafetyOnly && e.options.wants(p.Name) {
			names = append(names, p.Name)
		}
	}
	return names
}

// answerOn is what became of a property about whole runs.
func (e *engine) answerOn(property int) PropertyReport {
	if r, ok := e.answers[property]; ok {
		return r
	}
	p := &e.model.Properties[property]
	return PropertyReport{Name: p.Name, Kind: string(p.Kind), Verdict: Unknown}
}
