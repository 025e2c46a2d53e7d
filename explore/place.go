package explore

import (
	"bytes"
	"context"
	"slices"

	"github.com/muster-mc/muster/internal/liveness"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// Place is a place in a run of a model: before the first state, or after one of its
// steps. A [Walk] goes on; a Place stays, and any number of places can follow it, so that
// a program that shows runs can go back, branch off, and keep what it likes. A place has
// its state as bytes, and does not change: any number of goroutines may use it.
//
// Whatever asks a place runs the model's code. It takes a context, and ends soon after
// the context does unless the model's code does not return.
type Place struct {
	system *system.System
	from   *Place
	way    system.Way
	step   trace.Step // without its state
	state  []byte     // encoded; nil before the first
	number int
}

// Start returns the place before the first state of every run, from where Init leads on.
// The error is a [*ModelError].
func (c Checker) Start() (*Place, error) {
	if err := prepare(c.System, Options{}); err != nil {
		return nil, err
	}
	return &Place{system: c.System}, nil
}

// Beyond returns the checker with places that lead on from states outside the model's
// constraint, as the log of a real system does, for [Checker.Start]. Searches stay within it.
func (c Checker) Beyond() Checker { return Checker{c.System.GoingBeyond()} }

// Number is how many states the run has: zero before the first state.
func (p *Place) Number() int { return p.number }

// From is the place where the last step was taken; nil before the first state.
func (p *Place) From() *Place { return p.from }

// Step is the step that led here, with its changes and without the state. It is zero
// before the first state.
func (p *Place) Step() trace.Step { return p.step }

// State is the state, which is read anew by each call. It is nil before the first.
func (p *Place) State() trace.Value {
	if p.state == nil {
		return trace.Value{}
	}
	s := system.NewStepper(p.system, p.system.Actions)
	s.Enter(p.state)
	return trace.ValueOf(s.State())
}

// IsSame reports whether both places have the same state.
func (p *Place) IsSame(q *Place) bool { return p.state != nil && bytes.Equal(p.state, q.state) }

// Size is about how many bytes the place itself takes, without those before it.
func (p *Place) Size() int {
	size := 400 + len(p.state)
	for _, c := range p.step.Changes {
		size += 64 + len(c.Path) + len(c.Before) + len(c.After)
	}
	return size
}

// Trace is the run to here. Only its first step has a state.
func (p *Place) Trace() *trace.Trace {
	t := &trace.Trace{Length: p.number, Steps: make([]trace.Step, p.number)}
	for q := p; q.from != nil; q = q.from {
		t.Steps[q.number-1] = q.step
		if q.number == 1 {
			t.Steps[0].State = q.State()
		}
	}
	return t
}

// Ways are the steps of the run as the engine has them, for [Place.Along]. Their type is
// internal.
func (p *Place) Ways() []system.Way {
	list := make([]system.Way, p.number)
	for q := p; q.from != nil; q = q.from {
		list[q.number-1] = q.way
	}
	return list
}

// Moves are the steps that a search would take from here, in its order. It is quicker than
// [Place.Look], for it asks no property.
func (p *Place) Moves(ctx context.Context) ([]Move, error) {
	return p.moves(ctx, func(string) bool { return true }, nil)
}

// MovesOf are the steps of one action, which is Init before the first state, as far as they
// may be meant. May is asked about the action and its arguments alone, which do not know yet
// the other answers that there were: [trace.Arguments.Exposed] is how they may be shown. To
// find a step so is much quicker than to make all moves, each with its state.
func (p *Place) MovesOf(ctx context.Context, action string, may func(trace.Step) bool) ([]Move, error) {
	return p.moves(ctx, func(name string) bool { return name == action }, may)
}

func (p *Place) moves(ctx context.Context, of func(action string) bool, may func(trace.Step) bool) ([]Move, error) {
	s := p.scout(ctx)
	var before trace.Value
	var moves []Move
	for i, a := range s.Actions() {
		if !of(a.Name) {
			continue
		}
		for _, w := range surveyed(s, i, nil, may) {
			if len(moves) == 0 {
				before = p.State()
			}
			moves = append(moves, p.move(s, w, before))
		}
	}
	return moves, ctx.Err()
}

func (p *Place) scout(ctx context.Context) *system.Scout {
	s := system.NewScout(underWatch(ctx, p.system), p.system.Actions, p.state)
	s.CancelledBy(ctx)
	s.Return()
	return s
}

// surveyed are the ways in which an action leads on from the scout's place, those that may be
// meant if may is not nil. Why the others do not is put into tries, if it is not nil.
func surveyed(s *system.Scout, action int, tries *system.Tries, may func(trace.Step) bool) (ways []system.Way) {
	s.Return()
	name := s.Actions()[action].Name
	t := s.Survey(action, func(o *model.Odometer) {
		if may == nil || may(trace.Step{Action: name, Arguments: trace.ArgumentsOf(o.Arguments())}) {
			ways = append(ways, system.Way{Action: action, Answers: o.Answers(nil)})
		}
	})
	if tries != nil {
		*tries = t
	}
	return ways
}

// Move is a step that leads on from a place.
type Move struct {
	Step trace.Step // with its changes and the state after it

	// Violates are the properties of states and steps that the step breaks, and Reaches
	// those that it reaches. Only [Place.Look] asks for them.
	Violates, Reaches []string

	Stays   bool // the state after it is the same
	Outside bool // it leads out of the model's constraint: nothing leads on from there

	place *Place
}

// Place is the place to which the move leads.
func (m Move) Place() *Place { return m.place }

// move takes a step from the place, whose state before has been read: a large state takes
// long to read. The scout is left behind the step.
func (p *Place) move(s *system.Scout, w system.Way, before trace.Value) Move {
	step := s.Step(w)
	s.Go(w)
	run := trace.Trace{}
	if p.state != nil {
		run = trace.Trace{Steps: []trace.Step{{State: before}}, Length: 1}
	}
	run.AppendFault(step.Fault, step.Action, step.Arguments, trace.ValueOf(s.State()))
	run.Note(s.After())
	m := Move{Step: run.Steps[run.Length-1], Outside: s.IsOutside()}
	m.place = &Place{system: p.system, from: p, way: w, step: m.Step, state: slices.Clone(s.Encoding()), number: p.number + 1}
	m.place.step.State = trace.Value{}
	m.Stays = m.place.IsSame(p)
	return m
}

// Along takes steps from here, as the engine has them: see [conform.Run.Ways]. It returns the
// places to which they lead, each after the one before. It is the quickest way to make the
// places of a long run. The error is a [*ReplayError] if a step is not possible.
func (p *Place) Along(ctx context.Context, ways []system.Way) ([]*Place, error) {
	list := make([]*Place, 0, len(ways))
	before := p.State()
	for _, w := range ways {
		if err := ctx.Err(); err != nil {
			return list, err
		}
		s := p.scout(ctx)
		if w.Action >= len(s.Actions()) || !s.Go(w) {
			return list, &ReplayError{p.number + 1, "the step is not possible here"}
		}
		m := p.move(s, w, before)
		p, before = m.place, m.Step.State
		list = append(list, p)
	}
	return list, nil
}

// Lasso is the run to here with a loop: its last state is that with the number loop, to
// which the run goes back for ever, or the last one, in which it stays. The trace says why
// the loop is fair. The findings are the properties about whole runs that it violates. The
// error is a [*ReplayError] if the loop does not close, or is not fair.
func (p *Place) Lasso(ctx context.Context, loop int) (*trace.Trace, []PropertyReport, error) {
	path := newPath(underWatch(ctx, p.system), p.system.Actions)
	for _, w := range p.Ways() {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		path.walk.Take(w.Action, w.Answers)
	}
	run := path.Trace()
	if err := path.close(&trace.Trace{Steps: run.Steps, Length: run.Length, Loop: loop}); err != nil {
		return nil, nil, err
	}
	var findings []PropertyReport
	for i := range p.system.Properties {
		q := &p.system.Properties[i]
		if !q.IsTemporal() {
			continue
		}
		if violated, detail := liveness.VerifyProperty(path.walk, path.actions, i); violated {
			findings = append(findings, PropertyReport{Name: q.Name, Kind: string(q.Kind), Verdict: Violated, Detail: detail})
		}
	}
	return run, findings, nil
}
