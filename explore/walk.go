package explore

import (
	"context"
	"fmt"

	"github.com/muster-mc/muster/internal/liveness"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// Replay runs a trace again, step by step, by the names and arguments of its
// actions, and returns the run as the model takes it now. A step that is not
// possible, or that leads to another state than the trace says, is a ReplayError,
// and the run up to there is returned beside it. A nil trace leads nowhere, as one without
// steps does: the walk is still to begin. A trace that is Beyond has the walk go on from
// states outside the model's constraint.
func Replay[S any](ctx context.Context, m *model.Model[S], t *trace.Trace) (*Walk[S], error) {
	p, err := Of(m).Replay(ctx, t)
	if p == nil {
		return nil, err
	}
	return &Walk[S]{p}, err
}

// Walk is a run of a model that is chosen step by step. [Replay] makes one: along a
// trace, or along none, and then the first step is to an initial state.
type Walk[S any] struct{ *Path }

// Path is a [Walk] without the type of its states.
type Path struct {
	walk    *system.Walk
	actions []system.Action
}

// ReplayError is a step of a trace that the model does not take.
type ReplayError struct {
	Step    int // the number of the state it should lead to, counting from 1
	Problem string
}

func (e *ReplayError) Error() string { return fmt.Sprintf("step %d: %s", e.Step, e.Problem) }

func replay(ctx context.Context, m *system.System, t *trace.Trace) (*Path, error) {
	if err := prepare(m, Options{}); err != nil {
		return nil, err
	}
	m = m.Watched()
	if t != nil && t.Beyond {
		m = m.GoingBeyond()
	}
	p := newPath(m, m.Actions)
	if t == nil {
		return p, nil
	}
	p.walk.Run.Beyond = t.Beyond
	var err error
	if stopped := p.Attend(ctx, func() { err = p.follow(ctx, t) }); stopped != nil {
		return nil, stopped
	}
	return p, err
}

// Attend runs work, which takes steps of the walk or asks what is found. If the context is
// cancelled, the work ends soon, with some steps left out, and the error is the context's.
// If a call of the model's code goes on for three seconds after that, the error is a
// [*HungError]. The walk must not be used any more after an error.
func (p *Path) Attend(ctx context.Context, work func()) error {
	p.walk.Cancelled = func() bool { return ctx.Err() != nil }
	if err := attendSteps(ctx, p.walk.System, work); err != nil {
		return err
	}
	p.walk.Cancelled = nil
	return ctx.Err()
}

// follow takes the steps of a trace.
func (p *Path) follow(ctx context.Context, t *trace.Trace) error {
	for i, want := range t.Steps {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := p.takeStep(i, want); err != nil {
			return err
		}
	}
	return p.close(t)
}

func newPath(m *system.System, actions []system.Action) *Path {
	return &Path{system.NewWalk(m, actions), actions}
}

func (p *Path) takeStep(i int, want trace.Step) error {
	if _, err := liveness.TakeStep(p.walk, i, want); err != nil {
		return &ReplayError{err.Step, err.Problem}
	}
	return nil
}

// close goes round the loop of a trace whose steps were taken, and notes how it is fair.
// The run gets its loop only once the loop is verified, which is done on a trace of its
// own: Verify takes all steps again, and compares them with the states of this run.
func (p *Path) close(t *trace.Trace) error {
	if t.Loop == 0 {
		return nil
	}
	run := &p.walk.Run
	again := &trace.Trace{Steps: run.Steps, Length: run.Length, Loop: t.Loop}
	j := liveness.Verify(system.NewWalk(p.walk.System, p.actions), again, "", nil)
	if j.Problem != "" {
		return &ReplayError{run.Length, j.Problem}
	}
	run.Loop, run.Fair = t.Loop, j.Fair
	p.walk.NoteWaits()
	return nil
}

// Close has the run go back for ever to the state with this number, counting from 1, which its
// last state equals; the last state's own number has it stay there. Findings judges properties
// about whole runs then. The error is a [*ReplayError] if the loop does not close or is not fair.
func (p *Path) Close(loop int) error {
	return p.close(&trace.Trace{Loop: loop})
}

// Trace is the run so far. It grows with the walk.
func (p *Path) Trace() *trace.Trace { return &p.walk.Run }

// Next are the steps that a search would take from here, in its order.
func (p *Path) Next() []trace.Step { return p.walk.Next() }

// NextOf are the steps of Next of one action that may be meant, with their places in Next. May
// is asked about the action and its arguments alone, as for [Place.MovesOf].
func (p *Path) NextOf(action string, may func(trace.Step) bool) (list []trace.Step, places []int) {
	return p.walk.NextOf(action, may)
}

// Take takes the step that has this place in Next, and reports whether there is one.
func (p *Path) Take(i int) bool { return i >= 0 && p.walk.TakeOrdinal(uint64(i)) }

// Outside reports whether the last state is outside the model's Constraint: it is
// judged, but no step leads on from it. A walk that goes beyond the constraint is never
// outside.
func (p *Path) Outside() bool { return p.walk.IsBound() }

// Findings are the properties that the last state or the last step violates, and those
// that it reaches, in the order of a [Report] and with its explanations, but without
// traces. Whether a property that is not among them holds elsewhere is another question.
// Properties about whole runs are judged only where the walk has a loop: a run that may
// go on breaks none of them yet.
// If there is a deadlock, the trace says from then on who waits for what.
func (p *Path) Findings() []PropertyReport {
	findings := []PropertyReport{}
	found := p.walk.Inspect(func(property int) (violated bool, detail string) {
		return liveness.VerifyProperty(p.walk, p.actions, property)
	})
	for _, f := range found.Shown {
		q := &p.walk.System.Properties[f.Property]
		verdict := Violated
		if q.IsReachable() {
			verdict = Reached
		}
		findings = append(findings, PropertyReport{Name: q.Name, Kind: string(q.Kind), Verdict: verdict, Detail: f.Detail})
	}
	if found.IsDeadlock {
		p.walk.NoteWaits()
		findings = append(findings, PropertyReport{Name: Deadlock, Kind: "deadlock", Verdict: Violated})
	}
	if found.Panicked != nil {
		findings = append(findings, PropertyReport{Name: Panic, Kind: "panic", Verdict: Violated, Detail: found.Panicked.String()})
	}
	return findings
}
