package conform

import (
	"bytes"
	"log/slog"
	"slices"
	"sync"
)

// Recorder keeps what code under test logs with log/slog. Each handler is a log of its own:
// one for the whole system, or one for each node. The records are those that
// [slog.JSONHandler] would write to a file, so that a test and a service in production have
// the same records and one [Log] for both.
type Recorder struct {
	mutex sync.Mutex
	names []string
	logs  map[string]*bytes.Buffer
}

// Handler returns the handler of the log with this name, for records of every level. It is
// for any number of goroutines, whose records are then in the order of their calls.
func (r *Recorder) Handler(name string) slog.Handler {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if r.logs == nil {
		r.logs = map[string]*bytes.Buffer{}
	}
	if r.logs[name] == nil {
		r.names = append(r.names, name)
		r.logs[name] = &bytes.Buffer{}
	}
	return slog.NewJSONHandler(guardedLog{r, r.logs[name]}, &slog.HandlerOptions{Level: slog.Level(-1 << 20)})
}

// Logs are the logs so far, in the order in which they were first asked for.
func (r *Recorder) Logs() []Input {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	var logs []Input
	for _, name := range r.names {
		logs = append(logs, Input{name, slices.Clone(r.logs[name].Bytes())})
	}
	return logs
}

// guardedLog writes to a buffer of a recorder.
type guardedLog struct {
	recorder *Recorder
	buffer   *bytes.Buffer
}

func (g guardedLog) Write(line []byte) (int, error) {
	g.recorder.mutex.Lock()
	defer g.recorder.mutex.Unlock()
	return g.buffer.Write(line)
}
