package liveness

import (
	"math"

	"github.com/muster-mc/muster/internal/digraph"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
)

// expression is a formula about one state and the step from it. It is evaluated for 64
// states at a time, on the words of the graph's atoms, so that no model code runs. Every
// search of a branch evaluates it for all states, so that it goes word by word.
type expression struct {
	op     model.Op      // OpHolds, OpHappens, OpNot, OpAnd or OpOr
	atom   int           // of OpHolds
	action string        // of OpHappens
	parts  []*expression // without any, OpAnd is true and OpOr false
}

// Compared by address: both and either recognise these two, and no other constant.
var isAlways, isNever = &expression{op: model.OpAnd}, &expression{op: model.OpOr}

// isLocal reports whether a formula is about a state and the next step alone, so that
// it can be an event of a condition.
func isLocal(f *system.Formula) bool {
	switch f.Op {
	case model.OpHolds, model.OpHappens:
		return true
	case model.OpNot, model.OpAnd, model.OpOr:
		for i := range f.Parts {
			if !isLocal(&f.Parts[i]) {
				return false
			}
		}
		return true
	}
	return false
}

// not returns the negation of an expression. Two negations cancel, so that both and
// either recognise a constant that was negated twice.
func not(e *expression) *expression {
	if e.op == model.OpNot {
		return e.parts[0]
	}
	return &expression{op: model.OpNot, parts: []*expression{e}}
}

// orAlways returns the expression, or isAlways if it is nil: a branch without a
// demand.
func orAlways(e *expression) *expression {
	if e == nil {
		return isAlways
	}
	return e
}

// both returns the conjunction of two expressions. A nil expression is no demand. Without
// the constants, the expression of a branch would keep a part for each formula that
// demands nothing.
func both(a, b *expression) *expression {
	switch {
	case a == nil || a == isAlways:
		return b
	case b == nil || b == isAlways:
		return a
	}
	return &expression{op: model.OpAnd, parts: []*expression{a, b}}
}

// either returns the disjunction of two expressions. A nil expression is no
// alternative.
func either(a, b *expression) *expression {
	switch {
	case a == nil || a == isNever:
		return b
	case b == nil || b == isNever:
		return a
	}
	return &expression{op: model.OpOr, parts: []*expression{a, b}}
}

// word returns those of 64 states that make an expression true if the next step
// is one of an action. The empty name is that of no action: the run stays, or the
// action does not matter. Bits past the last state are meaningless; set clears them.
func (e *expression) word(g *graph, word int, action string) uint64 {
	switch e.op {
	case model.OpHolds:
		return g.truth[e.atom][word]
	case model.OpHappens:
		if e.action == action {
			return math.MaxUint64
		}
		return 0
	case model.OpNot:
		return ^e.parts[0].word(g, word, action)
	case model.OpAnd:
		all := uint64(math.MaxUint64)
		for _, p := range e.parts {
			all &= p.word(g, word, action)
		}
		return all
	}
	any := uint64(0)
	for _, p := range e.parts {
		any |= p.word(g, word, action)
	}
	return any
}

// set returns all states that make the expression true, as word does.
func (e *expression) set(g *graph, action string) digraph.Bits {
	b := digraph.NewBits(g.Nodes())
	for i := range b {
		b[i] = e.word(g, i, action)
	}
	if n := g.Nodes(); n%64 != 0 {
		b[len(b)-1] &= 1<<(n%64) - 1
	}
	return b
}

// event returns the expression as an event of the graph. The labels must be final, since
// the event has a set for each label. Only actions that the expression names need sets of
// their own; for every other label, no named action happens, as if the run stayed. A nil
// expression is no event. By is nil if no action is named, and digraph then need not look
// at labels.
func (e *expression) event(g *graph) *digraph.Event {
	if e == nil {
		return nil
	}
	event := &digraph.Event{At: e.set(g, "")}
	by := map[string]digraph.Bits{}
	for _, action := range e.actions(nil) {
		by[action] = e.set(g, action)
	}
	if len(by) > 0 {
		for _, step := range g.labels.list {
			event.By = append(event.By, by[g.search.Actions()[step.action].Name])
		}
	}
	return event
}

// actions appends the names of the actions that an expression names.
func (e *expression) actions(to []string) []string {
	if e.op == model.OpHappens {
		return append(to, e.action)
	}
	for _, p := range e.parts {
		to = p.actions(to)
	}
	return to
}
