package explore

import (
	"sync/atomic"
	"time"
)

// meter is where a run stands, for somebody else to read.
type meter struct {
	depth                                atomic.Int64
	distinct, generated, frontier, bytes atomic.Uint64
}

func (m *meter) set(c Counts, frontier, bytes uint64) {
	m.depth.Store(int64(c.Depth))
	m.distinct.Store(c.Distinct)
	m.generated.Store(c.Generated)
	m.frontier.Store(frontier)
	m.bytes.Store(bytes)
}

func (m *meter) read(since time.Time) Progress {
	return Progress{
		Elapsed:   time.Since(since),
		Depth:     int(m.depth.Load()),
		Distinct:  m.distinct.Load(),
		Generated: m.generated.Load(),
		Frontier:  m.frontier.Load(),
		Bytes:     m.bytes.Load(),
	}
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
