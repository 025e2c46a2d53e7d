package explore

import (
	"slices"
	"sync/atomic"

	"github.com/muster-mc/muster/internal/digraph"
	"github.com/muster-mc/muster/model"
)

// region is the part of the graph whose edges are made: the states that a run can
// come to which breaks a claim. Most claims are about few of all states.
type region struct {
	inside digraph.Bits // where such runs may be
	wanted digraph.Bits // the states known to belong to it
	taken  digraph.Bits // those whose edges were made
	grown  atomic.Bool  // some were, this time
}

// scansMax is how often the states are gone through for those that are wanted by
// then. After that, all that are inside are: a run may go back and forth through
// the numbers as often as it likes.
const scansMax = 6

// regionOf is the part that the questions ask for. Each claim's runs begin in its
// sources and stay inside.
func (g *stateGraph[S]) regionOf(questions []question[S]) *region {
	r := &region{inside: digraph.NewBits(g.Nodes()), wanted: digraph.NewBits(g.Nodes()), taken: digraph.NewBits(g.Nodes())}
	for _, q := range questions {
		for _, c := range q.claims {
			inside, sources := c.extent()
			r.inside.Or(inside)
			r.wanted.Or(sources.And(inside))
		}
	}
	if slices.ContainsFunc(g.engine.actions, func(a model.Action[S]) bool { return a.FairBy != nil }) {
		for n := range min(samplesFirst, g.Nodes()) { // so that a name that is none does not pass unnoticed
			r.wanted.Add(uint32(n))
		}
	}
	return r
}

// meet notes that a state was reached from one of the region.
func (r *region) meet(n uint32) {
	if r.inside.Has(n) && !r.wanted.IsMarked(n) {
		r.wanted.Mark(n)
	}
}

// take reports whether a state's edges are to be made, and notes that they are.
func (r *region) take(n uint32) bool {
	if !r.wanted.IsMarked(n) || r.taken.Has(n) {
		return false
	}
	r.taken.Add(n)
	return true
}
