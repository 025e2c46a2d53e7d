package explore

import (
	"math"
	"slices"
	"sync/atomic"

	"github.com/muster-mc/muster/internal/digraph"
	"github.com/muster-mc/muster/internal/pages"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/internal/visited"
)

// linker makes the graph for properties about whole runs while the search takes
// the steps: to look up where they lead takes a fraction of taking each once more.
// After every round all states that were met have their numbers, so that the edges
// of those which were expanded can be made. There is no harm in giving up: what has
// no edges by the end of the search gets them then.
type linker struct {
	graph   *stateGraph
	tracers []*tracer
	keys    [][]uint64           // of all states, in order, keysPart at a time
	cuts    pages.Pieces[uint64] // what keys are made of
	states  int                  // how many there are
	room    int                  // how many the table of numbers is for
	sized   int                  // how many states the tracers are prepared for
	asked   int                  // how many states are expanded when it is asked again whether this pays
	carry   noted                // of states in a chunk that is not complete
	spare   noted
}

const keysPart = 1 << 12

// beginLinking prepares for that, if it is of use.
func (e *engine) beginLinking() {
	if !e.temporal || e.counts.Distinct > 0 || e.store.disk != nil || e.tuning.apart {
		return
	}
	e.graph = newStateGraph(e)
	if set, ok := e.store.Set.(*visited.Exact); ok && e.hasNumbers() {
		e.store.numbered = set // no step needs to be taken once more to know whose it is
		set.UseNumbers()
	}
	e.graph.linked = e.store.numbered == nil
	e.graph.Spill(math.MaxUint64, e.openEdges)
	e.linker = &linker{graph: e.graph}
	for range e.workers {
		e.linker.tracers = append(e.linker.tracers, newTracer(e.graph))
	}
	e.changeFilters()
}

// hasNumbers reports whether an exact set has the states' numbers.
func (e *engine) hasNumbers() bool {
	return e.temporal && !e.tuning.apart && !slices.ContainsFunc(e.actions, isFairByArguments)
}

func isFairByArguments(a system.Action) bool { return a.Fair.IsEach() }

// endLinking leaves the rest to the end of the search.
func (e *engine) endLinking() {
	if e.linker == nil {
		return
	}
	e.graph.numbers.Free()
	e.graph.linked, e.graph.numbers, e.graph.noted = false, nil, nil
	e.linker, e.store.numbered = nil, nil
	e.changeFilters()
}

func (e *engine) changeFilters() {
	for _, w := range e.workers {
		w.initFilters()
	}
}

// link makes the edges of a round.
func (e *engine) link() {
	l := e.linker
	if l == nil {
		return
	}
	if !l.number(e) || uint64(l.states) != e.counts.Distinct || !l.learn(e) || !l.trace(e) {
		e.endLinking()
		e.graph = nil // the steps are taken once more, and whatever is wrong is found once more
		return
	}
	l.turn(e)
	if e.held() > e.shares.free/2 || e.graph.InMemory() > e.shares.free/8 || !l.pays() {
		e.endLinking()
	}
}

const (
	paysFirst = 1 << 14 // states are expanded before it is asked whether linking pays
	paysShare = 8       // it does when one state in so many has its edges made
)

// pays reports whether the claims are about so many states that it is worth noting
// every step. It is asked again when there are twice as many states.
func (l *linker) pays() bool {
	g := l.graph
	if g.known < max(l.asked, paysFirst) {
		return true
	}
	l.asked = 2 * g.known
	return g.region.taken.Len() > g.known/paysShare
}

// number gives the new states of the blocks their numbers. It reports false if
// that cannot be done.
func (l *linker) number(e *engine) (ok bool) {
	first := l.states
	for i := range e.blocks {
		b := &e.blocks[i]
		b.numbers = l.states
		l.states += len(b.order)
	}
	switch set := e.store.numbered; {
	case l.states > placesMax:
		return false
	case set != nil:
		e.each(func(_ *worker, b *block) {
			for i, candidate := range b.order {
				set.SetNumber(b.places[candidate], uint32(b.numbers+i))
			}
		})
		return true
	}
	return l.enter(e.blocks, first)
}

// enter puts the new states of the blocks into the table of numbers, from one on.
// It reports false if two have one key.
func (l *linker) enter(blocks []block, first int) (ok bool) {
	for i := range blocks {
		b := &blocks[i]
		for _, candidate := range b.order {
			l.add(b.keys[candidate])
		}
	}
	if l.states > l.room {
		l.room, first = 2*l.states, 0
		l.graph.numbers.Free()
		l.graph.numbers = digraph.NewNumbers(l.room)
	}
	for ok = true; ok && first < l.states; {
		part := l.keys[first/keysPart][first%keysPart:]
		part = part[:min(len(part), batchKeys)]
		ok = l.graph.numbers.InsertAll(part, uint32(first))
		first += len(part)
	}
	return ok
}

// batchKeys is how many are put into the table at a time.
const batchKeys = 64

func (l *linker) add(key uint64) {
	last := len(l.keys) - 1
	if last < 0 || len(l.keys[last]) == keysPart {
		l.keys = append(l.keys, l.cuts.Cut(keysPart)[:0])
		last++
	}
	l.keys[last] = append(l.keys[last], key)
}

// learn has the workers find out which states their candidates are. It reports
// false if one is none.
func (l *linker) learn(e *engine) (ok bool) {
	var failed atomic.Bool
	learn := func(i int) {
		n := &e.workers[i].notepad
		for b := range e.blocks {
			switch b, set := &e.blocks[b], e.store.numbered; {
			case b.maker != i:
			case set != nil:
				n.learnPlaces(b.places, set)
			case !n.learn(b.keys, l.graph.numbers):
				failed.Store(true)
				return
			}
		}
		n.settle()
	}
	if len(e.blocks) == 1 {
		learn(e.blocks[0].maker)
	} else {
		e.team.run(learn)
	}
	return !failed.Load()
}

// turn has the workers begin a new round.
func (l *linker) turn(e *engine) {
	for _, w := range e.workers {
		w.notepad.turn()
	}
}

// trace makes the edges of all chunks whose states have been expanded.
func (l *linker) trace(e *engine) (ok bool) {
	g := l.graph
	g.grow(l.states)
	if e.making == 0 {
		b := &e.blocks[0]
		return uint64(len(b.noted.leads)) == b.generated
	}
	if l.states > 8*l.sized {
		l.sized = l.states
		for _, t := range l.tracers {
			t.prepare(l.sized)
		}
	}
	g.noted = append(g.noted[:0], l.carry)
	for i := range e.blocks {
		n, whole := e.blocks[i].notes()
		n.candidates = e.workers[e.blocks[i].maker].notepad.numbers
		if !whole {
			return false
		}
		g.noted = append(g.noted, n)
	}
	g.known = int(g.noted[len(g.noted)-1].end())
	ready := g.known / digraph.ChunkNodes
	if !l.traceChunks(e, ready) {
		return false
	}
	if e.tuning.pieces && g.known%digraph.ChunkNodes > 0 && !l.traceChunk(0, ready) {
		return false
	}
	l.spare.begin()
	for i := range g.noted {
		l.spare.addFrom(&g.noted[i], uint64(ready*digraph.ChunkNodes))
	}
	l.carry, l.spare = l.spare, l.carry
	return true
}

// traceChunks makes the edges of all chunks up to this one.
func (l *linker) traceChunks(e *engine, ready int) (ok bool) {
	var cursor atomic.Int64
	var failed atomic.Bool
	cursor.Store(int64(l.graph.judged))
	work := func(i int) {
		for chunk := int(cursor.Add(1)) - 1; chunk < ready && !failed.Load(); chunk = int(cursor.Add(1)) - 1 {
			if !l.traceChunk(i, chunk) {
				failed.Store(true)
			}
		}
	}
	if ready-l.graph.judged <= 1 {
		work(0)
	} else {
		e.team.run(work)
	}
	l.graph.judged = max(l.graph.judged, ready)
	return !failed.Load()
}

// traceChunk has one of the tracers make the edges of a chunk.
func (l *linker) traceChunk(tracer, chunk int) (ok bool) {
	t := l.tracers[tracer]
	return t.judgeAll(chunk) && t.trace(chunk)
}

// finish makes the edges of the states that are left when the search has ended. It
// reports false if something went wrong, which the engine then knows.
func (l *linker) finish() bool {
	g := l.graph
	g.noted = append(g.noted[:0], l.carry)
	var missing atomic.Bool
	ok := g.scan(l.tracers, g.judged, func(t *tracer, chunk int) bool {
		made := t.judgeAll(chunk) && t.trace(chunk)
		if !made {
			missing.Store(true)
		}
		return made
	})
	if g.noted = nil; !missing.Load() {
		g.judged = g.Chunks()
	}
	return ok
}

// graphBytes is how much memory the graph holds while it is made.
func (e *engine) graphBytes() uint64 {
	if e.graph == nil {
		return 0
	}
	bytes := e.graph.InMemory()
	if l := e.linker; l != nil {
		bytes += 8*keysPart*uint64(len(l.keys)) + e.graph.numbers.Bytes()
	}
	return bytes
}
