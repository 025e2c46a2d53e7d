package system

import (
	"context"
	"time"
)

// Ending is what became of work that was attended.
type Ending int

const (
	Ended Ending = iota // the work has returned
	Stuck               // it does not return
	Left                // the model's code has ended the goroutine of the work
)

// Attend runs work in a goroutine of its own, and says what became of it, and where the
// model's code has ended the goroutine, if it has. The work is stuck if the context is done,
// the work goes on for longer than the patience, and isStuck says so: work that was told to
// end may have a file to write first. IsStuck is asked when the context is done, and then
// each time that the patience is at its end.
func Attend(ctx context.Context, patience time.Duration, work func(), isStuck func() bool) (e Ending, site string) {
	done := make(chan struct{})
	left := &Exit{}
	go func() {
		defer close(done)
		defer func() {
			switch v := recover().(type) {
			case nil:
				if left != nil {
					left = NewExit()
				}
			case *Exit:
				left = v
			default:
				panic(v) // it is the engine's
			}
		}()
		work()
		left = nil
	}()
	ending := func() (Ending, string) {
		if left != nil {
			return Left, left.Site
		}
		return Ended, ""
	}
	select {
	case <-done:
		return ending()
	case <-ctx.Done():
	}
	ticks := time.NewTicker(patience)
	defer ticks.Stop()
	for isStuck(); ; {
		select {
		case <-done:
			return ending()
		case <-ticks.C:
			if isStuck() {
				return Stuck, ""
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
