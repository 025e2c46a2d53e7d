package explore

import (
	"context"
	"fmt"
	"iter"

	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// path returns the ordinals that lead from before the first state to the one
// with this number.
func (e *engine) path(number uint64) ([]uint64, error) {
	var backwards []uint64
	for {
		l, err := e.log.Of(number)
		if err != nil {
			return nil, workDirError(err, "")
		}
		backwards = append(backwards, l.Ordinal)
		if number < e.counts.Initial {
			break
		}
		number = l.Parent
	}
	forwards := make([]uint64, len(backwards))
	for i, o := range backwards {
		forwards[len(forwards)-1-i] = o
	}
	return forwards, nil
}

// traceOf runs the model again along the way to a finding.
func (e *engine) traceOf(f finding) (*trace.Trace, *player, error) {
	var path []uint64
	if !f.initial {
		var err error
		if path, err = e.path(f.at.parent); err != nil {
			return nil, nil, err
		}
	}
	if f.at.ofSuccessor() {
		path = append(path, f.at.ordinal())
	}
	p := newPlayer(e.model, e.actions)
	for _, ordinal := range path {
		if !p.takeOrdinal(ordinal) {
			return nil, nil, e.unrepeatable()
		}
	}
	return p.trace(), p, nil
}

func (e *engine) unrepeatable() error {
	return &ContractError{Model: e.model.Name,
		Problem: "a run that was found could not be repeated: some action does not do the same every time, " +
			"or two states have one fingerprint; if every action is deterministic, try another seed"}
}

// player runs a model step by step and notes what happens.
type player struct {
	model   *system.System
	actions []system.Action
	codec   system.Codec
	space   system.Space
	past    system.Space
	state   system.State
	before  system.State // the state before it
	run     trace.Trace
}

func newPlayer(m *system.System, actions []system.Action) *player {
	c := m.Codec
	return &player{model: m, actions: actions, codec: c, space: c.New(), past: c.New(), state: c.Make(), before: c.Make()}
}

func (p *player) trace() *trace.Trace { return &p.run }

// next is the actions that lead on from here: Init at first.
func (p *player) next() []system.Action {
	if p.run.Length == 0 {
		return []system.Action{p.model.Init}
	}
	return p.actions
}

// ways are all ways to run an action from the current state, in order: the
// action, and an odometer that stands at the answers. From a state outside the
// constraint there are none, as in a search.
func (p *player) ways() iter.Seq2[system.Action, *model.Odometer] {
	return func(yield func(system.Action, *model.Odometer) bool) {
		if p.outside() {
			return
		}
		var o model.Odometer
		for _, a := range p.next() {
			o.Reset()
			for more := true; more; more = o.Next() {
				if !yield(a, &o) {
					return
				}
			}
		}
	}
}

// outside: the current state does not satisfy the constraint. Nor does one on
// which the constraint panics.
func (p *player) outside() (outside bool) {
	if p.model.Constraint == nil || p.run.Length == 0 {
		return false
	}
	defer func() { outside = recover() != nil || outside }()
	return !p.model.Constraint(p.state)
}

// successors calls yield for every successor of the current state, in order,
// until it returns false.
func (p *player) successors(yield func(a system.Action, answers []int, s system.State) bool) {
	work := p.codec.Make()
	space := p.codec.New()
	for a, o := range p.ways() {
		space.Copy(work, p.state)
		enabled, _ := system.Attempt(a.Do, work, o)
		if enabled && !yield(a, o.Answers(nil), work) {
			return
		}
	}
}

// takeOrdinal takes the step to one of the successors, by its place among them.
func (p *player) takeOrdinal(ordinal uint64) (ok bool) {
	i := uint64(0)
	p.successors(func(a system.Action, answers []int, _ system.State) bool {
		if ok = i == ordinal; ok {
			p.take(a, answers)
		}
		i++
		return !ok
	})
	return ok
}

// take takes a step and notes it.
func (p *player) take(a system.Action, answers []int) {
	p.past.Copy(p.before, p.state)
	var o model.Odometer
	o.Record(answers)
	system.Attempt(a.Do, p.state, &o)
	p.settle()
	p.run.Append(a.Name, trace.ArgumentsOf(o.Arguments()), trace.ValueOf(p.state))
}

// settle brings the state into the form in which a search meets it: decoded.
func (p *player) settle() {
	encoded := p.space.Append(nil, p.state)
	if _, ok := p.space.Decode(p.state, encoded); !ok {
		panic("explore: a state that was just encoded cannot be decoded; this is a bug in Muster")
	}
}

// Replay runs a trace again, step by step, by the names and arguments of its
// actions, and returns the run as the model takes it now. A step that is not
// possible, or that leads to another state than the trace says, is a ReplayError,
// and the run up to there is returned beside it. A nil trace leads nowhere: the
// walk is still to begin.
func Replay[S any](ctx context.Context, m *model.Model[S], t *trace.Trace) (*Walk[S], error) {
	w, err := Of(m).Replay(ctx, t)
	if w == nil {
		return nil, err
	}
	return &Walk[S]{w}, err
}

func replay(ctx context.Context, m *system.System, t *trace.Trace) (*Path, error) {
	if err := prepare(m, Options{}); err != nil {
		return nil, err
	}
	w := &Path{newPlayer(m, m.Actions)}
	if t == nil {
		return w, nil
	}
	for i, want := range t.Steps {
		if err := ctx.Err(); err != nil {
			return w, err
		}
		if err := w.player.takeStep(i, want); err != nil {
			return w, err
		}
	}
	return w, w.player.close(t)
}

// ReplayError is a step of a trace that the model does not take.
type ReplayError struct {
	Step    int // the number of the state it should lead to, counting from 1
	Problem string
}

func (e *ReplayError) Error() string { return fmt.Sprintf("step %d: %s", e.Step, e.Problem) }

// takeStep takes the step with this action and these arguments. If there are
// several, it prefers the one that leads to the state of the trace.
func (p *player) takeStep(i int, want trace.Step) error {
	var answers []int
	var action system.Action
	found, same := false, false
	p.successors(func(a system.Action, given []int, s system.State) bool {
		if a.Name != want.Action || p.argumentsOf(a, given).String() != want.Arguments.String() {
			return true
		}
		same = trace.ValueOf(s).Equal(want.State)
		if same || !found {
			action, answers, found = a, given, true
		}
		return !same
	})
	if !found {
		return &ReplayError{i + 1, want.Label() + " is not possible here"}
	}
	p.take(action, answers)
	if !same {
		return &ReplayError{i + 1, want.Label() + " leads to another state than it did"}
	}
	return nil
}

// argumentsOf returns the arguments of a step from the current state.
func (p *player) argumentsOf(a system.Action, answers []int) trace.Arguments {
	s := p.codec.Make()
	p.codec.New().Copy(s, p.state)
	return trace.ArgumentsOf(system.ArgumentsOf(a.Do, s, answers))
}
