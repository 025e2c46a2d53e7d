package explore

import (
	"context"
	"maps"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
)

// Check explores every reachable state of a model and checks its properties.
//
// The report's verdict is Violated if any property was found to be violated;
// Incomplete if nothing was found, but a limit or the context ended the run
// before every state was visited; and Holds otherwise.
//
// The error is for what makes a verdict impossible: a [*ModelError] for a model
// or options that cannot be used, a [*ContractError] for a model that breaks
// the rules of package model, a [*CheckpointError] or a [*WorkDirError] for a
// directory that cannot be used.
func Check[S any](ctx context.Context, m *model.Model[S], o Options) (*Report, error) {
	return Of(m).Check(ctx, o)
}

// launch explores a model, once begin has put the engine where it is to start.
func launch(ctx context.Context, m *system.System, o Options, begin func(*engine) error) (*Report, error) {
	started := time.Now()
	if err := prepare(m, o); err != nil {
		return nil, err
	}
	if o.Timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, o.Timeout, errTimeout)
		defer cancel()
	}
	e, err := newEngine(m, o)
	if err != nil {
		return nil, err
	}
	if e.files, err = newFiles(o); err == nil {
		err = begin(e)
	}
	defer e.files.Close() // what cannot be removed is left to the next run
	defer e.log.Free()
	defer e.pool.Free()
	if err != nil {
		e.team.dismiss()
		e.store.Free()
		e.verdicts.close()
		return nil, err
	}
	quiet := e.meter.tell(o.Progress, started)
	e.run(ctx)
	quiet()
	return e.report(started)
}

// workers is how many there are.
func (o Options) workers() int {
	if o.Workers > 0 {
		return o.Workers
	}
	return runtime.GOMAXPROCS(0)
}

// wants reports whether a property is to be checked.
func (o Options) wants(property string) bool {
	if o.Properties == nil {
		return true
	}
	for _, p := range o.Properties {
		if p == property {
			return true
		}
	}
	return false
}

// report says what the run found out.
func (e *engine) report(started time.Time) (*Report, error) {
	if f := e.found.first[e.found.other(aBreach)]; f.exists {
		return nil, e.breach(f)
	}
	if e.failed != nil {
		return nil, e.failed
	}
	r := &Report{
		Model: e.model.Name, Parameters: e.parameters(),
		Counts: e.counts, Actions: e.actionReports(), Bounds: e.bounds(),
		Store: e.store.report(e.counts.Distinct),
		Bytes: e.bytes,
	}
	r.Vacuity = e.vacuity(r.Actions)
	r.Forecast = e.foreseen()
	r.Explanation = e.explanation()
	err := e.reportProperties(r)
	if err != nil {
		return nil, err
	}
	e.conclude(r)
	if e.counts.Distinct == 0 && e.stop == nil && !r.hasCounterexample() {
		return nil, &ModelError{e.model.Name, e.noStates()}
	}
	if r.Checkpoint, err = e.keeper.conclude(e.stop); err != nil {
		return nil, err
	}
	r.Seconds = time.Since(started).Seconds()
	return r, nil
}

// parameters are a copy that the caller may change.
func (e *engine) parameters() map[string]any {
	p := map[string]any{}
	maps.Copy(p, e.options.Parameters)
	return p
}

func (r *Report) hasCounterexample() bool {
	return slices.ContainsFunc(r.Properties, func(p PropertyReport) bool { return p.Verdict == Violated })
}

// noStates says why there is nothing to explore.
func (e *engine) noStates() string {
	if e.counts.Generated > 0 {
		return "Constraint is false for every initial state"
	}
	return "Init returned false for everything it chose: there is no initial state"
}

func (e *engine) breach(f finding) error {
	t, _, err := e.traceOf(f)
	if err != nil {
		return err
	}
	return &ContractError{Model: e.model.Name, Problem: f.detail, Trace: t}
}

// conclude draws the overall verdict.
func (e *engine) conclude(r *Report) {
	r.Verdict = Holds
	if e.stop != nil && e.stop.reason != "" {
		r.Verdict, r.Reason = Incomplete, e.stop.reason
	}
	if e.undecided != "" {
		r.Verdict, r.Reason = Incomplete, e.undecided
	}
	for _, p := range r.Properties {
		if p.Verdict == Violated || p.Verdict == Unreached && len(e.options.WithoutFaults) == 0 {
			r.Verdict = Violated
		}
	}
}

func (e *engine) actionReports() []ActionReport {
	list := make([]ActionReport, len(e.actions))
	for i, a := range e.actions {
		c := e.coverage[i]
		list[i] = ActionReport{a.Name, a.Fault, c.attempts, c.enabled, c.discovered}
	}
	return list
}

// bounds says what the answer rests on.
func (e *engine) bounds() []string {
	list := []string{}
	if e.model.Constraint != nil {
		list = append(list, "the model's constraint")
	}
	if len(e.options.WithoutFaults) > 0 {
		list = append(list, "without faults: "+strings.Join(e.options.WithoutFaults, ", "))
	}
	if e.options.Properties != nil {
		list = append(list, "only properties: "+strings.Join(e.options.Properties, ", "))
	}
	if left := e.leftOut(); len(left) > 0 {
		list = append(list, "without properties about whole runs: "+strings.Join(left, ", "))
	}
	return list
}

// reportProperties reports on every property that was checked, in the order of
// the model, and then on deadlocks and panics.
func (e *engine) reportProperties(r *Report) error {
	for _, i := range e.properties {
		p := &e.model.Properties[i]
		if p.IsTemporal() {
			r.Properties = append(r.Properties, e.answerOn(i))
			continue
		}
		if err := e.reportFinding(r, i, p.Name, string(p.Kind)); err != nil {
			return err
		}
		r.Properties[len(r.Properties)-1].Applied = e.appliedTo(i)
	}
	if e.deadlock {
		if err := e.reportFinding(r, e.found.other(aDeadlock), Deadlock, "deadlock"); err != nil {
			return err
		}
	}
	if kind := e.found.other(aPanic); e.found.first[kind].exists {
		return e.reportFinding(r, kind, Panic, "panic")
	}
	return nil
}

func (e *engine) reportFinding(r *Report, kind int, name, kindName string) error {
	f := e.found.first[kind]
	p := PropertyReport{Name: name, Kind: kindName, Verdict: e.without(kind)}
	if f.exists {
		t, player, err := e.traceOf(f)
		if err != nil {
			return err
		}
		p.Verdict, p.Trace, p.Detail = Violated, t, f.detail
		if e.isWitness(kind) {
			p.Verdict = Reached
		} else if p.Detail == "" {
			p.Detail = player.explain(kind)
		}
	}
	r.Properties = append(r.Properties, p)
	return nil
}

// without is the verdict on a property about which nothing was found.
func (e *engine) without(kind int) Verdict {
	switch {
	case e.stop != nil:
		return Unknown
	case e.isWitness(kind):
		return Unreached
	}
	return Holds
}
