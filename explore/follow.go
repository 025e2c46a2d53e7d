package explore

import (
	"bytes"
	"fmt"

	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// word is a run with a loop, as far as fairness and formulas can see it. Its
// positions are the states of the trace, without the last one if that is the
// state where the loop begins.
type word struct {
	actions   []system.Action
	positions int
	loop      int // the position after the last one
	stays     bool
	truth     map[*system.Formula][]bool // of plain formulas, by position
	steps     []label                    // the step from each position
	possible  []map[label]bool           // the steps that could be taken there, of the positions of the loop
}

// follow takes the steps of a trace and notes what there is at each state.
func follow(p *player, t *trace.Trace, f *system.Formula) (*word, string) {
	if t.Loop < 1 || t.Loop > len(t.Steps) {
		return nil, fmt.Sprintf("its loop begins at %d, and it has %d states", t.Loop, len(t.Steps))
	}
	w := &word{actions: p.actions, stays: t.Loop == len(t.Steps), loop: t.Loop - 1, positions: len(t.Steps) - 1,
		truth: map[*system.Formula][]bool{}}
	if w.stays {
		w.positions++
	}
	var begin, encoded []byte
	for i, want := range t.Steps {
		before := p.codec.New().Append(nil, p.state)
		taken, err := p.takeLabelled(i, want)
		if err != nil {
			return nil, err.Error()
		}
		encoded = p.codec.New().Append(nil, p.state)
		if i > 0 {
			w.steps = append(w.steps, taken)
			if bytes.Equal(before, encoded) {
				return nil, fmt.Sprintf("step %d changes nothing", i+1)
			}
		}
		if i == w.loop {
			begin = encoded
		}
		if i < w.positions {
			w.note(p, f, i)
		}
	}
	switch {
	case !bytes.Equal(begin, encoded):
		return nil, fmt.Sprintf("its last state is not state %d, where its loop begins", t.Loop)
	case p.outside():
		return nil, "it ends outside the model's constraint"
	}
	return w, ""
}

// takeLabelled takes a step of a trace, and says whose it is.
func (p *player) takeLabelled(i int, want trace.Step) (label, error) {
	if err := p.takeStep(i, want); err != nil {
		return label{}, err
	}
	for a := range p.actions {
		if p.actions[a].Name == want.Action {
			return labelOf(&p.actions[a], a, p.run.Steps[i].Arguments), nil
		}
	}
	return label{}, nil // Init
}

// labelOf is whose step it is: an action's, and if need be a combination of
// arguments'.
func labelOf(a *system.Action, index int, all trace.Arguments) label {
	if !a.Fair.IsEach() {
		return label{action: index}
	}
	told, _ := toldApart(a.FairBy, all)
	return label{index, told.String()}
}

// note notes what is true of the state where the player stands, and, in the loop,
// what is possible there.
func (w *word) note(p *player, f *system.Formula, position int) {
	for _, plain := range plainParts(f) {
		w.truth[plain] = append(w.truth[plain], isTrue(plain, p.state))
	}
	w.possible = append(w.possible, nil)
	if position >= w.loop {
		w.possible[position] = p.possible()
	}
}

// possible are the steps from here that change the state.
func (p *player) possible() map[label]bool {
	steps := map[label]bool{}
	here := p.codec.New().Append(nil, p.state)
	var there []byte
	p.successors(func(a system.Action, answers []int, s system.State) bool {
		there = p.codec.New().Append(there[:0], s)
		if bytes.Equal(here, there) {
			return true
		}
		for i := range p.actions {
			if p.actions[i].Name == a.Name {
				steps[labelOf(&a, i, p.argumentsOf(a, answers))] = true
			}
		}
		return true
	})
	return steps
}

// after is the position after a position.
func (w *word) after(i int) int {
	if i+1 < w.positions {
		return i + 1
	}
	return w.loop
}

// meaning says at which positions a formula is true: its definition, worked out.
func (w *word) meaning(f *system.Formula) []bool {
	if isPlain(f) {
		return w.truth[f]
	}
	var parts [][]bool
	for i := range f.Parts {
		parts = append(parts, w.meaning(&f.Parts[i]))
	}
	is := make([]bool, w.positions)
	switch f.Op {
	case model.OpFinally:
		return w.until(nil, parts[0])
	case model.OpUntil:
		return w.until(parts[0], parts[1])
	case model.OpGlobally:
		for i, never := range w.until(nil, negated(parts[0])) {
			is[i] = !never
		}
		return is
	}
	for i := range is {
		switch f.Op {
		case model.OpHappens:
			last := w.stays && i == w.positions-1
			is[i] = !last && w.actions[w.steps[i].action].Name == f.Action
		case model.OpNot:
			is[i] = !parts[0][i]
		case model.OpNext:
			is[i] = parts[0][w.after(i)]
		case model.OpAnd, model.OpOr:
			is[i] = f.Op == model.OpAnd
			for _, p := range parts {
				if p[i] != is[i] {
					is[i] = p[i]
					break
				}
			}
		}
	}
	return is
}

func negated(list []bool) []bool {
	not := make([]bool, len(list))
	for i, is := range list {
		not[i] = !is
	}
	return not
}

// until is where second comes, and first is true until then; nil is true
// everywhere. Going backwards twice is enough: the second time, what is known
// where the loop begins is known at its end.
func (w *word) until(first, second []bool) []bool {
	is := make([]bool, w.positions)
	for range 2 {
		for i := w.positions - 1; i >= 0; i-- {
			is[i] = second[i] || (first == nil || first[i]) && is[w.after(i)]
		}
	}
	return is
}
