package conform

import (
	"context"
	"fmt"
	"time"

	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/trace"
)

// patience is the time after which a check that was ended, and goes on, is given up if one
// call of the model's code has not returned.
const patience = time.Second

// HungError is code of the model that does not return. It cannot be stopped: it goes on
// until the process ends.
type HungError struct{ Model, Part string }

func (e *HungError) Error() string {
	return fmt.Sprintf("%s: %s has not returned for %v: it cannot be stopped, and goes on until the process ends", trace.Escape(e.Model), e.Part, patience)
}

// attend runs a check, and reports whether it has ended. It has not if the context is done
// and one call of the model's code goes on.
func attend(ctx context.Context, w *system.Watch, check func()) (ended bool) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		check()
	}()
	select {
	case <-done:
		return true
	case <-ctx.Done():
	}
	ticks := time.NewTicker(patience)
	defer ticks.Stop()
	for before := w.Running(); ; before = w.Running() {
		select {
		case <-done:
			return true
		case <-ticks.C:
			if now := w.Running(); now != 0 && now == before {
				return false
			}
		}
	}
}
