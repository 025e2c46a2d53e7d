package explore

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/muster-mc/muster/internal/digraph"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// tracer makes the edges of states, by taking every step from them once more. It
// is for one goroutine.
type tracer struct {
	graph  *stateGraph
	engine *engine
	reader *archiveReader
	steps  landings
	recall recall

	space    system.Space
	encoded  []byte
	odometer model.Odometer
	chunk    digraph.Chunk
	number   uint64 // of the state that is judged or expanded

	begun           int64 // the state whose edges are being written down, -1 for none
	demanded, moves bool  // fairness demands a step from it; there is one
	problem         error
	found           finding // a panic or a breach of contract
	kind            int
}

func newTracer(g *stateGraph) *tracer {
	e := g.engine
	return &tracer{graph: g, engine: e, reader: newArchiveReader(&e.archive, e.codec),
		space: e.codec.New(), steps: newLandings(g), recall: newRecall(e.actions), begun: -1}
}

// prepare is for a graph of so many states.
func (t *tracer) prepare(states int) {
	t.steps.resize(states)
}

// judgeAll judges the states of a chunk, and reports whether nothing is wrong.
func (t *tracer) judgeAll(chunk int) bool {
	for n := range t.graph.of(chunk) {
		if t.engine.cancelled.Load() {
			return false
		}
		encoded := t.reader.read(uint64(n))
		if encoded == nil {
			t.problem = t.reader.err
			return false
		}
		if t.judge(n, encoded); t.found.exists {
			return false
		}
	}
	t.graph.mark(chunk)
	return true
}

// trace makes the edges of those states of a chunk that are wanted and have none,
// and reports whether nothing is wrong.
func (t *tracer) trace(chunk int) bool {
	t.chunk.Reset()
	t.recall.noted = nil
	any := false
	for more := true; more; any = any || more {
		more = false
		for n := range t.graph.of(chunk) {
			if !t.graph.region.take(n) {
				continue
			}
			if t.engine.cancelled.Load() {
				return false
			}
			if !t.recall.take(t.graph.noted, n) {
				if t.graph.numbers == nil {
					return false // where its steps lead cannot be looked up yet
				}
				t.expand(n)
			}
			more = true
		}
		t.link()
		t.leave()
		t.linkRecalled()
		if t.problem != nil {
			return false
		}
	}
	if !any {
		return true
	}
	t.graph.region.grown.Store(true)
	if err := t.graph.Set(chunk, &t.chunk); err != nil {
		t.problem = workDirError(err, "")
	}
	return t.problem == nil
}

// expand makes the edges of one state.
func (t *tracer) expand(n uint32) {
	before := t.reader.read(uint64(n))
	if before == nil {
		t.problem = t.reader.err
		return
	}
	t.number = uint64(n)
	t.restore()
	t.push(landing{from: n, begins: true})
	if !t.takeAll(before) {
		t.again()
		t.takeCarefully(before)
	}
}

// takeAll takes every step from the state that was read. It reports false if
// something panicked.
func (t *tracer) takeAll(before []byte) (ok bool) {
	defer func() { ok = recover() == nil }()
	t.restore()
	choice := t.odometer.Choice()
	for a := range t.engine.actions {
		do := t.engine.actions[a].Do
		t.odometer.Reset()
		for more := true; more; more = t.odometer.Next() {
			enabled, void := do(t.steps.work, choice), t.odometer.Void()
			if enabled && !void {
				t.successor(a, before)
			}
			if enabled || void {
				t.restore()
			}
		}
	}
	return true
}

// takeCarefully does the same where an action panics after a choice from nothing,
// which counts as disabled.
func (t *tracer) takeCarefully(before []byte) {
	for a := range t.engine.actions {
		t.odometer.Reset()
		for more := true; more; more = t.odometer.Next() {
			t.restore()
			enabled, panicked := system.Attempt(t.engine.actions[a].Do, t.steps.work, &t.odometer)
			if panicked {
				t.problem = t.engine.unrepeatable()
			}
			if enabled {
				t.successor(a, before)
			}
		}
	}
}

func (t *tracer) restore() {
	if t.steps.flat {
		copy(t.steps.encoded[t.steps.count], t.reader.view)
		return
	}
	t.space.Copy(t.steps.work, t.reader.state)
}

// successor notes a step. One that leaves the constraint matters only to
// fairness, which asks what is possible.
func (t *tracer) successor(action int, before []byte) {
	a := &t.engine.actions[action]
	s := landing{from: uint32(t.number), label: uint32(action), fair: a.Fair != model.Unfair,
		leaves: t.engine.model.Constraint != nil && !t.engine.model.Constraint(t.steps.work)}
	if a.Fair.IsEach() {
		if bytes.Equal(before, t.steps.encode(t.space)) {
			return // it changes nothing, and has no need of a label
		}
		s.label = t.label(action)
	}
	t.push(s)
}

func (t *tracer) push(s landing) {
	if t.steps.push(s, t.space) {
		t.link()
	}
}

// again takes back the steps from the state that is expanded.
func (t *tracer) again() {
	if !t.steps.takeBack() {
		t.chunk.Again()
		t.demanded, t.moves = false, false
	}
}

// link makes edges of the steps that wait.
func (t *tracer) link() {
	if !t.steps.find() {
		t.problem = t.engine.unrepeatable()
	}
	for i := range t.steps.count {
		switch s, to := t.steps.list[i], t.steps.to[i]; {
		case s.begins:
			t.leave()
			t.chunk.Begin(s.from)
			t.begun, t.demanded, t.moves = int64(s.from), false, false
		case s.leaves || to != s.from: // otherwise it changes nothing
			t.moves = true
			t.demanded = t.demanded || s.fair
			if !s.leaves {
				t.graph.region.meet(to)
				t.chunk.Add(to, s.label)
			} else if s.fair {
				t.chunk.Add(digraph.Nowhere, s.label)
			}
		}
	}
	t.steps.clear()
}

// leave notes whether a run may stay in the state whose edges were made.
func (t *tracer) leave() {
	if t.begun >= 0 && !t.demanded && !(t.moves && t.engine.model.Progress) {
		t.graph.still.Add(uint32(t.begun))
	}
	t.begun = -1
}

// label is whose step it is that the odometer stands at, of an action whose
// arguments are told apart.
func (t *tracer) label(action int) uint32 {
	a := &t.engine.actions[action]
	s := t.engine.codec.Make()
	t.engine.codec.New().Copy(s, t.reader.state)
	arguments := trace.ArgumentsOf(system.RecordArguments(a.Do, s, &t.odometer))
	told, missing := toldApart(a.FairBy, arguments)
	if missing != "" {
		t.problem = &ModelError{t.engine.model.Name, fmt.Sprintf(
			"action %s is to be fair by %q, but %s has no such argument", a.Name, missing,
			trace.Step{Action: a.Name, Arguments: arguments}.Label())}
	}
	return t.graph.labels.of(label{action, told.String()})
}

// toldApart are the arguments of a step that fairness tells apart: all, or those
// of these names.
func toldApart(by []string, all trace.Arguments) (told trace.Arguments, missing string) {
	if by == nil {
		return all, ""
	}
	for _, name := range by {
		i := slices.IndexFunc(all, func(a trace.Argument) bool { return a.Name == name })
		if i < 0 {
			return nil, name
		}
		told = append(told, all[i])
	}
	return told, ""
}

// judge notes which atoms are true of a state.
func (t *tracer) judge(n uint32, encoded []byte) {
	t.number = uint64(n)
	doing := 0
	defer func() {
		if v := recover(); v != nil {
			t.find(aPanic, fmt.Sprintf("property %s panicked: %v%s", t.graph.atoms[doing].property, v, whereItPanicked()))
		}
	}()
	for i := range t.graph.atoms {
		doing = i
		if isTrue(t.graph.atoms[i].formula, t.reader.state) {
			t.graph.truth[i].Add(n)
		}
	}
	if !isSample(t.number) {
		return
	}
	if t.encoded = t.space.Append(t.encoded[:0], t.reader.state); !bytes.Equal(t.encoded, encoded) {
		t.find(aBreach, "a property about whole runs changed the state: it must only read it")
	}
}

func (t *tracer) find(kind int, detail string) {
	t.kind = t.engine.found.other(kind)
	t.found = finding{at: before(t.number, 0), detail: detail, exists: true}
}
