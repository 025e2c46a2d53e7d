package command

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/muster-mc/muster/command/internal/exit"
	"github.com/muster-mc/muster/explore"
)

// watch is what goes on beside a run: progress is shown, and the first
// interrupt cancels the context instead of ending the program. The second ends
// it.
type watch struct {
	context.Context
	progress *progress
	stop     func()
}

func (t *tool) watch() *watch {
	ctx, cancel := context.WithCancel(context.Background())
	w := &watch{Context: ctx, progress: newProgress(t.err)}
	signals, done := make(chan os.Signal, 2), make(chan struct{})
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go w.listen(signals, done, cancel)
	w.stop = func() {
		signal.Stop(signals)
		close(done)
		cancel()
		w.progress.clear()
	}
	return w
}

func (w *watch) listen(signals <-chan os.Signal, done <-chan struct{}, cancel func()) {
	for {
		select {
		case <-done:
			return
		case <-signals:
			if w.Err() != nil { // the second
				w.progress.clear()
				os.Exit(exit.Interrupted)
			}
			cancel()
		}
	}
}

// over is the options with the progress shown.
func (w *watch) over(o explore.Options) explore.Options {
	o.Progress = w.progress.show
	return o
}
