package liveness

import (
	"sync/atomic"

	"github.com/muster-mc/muster/internal/digraph"
	"github.com/muster-mc/muster/internal/system"
)

// relevant selects the states whose edges are made: those to which a run that breaks
// some claim can come. Most claims are about few of all states, so most edges need not
// be made. A state is relevant if it is inside and wanted.
type relevant struct {
	inside digraph.Bits // where such a run may be; known once the state is judged
	wanted digraph.Bits // where one may begin, or is reached by an edge; written by all workers
	taken  digraph.Bits // whose edges were made
	grown  atomic.Bool  // the current scan has made edges
}

// scansMax limits the scans for relevant states. A path that goes back to lower
// numbers k times may need about k scans. After scansMax, all states inside count as
// relevant: more edges than necessary, and never too few.
const scansMax = 6

// mark selects the states of a judged chunk: inside are the states where a run of some
// claim may be, and wanted at once are those where one may begin. The sets of all
// claims are united, so that each state's edges are made once.
func (g *graph) mark(chunk int) {
	r := g.relevant
	const words = digraph.ChunkNodes / 64
	for word := chunk * words; word < min((chunk+1)*words, len(r.inside)); word++ {
		inside, begin := uint64(0), uint64(0)
		for _, q := range g.questions {
			for i := range q.claims {
				// Where a run may begin is asked of each claim for itself: a state that is
				// a source of one claim and inside of another is not wanted for that.
				in, sources := q.claims[i].extent(word)
				inside |= in
				begin |= in & sources
			}
		}
		// The edges of all states also answer whether any fair run stays inside the
		// constraint.
		//
		// The first states are relevant whatever the claims, so that a name that no
		// argument has is reported even if no claim is about the action's states.
		if g.whole || g.byName && word < system.SamplesFirst/64 {
			inside, begin = ^uint64(0), ^uint64(0)
		}
		// An atom is false where no state was judged, so its negation is true there. A
		// relevant state that does not exist would never get its edges, and isLeft would
		// report it for ever.
		judged := g.judgedIn(word)
		r.inside[word] |= inside & judged
		// Other workers may mark states of this chunk as targets at the same time.
		atomic.OrUint64(&r.wanted[word], begin&judged)
	}
}

// judgedIn returns the places in a word whose states have been judged, if the chunk of
// the word has been: the last word of all states may have places for states that were
// not expanded yet, or do not exist.
func (g *graph) judgedIn(word int) uint64 {
	if left := g.known - word*64; left < 64 {
		return 1<<max(left, 0) - 1
	}
	return ^uint64(0)
}

// meet records that an edge leads to a state. Whether the state is inside may not be
// known yet. The test before the write spares most atomic writes, since most states
// are met many times.
func (r *relevant) meet(n uint32) {
	if !r.wanted.IsMarked(n) {
		r.wanted.Mark(n)
	}
}

// take reports whether a state's edges are to be made now, and records that they are.
func (r *relevant) take(n uint32) bool {
	if !r.inside.Has(n) || !r.wanted.IsMarked(n) || r.taken.Has(n) {
		return false
	}
	r.taken.Add(n)
	return true
}

// isLeft reports whether some relevant state has no edges.
func (r *relevant) isLeft() bool {
	for i, inside := range r.inside {
		if inside&r.wanted[i]&^r.taken[i] != 0 {
			return true
		}
	}
	return false
}
