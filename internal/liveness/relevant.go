package liveness

import (
	"sync/atomic"

	"github.com/muster-mc/muster/internal/digraph"
	"github.com/muster-mc/muster/internal/system"
)

// relevant is the states whose edges are made: those to which a run can come that
// breaks a claim. Most claims are about few of all states.
type relevant struct {
	inside digraph.Bits // where such runs may be
	wanted digraph.Bits // the states known to belong to it
	taken  digraph.Bits // those whose edges were made
	grown  atomic.Bool  // some were, this time
}

// scansMax is the number of times that the states are gone through for those that are
// wanted by then. After that, all states inside are wanted: a run may go back and
// forth through the numbers any number of times.
const scansMax = 6

// mark notes which states of a chunk that was judged belong to it. Each claim's
// runs begin in its sources and stay inside.
func (g *graph) mark(chunk int) {
	r := g.relevant
	const words = digraph.ChunkNodes / 64
	for word := chunk * words; word < min((chunk+1)*words, len(r.inside)); word++ {
		begin := uint64(0)
		for _, q := range g.questions {
			for i := range q.claims {
				inside, sources := q.claims[i].extent(word)
				r.inside[word] |= inside
				begin |= inside & sources
			}
		}
		if g.whole {
			begin = ^uint64(0)
			r.inside[word] = begin
		}
		if g.byName && word < system.SamplesFirst/64 {
			begin = ^uint64(0) // so that a name that is none does not pass unnoticed
			r.inside[word] = begin
		}
		atomic.OrUint64(&r.wanted[word], begin)
	}
}

// meet notes that a state was reached from one of the relevant. Whether it is inside
// may not be known yet.
func (r *relevant) meet(n uint32) {
	if !r.wanted.IsMarked(n) {
		r.wanted.Mark(n)
	}
}

// take reports whether a state's edges are to be made, and notes that they are.
func (r *relevant) take(n uint32) bool {
	if !r.inside.Has(n) || !r.wanted.IsMarked(n) || r.taken.Has(n) {
		return false
	}
	r.taken.Add(n)
	return true
}

// isLeft reports whether there are states whose edges are to be made.
func (r *relevant) isLeft() bool {
	for i, inside := range r.inside {
		if inside&r.wanted[i]&^r.taken[i] != 0 {
			return true
		}
	}
	return false
}
