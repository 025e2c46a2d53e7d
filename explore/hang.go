package explore

import (
	"context"
	"fmt"
	"time"

	"github.com/muster-mc/muster/internal/search"
)

// patience is the time after which a run that was cancelled, and has not ended, is given
// up, if the model's code has not returned. Such code cannot be stopped. The run ends all
// the same, and the memory that it holds is left to the end of the process.
const patience = 3 * time.Second

// attend runs work, and reports whether it has ended. It has not if the context was
// cancelled, the work goes on for longer than patience, and it is stuck: it may also be
// writing a checkpoint.
func attend(ctx context.Context, work func(), isStuck func() bool) (ended bool) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		work()
	}()
	select {
	case <-done:
		return true
	case <-ctx.Done():
	}
	ticks := time.NewTicker(patience)
	defer ticks.Stop()
	for {
		select {
		case <-done:
			return true
		case <-ticks.C:
			if isStuck() {
				return false
			}
		}
	}
}

// reasonHung is why a run ends whose model's code, this part of it, does not return.
func reasonHung(part string) string {
	return fmt.Sprintf("%s has not returned for %v: it cannot be stopped, and goes on until the process ends", part, patience)
}

// isStuck reports whether the model's code is run now.
func (r *run) isStuck() bool {
	return r.search.IsStuck() || r.explainer != nil && r.explainer.IsStuck()
}

// hung describes the model's code that does not return.
func (r *run) hung() string {
	if r.explainer != nil && r.explainer.IsStuck() {
		return r.explainer.Hung()
	}
	return r.search.Hung()
}

// reportHung is the report of a run whose model's code does not return: the counts are
// those of its last whole round. What the search has committed stays as it is, since the
// goroutine that commits is the one that hangs, or waits for it.
func (r *run) reportHung(started time.Time) (*Report, error) {
	part := r.hung()
	_ = r.checkpointer.Close() // the lock ends with the process if not now
	r.result = r.search.Result()
	r.result.Stop = &search.Stop{Reason: r.cancelled() + "; " + reasonHung(part)}
	report, err := r.report(started)
	return report, r.public(err)
}
