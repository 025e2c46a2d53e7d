package explore

import (
	"context"
	"fmt"
	"time"

	"github.com/muster-mc/muster/internal/search"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/trace"
)

// patience is the time after which a run that was cancelled, and has not ended, is given
// up, if the model's code has not returned. Such code cannot be stopped. The run ends all
// the same, and the memory that it holds is left to the end of the process.
const patience = 3 * time.Second

// HungError is code of the model that did not return when the context was cancelled. It
// cannot be stopped: it goes on until the process ends, and with it the goroutine that
// runs it. A report says the same in its Reason.
type HungError struct {
	Model string
	Part  string // an action with its arguments, or a predicate, and the state
	Err   error  // of the context
}

func (e *HungError) Error() string {
	return fmt.Sprintf("%s: interrupted; %s", trace.Escape(e.Model), reasonHung(e.Part))
}

func (e *HungError) Unwrap() error { return e.Err }

// attendSteps attends work that does nothing but take steps of a system.
func attendSteps(ctx context.Context, m *system.System, work func()) error {
	switch ending, site := system.Attend(ctx, patience, work, m.Watch.InOneCall()); ending {
	case system.Stuck:
		return &HungError{m.Name, m.Watch.Hung(), context.Cause(ctx)}
	case system.Left:
		return leftError(m, site)
	}
	return nil
}

// leftError is the error of a model whose code has ended its goroutine, at this site.
func leftError(m *system.System, site string) error {
	return &ContractError{Model: m.Name, Problem: (&system.Exit{Site: site}).Problem()}
}

// reasonHung is why a run ends whose model's code, this part of it, does not return.
func reasonHung(part string) string {
	return fmt.Sprintf("%s has not returned for %v: it cannot be stopped, and goes on until the process ends", part, patience)
}

// attend has the run do work.
func (r *run) attend(ctx context.Context, work func()) (e system.Ending, site string) {
	inOne := r.system.Watch.InOneCall()
	return system.Attend(ctx, patience, work, func() bool {
		isSame := inOne() // asked every time, for it compares with the time before
		return isSame || r.search.IsStuck() || r.liveness != nil && r.liveness.IsStuck()
	})
}

// hung describes the code of the model that does not return.
func (r *run) hung() string {
	part := r.search.Hung()
	if part == "" && r.liveness != nil {
		part = r.liveness.Hung()
	}
	if part == "" {
		part = r.system.Watch.Hung()
	}
	if part == "" {
		return "the model's code"
	}
	return part
}

// reportHung is the report of a run whose model's code does not return: the counts are
// those of its last whole round. What the search has committed stays as it is, since the
// goroutine that commits is the one that hangs, or waits for it.
func (r *run) reportHung(ctx context.Context, started time.Time) (*Report, error) {
	part := r.hung()
	_ = r.checkpointer.Close() // the lock ends with the process if not now
	r.result = r.search.Result()
	r.result.Stop = &search.Stop{Reason: r.cancelled() + "; " + reasonHung(part)}
	report, _, err := r.reportInTime(ctx, started)
	return report, err
}

// reportInTime is the report of the run. To make it, the run takes the steps of each trace
// once more, and asks the properties for their explanations. If that hangs, the report
// goes without traces; the second result says so.
func (r *run) reportInTime(ctx context.Context, started time.Time) (_ *Report, hung bool, _ error) {
	var report *Report
	var err error
	switch ending, site := r.attend(ctx, func() { report, err = r.report(started) }); ending {
	case system.Ended:
		return report, false, r.public(err)
	case system.Left:
		return nil, false, leftError(r.system, site)
	}
	bare := *r // the first report goes on if its code returns after all
	reason := reasonHung(r.hung())
	if stop := r.result.Stop; stop != nil && stop.Reason != "" {
		reason = stop.Reason + "; " + reason
	} else {
		reason = r.cancelled() + "; " + reason
	}
	bare.withoutRuns, bare.result.Stop = true, &search.Stop{Reason: reason}
	withoutRuns, err := bare.report(started)
	return withoutRuns, true, r.public(err)
}
