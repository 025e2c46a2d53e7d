package liveness

import (
	"slices"

	"github.com/muster-mc/muster/internal/system"
)

// The parts of the model's code that an expander may be running, beside the atom with this
// place: they are noted for the case that the code does not return. A lock for each step
// would cost as much as many a step.
const (
	doesNothing = -1 - iota
	doesAction
	doesConstraint
)

// working has an expander work on a chunk, and marks it as busy meanwhile.
func (x *expander) working(chunk int, work func(*expander, int) bool) (ok bool) {
	x.isBusy.Store(true)
	defer x.isBusy.Store(false)
	return work(x, chunk)
}

// IsStuck reports whether an expander is busy. When the run was cancelled some time ago,
// that can only be because the model's code does not return.
//
//go:norace
func (c *Checker) IsStuck() bool { return slices.ContainsFunc(c.expanders(), (*expander).isStuck) }

// Hung describes the code that does not return, or returns nothing if there is none. As
// in a search, another goroutine than the expander's asks, and reads without a lock what
// an expander that hangs does not write any more.
//
//go:norace
func (c *Checker) Hung() string {
	for _, x := range c.expanders() {
		if x.isStuck() {
			return x.hung()
		}
	}
	return ""
}

//go:norace
func (c *Checker) expanders() []*expander {
	if c.graph == nil {
		return nil
	}
	return c.graph.expanders
}

func (x *expander) isStuck() bool { return x.isBusy.Load() }

//go:norace
func (x *expander) hung() string {
	switch x.doing {
	case doesNothing:
		return "the model's code"
	case doesConstraint:
		return system.OnState("Constraint", true, x.steps.work)
	case doesAction:
		s := x.system.Codec.Make() // a copy, for the action may change it
		x.system.Codec.New().Copy(s, x.reader.State())
		label := system.LabelOfHung(&x.actions[x.trying], s, x.odometer.Answers(nil))
		return system.OnState(label, true, x.reader.State())
	}
	return system.OnState("property "+x.graph.atoms[x.doing].property, true, x.reader.State())
}
