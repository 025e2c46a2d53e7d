package progress

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"

	"github.com/muster-mc/muster/command/internal/exit"
	"github.com/muster-mc/muster/command/internal/output"
	"github.com/muster-mc/muster/explore"
)

// Monitor accompanies a run. It shows the run's progress, and it is a context
// that the first interrupt cancels. A second interrupt ends the program.
type Monitor struct {
	context.Context
	*Line

	// Stop ends the monitor: the line is erased, and an interrupt ends the
	// program again.
	Stop func()
}

// NewMonitor starts a monitor that shows progress on this output.
func NewMonitor(out *output.Terminal) *Monitor {
	ctx, cancel := context.WithCancel(context.Background())
	m := &Monitor{Context: ctx, Line: NewLine(out)}
	signals, done := make(chan os.Signal, 2), make(chan struct{})
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go m.listen(signals, done, cancel)
	m.Stop = func() {
		signal.Stop(signals)
		close(done)
		cancel()
		m.Clear()
	}
	return m
}

func (m *Monitor) listen(signals <-chan os.Signal, done <-chan struct{}, cancel func()) {
	for {
		select {
		case <-done:
			return
		case <-signals:
			if m.Err() != nil { // the second interrupt
				m.Clear()
				os.Exit(exit.Interrupted)
			}
			cancel()
		}
	}
}

// Over returns the options with the progress shown.
func (m *Monitor) Over(o explore.Options) explore.Options {
	o.Progress = m.Show
	return o
}

// Interruption is the error of work that the interrupt ended, in the words for the user: an
// error that names code which does not return says more than that there was an interrupt.
func Interruption(err error) error {
	if hung := new(explore.HungError); errors.As(err, &hung) {
		return err
	}
	return exit.ErrInterrupted
}
