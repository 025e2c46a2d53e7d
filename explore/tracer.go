package explore

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/muster-mc/muster/internal/codec"
	"github.com/muster-mc/muster/internal/digraph"
	"github.com/muster-mc/muster/internal/fingerprint"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// tracer makes the edges of states, by taking every step from them once more. It
// is for one goroutine.
type tracer[S any] struct {
	graph  *stateGraph[S]
	engine *engine[S]
	reader *archiveReader[S]
	hasher *fingerprint.Hasher
	near   near

	space    *codec.Space[S]
	work     S
	view     []byte // the memory of work, if that is its encoding
	encoded  []byte
	odometer model.Odometer
	chunk    digraph.Chunk
	number   uint64 // of the state whose edges are made

	demanded, moves bool // fairness demands a step from here; there is one
	problem         error
	found           finding // a panic or a breach of contract
	kind            int
}

func newTracer[S any](g *stateGraph[S]) *tracer[S] {
	e := g.engine
	t := &tracer[S]{graph: g, engine: e, reader: newArchiveReader(&e.archive, e.codec),
		hasher: e.newHasher(), space: e.codec.New(), near: newNear(g.Nodes(), e.codec.Size())}
	if e.codec.Flat() {
		t.view = e.codec.View(&t.work)
	}
	return t
}

// trace makes a chunk, and reports whether nothing is wrong.
func (t *tracer[S]) trace(chunk int) bool {
	t.chunk.Reset()
	first := chunk * digraph.ChunkNodes
	for n := first; n < min(first+digraph.ChunkNodes, t.graph.Nodes()); n++ {
		if t.engine.cancelled.Load() {
			return false
		}
		t.expand(uint32(n))
		if t.problem != nil || t.found.exists {
			return false
		}
	}
	t.graph.Set(chunk, &t.chunk)
	return true
}

// expand makes the edges of one state, and judges it.
func (t *tracer[S]) expand(n uint32) {
	before := t.reader.read(uint64(n))
	t.number, t.demanded, t.moves = uint64(n), false, false
	t.judge(n, before)
	t.chunk.Begin()
	if !t.takeAll(before) {
		t.chunk.Again()
		t.takeCarefully(before)
	}
	if !t.demanded && !(t.moves && t.engine.model.Progress) {
		t.graph.still.Add(n)
	}
}

// takeAll takes every step from the state that was read. It reports false if
// something panicked.
func (t *tracer[S]) takeAll(before []byte) (ok bool) {
	defer func() { ok = recover() == nil }()
	t.restore()
	choice := t.odometer.Choice()
	for a := range t.engine.actions {
		do := t.engine.actions[a].Do
		t.odometer.Reset()
		for more := true; more; more = t.odometer.Next() {
			enabled, void := do(&t.work, choice), t.odometer.Void()
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
func (t *tracer[S]) takeCarefully(before []byte) {
	for a := range t.engine.actions {
		t.odometer.Reset()
		for more := true; more; more = t.odometer.Next() {
			t.restore()
			enabled, panicked := attempt(t.engine.actions[a].Do, &t.work, &t.odometer)
			if panicked {
				t.problem = t.engine.unrepeatable()
			}
			if enabled {
				t.successor(a, before)
			}
		}
	}
}

func (t *tracer[S]) restore() {
	if t.view != nil {
		t.work = t.reader.state
		return
	}
	t.space.Copy(&t.work, &t.reader.state)
}

// successor makes an edge of a step, unless it changes nothing. One that leaves
// the constraint matters only to fairness, which asks what is possible.
func (t *tracer[S]) successor(action int, before []byte) {
	after := t.view
	if after == nil {
		t.encoded = t.space.Append(t.encoded[:0], &t.work)
		after = t.encoded
	}
	if bytes.Equal(before, after) {
		return
	}
	t.moves = true
	fair := t.engine.actions[action].Fair != model.Unfair
	t.demanded = t.demanded || fair
	inside := t.engine.model.Constraint == nil || t.engine.model.Constraint(&t.work)
	switch {
	case inside:
		t.chunk.Add(t.look(after), t.label(action))
	case fair:
		t.chunk.Add(digraph.Nowhere, t.label(action))
	}
}

// look returns the number of a state that was found.
func (t *tracer[S]) look(state []byte) uint32 {
	slot, n, ok := t.near.find(state)
	if ok {
		return n
	}
	if n, ok = t.graph.numbers.Of(t.graph.key(t.hasher.Of(state))); !ok {
		t.problem = t.engine.unrepeatable()
	}
	t.near.remember(slot, state, n)
	return n
}

// label is whose step it is that the odometer stands at.
func (t *tracer[S]) label(action int) uint32 {
	a := &t.engine.actions[action]
	if !a.Fair.IsEach() {
		return uint32(action)
	}
	var s S
	t.engine.codec.New().Copy(&s, &t.reader.state)
	arguments := trace.ArgumentsOf(recordArguments(a.Do, &s, &t.odometer))
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
func (t *tracer[S]) judge(n uint32, encoded []byte) {
	doing := 0
	defer func() {
		if v := recover(); v != nil {
			t.find(aPanic, fmt.Sprintf("property %s panicked: %v%s", t.graph.atoms[doing].property, v, whereItPanicked()))
		}
	}()
	for i := range t.graph.atoms {
		doing = i
		if isTrue(t.graph.atoms[i].formula, &t.reader.state) {
			t.graph.truth[i].Add(n)
		}
	}
	if t.number >= samplesFirst && t.number%sampleEvery != 0 {
		return
	}
	if t.encoded = t.space.Append(t.encoded[:0], &t.reader.state); !bytes.Equal(t.encoded, encoded) {
		t.find(aBreach, "a property about whole runs changed the state: it must only read it")
	}
}

func (t *tracer[S]) find(kind int, detail string) {
	t.kind = t.engine.found.other(kind)
	t.found = finding{at: before(t.number, 0), detail: detail, exists: true}
}
