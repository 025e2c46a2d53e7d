package liveness

import (
	"bytes"
	"sync/atomic"

	"github.com/muster-mc/muster/internal/digraph"
	"github.com/muster-mc/muster/internal/search"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// expander judges states and makes their edges: from the steps that the search has noted
// or, where those are missing, by taking every step again. It is for one goroutine. A
// worker that builds and a scan use the same code, so the edges of a state do not depend
// on when they are made.
type expander struct {
	graph        *graph
	system       *system.System
	actions      []system.Action
	reader       *search.ArchiveReader // the encoded states, by number
	steps        pendingEdges          // steps whose targets are yet to be looked up
	orbits       bool                  // one state of each orbit is searched: a step may lead back and change the state
	combinations *combinations
	noted        notedSteps // those that the search has noted

	space    system.Space
	cleaner  system.Cleaner
	encoded  []byte
	odometer model.Odometer // of the action being tried
	chunk    digraph.Chunk  // the edges of the chunk being made
	number   uint64         // of the state that is judged or expanded

	isBusy        atomic.Bool // with a chunk: see hung.go
	doing, trying int         // the part of the model's code that is running, and which action

	begun           int64 // the state whose edges are being written down, -1 for none
	demanded, moves bool  // fairness demands a step from it; there is one
	problem         error
	found           search.Finding // a panic or a breach of contract
	kind            int            // of found
}

func newExpander(g *graph) *expander {
	m, actions := g.search.System(), g.search.Actions()
	return &expander{graph: g, system: m, actions: actions, reader: g.newReader(), orbits: g.search.Orbits() != nil,
		combinations: newCombinations(g.labels, actions), space: m.Codec.New(), cleaner: system.NewCleaner(m.Codec),
		steps: newPendingEdges(g), noted: newNotedSteps(actions), begun: -1, doing: doesNothing}
}

// judgeAll judges the states of a chunk and marks the relevant ones. It reports
// whether nothing is wrong.
func (x *expander) judgeAll(chunk int) bool {
	if !x.judgeEach(chunk) || x.found.Exists {
		return false
	}
	x.graph.mark(chunk)
	return true
}

// expandAll makes the edges of those states of a chunk that are relevant and have
// none, and reports whether nothing is wrong. It goes through the chunk until it finds
// no further state: an edge within the chunk may make another of its states relevant.
func (x *expander) expandAll(chunk int) bool {
	x.chunk.Reset()
	x.noted.from = nil
	any := false
	for more := true; more; any = any || more {
		more = false
		for n := range x.graph.of(chunk) {
			if !x.graph.relevant.take(n) {
				continue
			}
			if x.graph.search.IsCancelled() {
				return false
			}
			if !x.linkNoted(n) {
				if x.graph.numbers() == nil {
					return false // where its steps lead cannot be looked up yet
				}
				x.expand(n)
			}
			more = true
		}
		if x.settle(); x.problem != nil {
			return false
		}
	}
	if !any {
		return true
	}
	// Edges of this chunk may lead to chunks that this scan has already passed.
	x.graph.relevant.grown.Store(true)
	// The edges are set once, at the end, because Set merges and copies all edges of the
	// chunk.
	if err := x.graph.Set(chunk, &x.chunk); err != nil {
		x.problem = err
	}
	return x.problem == nil
}

// expand makes the edges of one state by taking all its steps. The state itself is pushed
// first, as a mark in the list of pending steps: those after it are its own. The steps
// are taken without a recover for each first. Only if one panics, all of them are taken
// back and taken again with care: few states have a step that panics.
func (x *expander) expand(n uint32) {
	before := x.reader.Read(uint64(n))
	if before == nil {
		x.problem = x.reader.Err()
		return
	}
	x.number = uint64(n)
	x.steps.fit(x.graph.Nodes())
	x.restore()
	x.push(pendingEdge{from: n, begins: true})
	if !x.takeAll(before) {
		x.again()
		x.takeCarefully(before)
	}
}

// takeAll takes every step from the state that was read. It reports false if something
// panicked. One recover for all steps is much cheaper than one for each.
func (x *expander) takeAll(before []byte) (ok bool) {
	defer func() { ok = recover() == nil }()
	defer func() { x.doing = doesNothing }()
	x.restore()
	choice := x.odometer.Choice()
	for a := range x.actions {
		do := x.actions[a].Do
		x.turn(a)
		for more := true; more; more = x.odometer.Next() {
			enabled, void := do(x.steps.work, choice), x.odometer.Void()
			if enabled && !void {
				x.successor(a, before)
			}
			// The contract of actions: an action that reports that it is
			// disabled has left the state as it was.
			if enabled || void {
				x.restore()
			}
		}
	}
	return true
}

// takeCarefully does the same with a recover for each step, since an action that
// panics after a choice from nothing counts as disabled. Any other panic is one that
// the search did not meet: the model does not repeat its steps.
func (x *expander) takeCarefully(before []byte) {
	defer func() { x.doing = doesNothing }()
	for a := range x.actions {
		x.turn(a)
		for more := true; more; more = x.odometer.Next() {
			x.restore()
			enabled, panicked := system.Attempt(x.actions[a].Do, x.steps.work, &x.odometer)
			if panicked {
				x.problem = search.Unrepeatable()
			}
			if enabled {
				x.successor(a, before)
			}
		}
	}
}

// turn prepares the odometer for an action. It remembers arguments only if fairness
// tells the action's steps apart by them.
func (x *expander) turn(action int) {
	x.doing, x.trying = doesAction, action
	x.odometer.Reset()
	if x.actions[action].Fair.IsEach() {
		x.odometer.Remember()
	}
}

// restore makes the work copy equal to the state that was read. A flat state is copied
// as bytes.
func (x *expander) restore() {
	if x.steps.flat {
		copy(x.steps.encoded[x.steps.count], x.reader.View())
		return
	}
	x.space.Copy(x.steps.work, x.reader.State())
}

// successor adds the step to the work copy. A step that leaves the constraint matters
// only to fairness, which asks for all that is possible. The constraint sees a cleaned
// copy, as in the search.
func (x *expander) successor(action int, before []byte) {
	a := &x.actions[action]
	s := pendingEdge{from: uint32(x.number), label: uint32(action), fair: a.Fair != model.Unfair}
	if x.system.Constraint != nil {
		x.doing = doesConstraint
		s.leaves = !x.system.Constraint(x.cleaner.Clean(x.steps.work))
		x.doing = doesAction
	}
	if a.Fair.IsEach() || x.orbits {
		s.idle = bytes.Equal(before, x.steps.encode(x.space))
	}
	if a.Fair.IsEach() {
		if s.idle {
			return // it has no need of a label
		}
		s.label = x.combinations.Label(action, x.odometer.Arguments())
	}
	x.push(s)
}

// push adds a pending step, and looks all of them up when the list is full.
func (x *expander) push(s pendingEdge) {
	if x.steps.push(s, x.space) {
		x.link()
	}
}

// again removes the steps of the state that is being expanded, so that they can be
// taken anew. Some may be edges of the chunk already.
func (x *expander) again() {
	if !x.steps.takeBack() {
		x.chunk.Again()
		x.demanded, x.moves = false, false
	}
}

// link looks up the targets of all pending steps and makes edges of them. A target
// without a number is a state that the search did not find, so the model does not repeat
// its steps. A batch may have the steps of several states, and the steps of one state may
// be in two batches. So what is known of the state that was begun is kept from one batch
// to the next.
func (x *expander) link() {
	if !x.steps.find() {
		x.problem = search.Unrepeatable()
	}
	for i := range x.steps.count {
		switch s, to := x.steps.list[i], x.steps.to[i]; {
		case s.begins:
			x.end()
			x.chunk.Begin(s.from)
			x.begun, x.demanded, x.moves = int64(s.from), false, false
		case s.leaves || to != s.from || x.orbits && !s.idle: // otherwise it changes nothing
			x.moves = true
			x.demanded = x.demanded || s.fair
			if !s.leaves {
				x.graph.relevant.meet(to)
				x.add(to, s.label)
			} else if s.fair {
				x.add(digraph.Nowhere, s.label)
			}
		}
	}
	x.steps.clear()
}

// settle makes edges of all pending steps, after the last step of a state.
func (x *expander) settle() {
	if x.steps.count > 0 {
		x.link()
	}
	x.end()
}

// end ends the edges of the state that was begun, if there is one.
func (x *expander) end() {
	if x.begun >= 0 {
		x.leave(uint32(x.begun), x.demanded, x.moves)
	}
	x.begun = -1
}

// leave records whether a run may stay for ever in a state whose edges were made: no
// step with fairness is possible there, and no step at all if the model demands
// progress. A fair step that is possible is owed, whether its fairness is weak or
// strong, because it is possible for ever.
func (x *expander) leave(state uint32, demanded, moves bool) {
	if !demanded && !(moves && x.system.Progress) {
		x.graph.still.Add(state)
	}
}

// add adds an edge to the state whose edges are being made.
func (x *expander) add(to, label uint32) {
	x.refuse(label)
	x.chunk.Add(to, label)
}

// refuse records that a step has no label: the edges are of no use then.
func (x *expander) refuse(label uint32) {
	if label == noLabel {
		x.problem = &system.ModelError{Problem: x.graph.labels.wrong()}
	}
}

// toldApart returns the arguments of a step that fairness tells apart: all if by is
// nil, or else those named in by. It returns the name of an argument that the step
// lacks: the model's FairBy is then wrong.
func toldApart(by []string, all trace.Arguments) (told trace.Arguments, missing string) {
	if by == nil {
		return all, ""
	}
	for _, name := range by {
		i := all.Index(name)
		if i < 0 {
			return nil, name
		}
		told = append(told, all[i])
	}
	return told, ""
}

// judgeEach evaluates all atoms in each state of a chunk. It reports false if a state
// cannot be read, or the run is cancelled. A panic is a finding like one of the search;
// one recover for all states is cheaper than one for each.
func (x *expander) judgeEach(chunk int) (ok bool) {
	defer func() {
		if v := recover(); v != nil {
			if x.doing < 0 {
				panic(v) // no property is to blame
			}
			x.find(search.Panic, system.Recovered("property "+x.graph.atoms[x.doing].property, v).String())
		}
		x.doing = doesNothing
	}()
	for n := range x.graph.of(chunk) {
		if x.graph.search.IsCancelled() {
			return false
		}
		x.doing, x.number = doesNothing, uint64(n)
		encoded := x.reader.Read(x.number)
		if encoded == nil {
			x.problem = x.reader.Err()
			return false
		}
		for i := range x.graph.atoms {
			x.doing = i
			if isTrue(x.graph.atoms[i].formula, x.reader.State()) {
				x.graph.truth[i].Add(n)
			}
		}
		if system.IsSample(x.number) && !x.isUnchanged(encoded) {
			x.find(search.Breach, "a property about whole runs changed the state: it must only read it")
			return false
		}
	}
	return true
}

// isUnchanged reports whether the state that was read still has its encoding. If an
// atom has changed the state, later atoms were evaluated in another one.
func (x *expander) isUnchanged(encoded []byte) bool {
	x.encoded = x.space.Append(x.encoded[:0], x.reader.State())
	return bytes.Equal(x.encoded, encoded)
}

// find records a finding about the state being judged.
func (x *expander) find(kind int, detail string) {
	x.kind = x.graph.search.Found().Other(kind)
	x.found = search.Finding{At: search.Before(x.number, 0), Detail: detail, Exists: true}
}
