package explore

import (
	"sync"
	"time"
)

// meter is where a run stands, for somebody else to read.
type meter struct {
	mutex    sync.Mutex
	now      Progress
	expanded uint64 // states in this run
	before   uint64 // and in one that it resumes
	forecast Forecast
	pace     pace
}

// begin says how many states a run that this one resumes has expanded.
func (m *meter) begin(before uint64) {
	m.mutex.Lock()
	m.before = before
	m.mutex.Unlock()
}

func (m *meter) set(now Progress, expanded uint64, f Forecast) {
	m.mutex.Lock()
	m.now, m.expanded, m.forecast = now, expanded-m.before, f
	m.mutex.Unlock()
}

func (m *meter) read(since time.Time) Progress {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	m.now.Elapsed = time.Since(since)
	m.pace.measure(m.expanded, m.now.Elapsed)
	m.now.LeftLeast, m.now.LeftMost = m.pace.left(m.forecast, m.expanded+m.before)
	return m.now
}

// tell calls f about once a second until the returned function is called, which
// waits for a call that is under way.
func (m *meter) tell(f func(Progress), started time.Time) (quiet func()) {
	if f == nil {
		return func() {}
	}
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(time.Second)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
			case <-stop:
			}
			select {
			case <-stop: // even if it is time for another call
				return
			default:
				f(m.read(started))
			}
		}
	}()
	return func() { close(stop); <-done }
}
