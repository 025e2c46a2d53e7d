package system

import (
	"context"
	"time"
)

// Attend runs work in a goroutine of its own, and reports whether the work has ended. It
// has not if the context is done, the work goes on for longer than the patience, and it is
// stuck: work that was told to end may have a file to write first. IsStuck is asked when
// the context is done, and then each time that the patience is at its end.
func Attend(ctx context.Context, patience time.Duration, work func(), isStuck func() bool) (ended bool) {
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
	for isStuck(); ; {
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

// InOneCall returns a function that reports whether the watch sees the same call of the
// model's code as when the function was called before.
func (w *Watch) InOneCall() func() bool {
	before := uint64(0)
	return func() bool {
		now := w.Running()
		isSame := now != 0 && now == before
		before = now
		return isSame
	}
}
