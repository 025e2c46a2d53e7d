package run

import (
	"maps"
	"sync"
	"time"

	"github.com/muster-mc/muster/cluster/task"
	"github.com/muster-mc/muster/explore"
)

// cost adds up what a run takes. Any goroutine may use it.
type cost struct {
	mutex sync.Mutex
	sum   explore.Distribution
}

func (c *cost) update(f func(d *explore.Distribution)) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	f(&c.sum)
}

func (c *cost) read(bytes int) {
	c.update(func(d *explore.Distribution) { d.BytesRead += uint64(bytes) })
}
func (c *cost) wrote(bytes int) {
	c.update(func(d *explore.Distribution) { d.BytesWritten += uint64(bytes) })
}

// phase adds the time since a phase began.
func (c *cost) phase(name string, began time.Time) {
	c.update(func(d *explore.Distribution) {
		if d.Phases == nil {
			d.Phases = map[string]float64{}
		}
		d.Phases[name] += time.Since(began).Seconds()
	})
}

// outage adds time in which something could not be reached.
func (c *cost) outage(t time.Duration) {
	c.update(func(d *explore.Distribution) { d.Outages += t.Seconds() })
}

// add adds what a task took.
func (c *cost) add(t task.Cost) {
	c.update(func(d *explore.Distribution) {
		d.BytesRead += t.Read
		d.BytesWritten += t.Written
		if t.Delivered > 1 {
			d.Again++
		}
	})
}

// now is a copy of the sum.
func (c *cost) now() explore.Distribution {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	d := c.sum
	d.Phases = maps.Clone(d.Phases)
	return d
}
