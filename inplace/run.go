package inplace

import (
	"math/rand/v2"

	"github.com/muster-mc/muster/model"
)

func (c *counter) add() { c.cells[rand.Uint64()%uint64(len(c.cells))].n.Add(1) }

func (c *counter) sum() (n uint64) {
	for i := range c.cells {
		n += c.cells[i].n.Load()
	}
	return n
}

func (c *counter) reset() {
	for i := range c.cells {
		c.cells[i].n.Store(0)
	}
}

// begin prepares for a run. What earlier runs have found stays: references that were
// kept elsewhere must go on to refer to something. A run counts what it meets itself, whether it
// was known before or not, so that a second run of one model reports the same.
func (t *table[T, V, In, Out]) begin(r model.CodeRun) (end func()) {
	a := &t.running
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.runs == 0 {
		a.last++
		a.epoch.Store(a.last + 1)
		a.asked.reset()
		a.states.Store(0)
		a.steps.Store(0)
		a.exact.Store(r.Exact)
		t.live.Store(newLive[T](r.Live))
	}
	a.runs++
	return t.end
}

func (t *table[T, V, In, Out]) end() {
	a := &t.running
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.runs--; a.runs == 0 {
		t.live.Swap(nil).close()
	}
}

// met notes that a run has come to an outcome, for the first time in most cases.
func (t *table[T, V, In, Out]) met(o *outcome[T, V, In, Out], isStep bool, tell func(*source[T, V, In, Out])) {
	if s := t.watch.Load(); s != nil {
		tell(s)
		return
	}
	now := t.running.epoch.Load()
	if o.run.Swap(now) == now {
		return
	}
	if isStep {
		t.running.steps.Add(1)
	}
	if o.to != nil && o.to.run.Swap(now) != now {
		t.running.states.Add(1)
	}
}

func (t *table[T, V, In, Out]) account() model.CodeAccount {
	a := &t.running
	return model.CodeAccount{
		Name: t.name, States: a.states.Load(), Steps: a.steps.Load(), Asked: a.asked.sum(),
		Exact: a.exact.Load() && !a.loose.Load(),
	}
}
