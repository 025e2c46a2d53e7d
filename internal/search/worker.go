package search

import (
	"slices"
	"sync/atomic"

	"github.com/muster-mc/muster/internal/dedup"
	"github.com/muster-mc/muster/internal/fingerprint"
	"github.com/muster-mc/muster/internal/frontier"
	"github.com/muster-mc/muster/internal/orbit"
	"github.com/muster-mc/muster/internal/predecessor"
	"github.com/muster-mc/muster/internal/steplog"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/internal/visited"
	"github.com/muster-mc/muster/model"
)

// worker expands and collects blocks. It owns everything it writes to. It is the sink
// of its expander: the expander, which is compiled for the state's type, takes the steps,
// and calls the worker for all that does not depend on the type.
//
// A worker's findings and guards stay in the worker until they are merged at a commit or
// read at the end, so no two goroutines write to the same ones.
type worker struct {
	system.Expansion // where the worker stands in a block
	expander         system.Expander

	// For the whole search. Hasher, cache, pad and writer are the worker's own, because
	// none of them may be used by two goroutines.
	search  *Search
	self    int // its place among the workers
	hasher  *fingerprint.Hasher
	cache   dedup.Cache
	noting  bool  // every step is written down
	outside marks // by slot of the cache: the state does not satisfy the constraint
	pad     steplog.Pad
	writer  *frontier.Writer
	owners  [visited.Partitions]uint8 // the workers that deduplicate the partitions

	// Where the worker stands. Only isBusy is meant for other goroutines. Starts and
	// before are what there was before a parent, to subtract it from what there is after.
	isBusy atomic.Bool // with a block
	isPast bool        // the action: a panic is about a pending successor

	choice    *choice // the only successors that are wanted, if not all are
	undivided bool    // a parent is expanded as a whole, however many successors it has
	block     *block
	parents   cursor        // to the parent after this one
	starts    system.Effort // the effort before each of the parents, together
	before    candidates    // those of the block before this parent's
	judging   Position      // of the state or step that a property or a constraint is running on
	panicked  bool

	// The model's code that is asked about states. A commit replaces the predicates when
	// something was found; the rest stays.
	constraint func(system.State) bool
	contract   *system.Contract
	watch      *system.Watch // of the checks, which do not go through the expander
	readers    []*reader     // by property, nil where it reads the whole state
	guards     model.Guards
	key        uint64 // of the state that is judged, if that is outside the constraint
	counting   uint64 // 1 while states are judged that count, which those outside the constraint do not
	predicates []system.Predicate
	found      Findings

	// Only if one state of each orbit is searched.
	reducer      *orbit.Reducer
	equivariance *system.Equivariance
	recent       [2 * system.PendingMax][]byte // the latest parents, by their places in the block

	record []byte // of a block, as it is written to a file
}

// cursor stands at a state of a block. It counts bytes too, because the encodings in a
// fragment may vary in size and have no index.
type cursor struct {
	fragment int // its place in the block
	state    int // states of the fragment before it
	at       int // and their bytes
}

// newWorker returns a worker with this place. What it shares with the expander is set
// before the expander is made, and the cache after it, since the cache reads the
// expander's pending successors.
func newWorker(s *Search, self int) (*worker, error) {
	c := &s.config
	w := &worker{
		search: s, self: self, hasher: s.NewHasher(),
		writer:     frontier.NewWriter(&s.slabs, c.Tuning.FragmentStates),
		found:      newFindings(len(c.System.Properties), c.Traces),
		constraint: c.System.Constraint, counting: 1, watch: system.NewWatch(c.System.Codec),
	}
	w.contract = system.NewContract(c.System, c.Properties, &s.cancelled, w.watch)
	if c.Orbits != nil {
		w.reducer = c.Orbits.NewReducer()
		w.equivariance = system.NewEquivariance(c.System, c.Orbits, s.plan.actions, c.Properties, &s.cancelled, w.watch)
	}
	w.Sink, w.Cancelled, w.Doing = w, &s.cancelled, system.DoAction
	w.Ends = system.NewEfforts(max(1, len(s.plan.actions)))
	w.expander = c.System.NewExpander(s.plan.places, &w.Expansion)
	w.newCache()
	w.Odometer.Watch(&w.guards)
	// Each owner has partitions that follow each other. With more workers than
	// partitions only the first ones own any; the others only expand and collect.
	for i := range w.owners {
		w.owners[i] = uint8(i * min(c.workers(), visited.Partitions) / visited.Partitions)
	}
	var err error
	if w.readers, err = newReaders(s, &w.counting); err != nil {
		return nil, err
	}
	w.askWhatIsLeft(&s.found)
	return w, nil
}

// newCache gives the worker an empty cache that is at least as strict as the visited
// set: a less strict one would drop states that the set does not have. Notes by slot of
// the old cache mean nothing in the new one, so they begin anew too.
func (w *worker) newCache() {
	w.noting, w.pad, w.outside, w.Labeller = w.search.linking != nil, steplog.Pad{}, nil, nil
	if w.noting {
		w.Labeller = w.search.steps.NewLabeller()
	}
	strictness := dedup.ByFingerprint
	if w.search.store.IsExact() {
		strictness = dedup.ByState
	}
	w.cache = dedup.New(w.search.system().Codec, &w.Pending, w.hasher, strictness)
}

// newCaches gives all workers empty caches.
func (s *Search) newCaches() {
	for _, w := range s.workers {
		w.newCache()
	}
}

// expand makes the successors of every state of a block. The effort is counted from zero
// in each block, because counts are kept by block.
func (w *worker) expand(b *block) {
	w.block, b.maker = b, w.self
	if !w.load(b) {
		return
	}
	w.parents, w.Index, w.Inside = cursor{}, -1, false
	w.Effort, w.starts = system.Effort{}, system.Effort{}
	clear(w.Ends)
	w.Odometer.Reset()
	w.Halt = false
	for !w.expandParents() { // once, unless an action panics after a choice from nothing
	}
	if w.Halt {
		b.wide = w.Index
	}
	w.finish(b)
}

// finish notes what has become of a block that was expanded. Pending successors come
// first: some may still be made candidates. Places are for the owners to fill, so the
// list has its final length before they start.
func (w *worker) finish(b *block) {
	w.processRest()
	w.noteApplied()
	if b.generated = w.Effort.Made; !w.Root {
		w.noteCoverage()
	}
	if w.search.store.Numbered() != nil {
		n := len(b.origins)
		b.places = slices.Grow(b.places[:0], n)[:n]
	}
}

// expandParents tries every action in every way on all parents, from the attempt on at
// which the worker stands, and reports whether it is done. A panic after a choice from
// nothing counts as disabled: expandParents then returns false, and the next call goes on
// with the next attempt. After any other panic it is done. The call is once for a block
// and not for an attempt, because recovering from a panic needs a deferred call.
func (w *worker) expandParents() (done bool) {
	defer w.recoverAction(&done)
	w.expander.Expand()
	return true
}

// Next goes to the next parent, if there is one, and returns bytes that begin with
// its encoding. A worker that has noted a panic or a breach takes no more parents, in this
// block or a later one: they come after the finding, which ends the search.
func (w *worker) Next() (data []byte, more bool) {
	for {
		data, more = w.nextParent()
		if w.choice == nil || !more || w.choice.wants(w.number()) {
			return data, more
		}
		w.pass(data)
	}
}

func (w *worker) nextParent() (data []byte, more bool) {
	b := w.block
	if w.panicked || w.Halt || len(b.made) == b.parents || w.search.cancelled.Load() {
		return nil, false
	}
	// The place of the new entry in made is the parent's place in the block, also for the
	// observer of steps, who finds a parent's steps by it.
	b.made = append(b.made, w.Effort.Made)
	w.starts.Add(w.Effort)
	w.Others, w.Action, w.Inside = w.Effort.Made, 0, true
	w.before = b.kept()
	w.Index++
	if w.Root {
		return nil, true
	}
	// Go to the next fragment that has states left. There is one, because fewer parents
	// were begun than the block has.
	c := &w.parents
	f := &b.parentFragments[c.fragment]
	for c.state == f.States {
		*c = cursor{fragment: c.fragment + 1}
		f = &b.parentFragments[c.fragment]
	}
	return f.Data[c.at:], true
}

// Begin is called when the parent was decoded, whose encoding has this size. Some parents
// are samples, on which the contract is checked before their actions are tried: nothing
// that comes after a breach can be trusted.
func (w *worker) Begin(size int) bool {
	c := &w.parents
	encoded := w.block.parentFragments[c.fragment].Data[c.at:][:size]
	// The cursor moves on before anything else, since the next call of Next relies on it,
	// also after a parent that is not expanded.
	c.state++
	c.at += size
	if w.choice != nil { // the parent was met and checked before
		w.meetChosen(encoded)
		return true
	}
	if w.meetParent(encoded); w.panicked {
		return false
	}
	if system.IsSample(w.number()) {
		if problem := w.contract.Check(w.search.plan.actions, w.expander.Parent(), encoded); problem != "" {
			return w.breaks(problem)
		}
	}
	if w.equivariance != nil {
		if problem := w.checkSymmetry(encoded); problem != "" {
			return w.breaks(problem)
		}
	}
	return true
}

// checkSymmetry checks that renamed states of the parent's orbit are treated alike: all of
// them if that is to be proved, otherwise one if the parent is a sample.
func (w *worker) checkSymmetry(encoded []byte) (problem string) {
	switch {
	case w.search.config.ProveOrbits:
		return w.equivariance.Prove(encoded)
	case w.equivariance.Checks(w.number()):
		return w.equivariance.Check(w.number(), encoded)
	}
	return ""
}

// breaks notes that the model breaks a rule in the parent. Nothing that comes later
// counts, so the worker leaves the block.
func (w *worker) breaks(problem string) (goOn bool) {
	w.find(w.found.Other(Breach), Before(w.number(), 0), problem)
	w.panicked = true
	return false
}

// number is the parent's number.
func (w *worker) number() uint64 { return w.block.first + uint64(w.Index) }

// collect writes the new states of a block into the next level and into the log, and
// judges them. Only here is it known which candidates are new, so that each state is
// judged once. The link of a state goes to the block's part of the log: the log itself is
// in the order of the blocks, which the commit makes.
func (w *worker) collect(b *block) {
	w.block = b
	b.sortFresh()
	if !w.keep(b) {
		return
	}
	if len(w.predicates) > 0 {
		w.judgeFresh(b)
	}
	w.noteApplied()
	b.next = w.writer.Take(b.next)
	w.search.spillStates(b.next)
}

// keep writes down the new states of a block, unless the search is cancelled.
func (w *worker) keep(b *block) bool {
	cancelled := &w.search.cancelled
	for _, i := range b.order {
		if cancelled.Load() {
			return false
		}
		o, state := b.origins[i], b.states.At(i)
		w.writer.Add(state)
		b.bytes += uint64(len(state))
		w.noteOrbit(i, state)
		b.links.Add(predecessor.Link{Parent: b.first + o.Parent(), Ordinal: o.Ordinal()})
		if !w.Root {
			b.coverage[o.Action()].Discovered++
		}
	}
	return true
}
