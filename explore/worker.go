package explore

import (
	"slices"

	"github.com/muster-mc/muster/internal/codec"
	"github.com/muster-mc/muster/internal/fingerprint"
	"github.com/muster-mc/muster/internal/frontier"
	"github.com/muster-mc/muster/internal/visited"
	"github.com/muster-mc/muster/model"
)

// worker expands and collects blocks. It owns everything it writes to.
type worker[S any] struct {
	engine  *engine[S]
	self    int // which of the workers it is
	codec   *codec.Codec[S]
	flat    bool
	hasher  *fingerprint.Hasher
	filter  filter // for states that are not in recent
	recent  recent // for flat states that are small enough
	small   bool   // they are
	noting  bool   // every step is written down
	notepad notepad
	writer  *frontier.Writer
	owners  [visited.Partitions]uint8 // which worker deduplicates a partition

	parent, judged                      S // the state being expanded, and a new one
	parentSpace, workSpace, judgedSpace *codec.Space[S]
	parentView, judgedView              []byte // their memory, if that is their encoding
	pending                             pending[S]
	checker                             checker[S]

	// Where the worker stands.
	block    *block
	index    int               // of the parent in the block
	actions  []model.Action[S] // what expands the parent
	action   int               // the one being tried
	odometer model.Odometer
	resumed  bool   // the odometer already stands at the combination to try
	tries    uint64 // of this action on this parent
	made     uint64 // successors of the parent
	covered  uint64 // how many of them are in the coverage already
	root     bool   // the parent is the state before the first
	doing    int    // what of the model's code is running: a property, or one of doAction and so on
	judging  moment // what it is running on, if it is not an action
	panicked bool

	constraint func(*S) bool
	readers    []*reader[S] // by property, nil where it reads the whole state
	guards     model.Guards
	counting   uint64 // 1 while states are judged that count, which those outside the constraint do not
	invariants []int  // the properties of states that are still of interest
	witnesses  []int
	steps      []int // and of steps
	found      findings

	record []byte // of a block, as it is written to a file
}

func newWorker[S any](e *engine[S], self, workers int) (*worker[S], error) {
	w := &worker[S]{
		engine: e, self: self, codec: e.codec, flat: e.codec.Flat(),
		hasher: e.newHasher(),
		writer: frontier.NewWriter(&e.pool, e.tuning.fragmentStates),
		found:  newFindings(len(e.model.Properties)),

		constraint: e.model.Constraint,
		doing:      doAction, counting: 1,
	}
	w.parentSpace, w.workSpace, w.judgedSpace = e.codec.New(), e.codec.New(), e.codec.New()
	if w.flat {
		w.parentView, w.judgedView = w.codec.View(&w.parent), w.codec.View(&w.judged)
	}
	w.pending.init(w.codec)
	w.initFilters()
	w.actions = e.actions
	w.odometer.Watch(&w.guards)
	for i := range w.owners {
		w.owners[i] = uint8(i * min(workers, visited.Partitions) / visited.Partitions)
	}
	w.forget(&e.found)
	var err error
	w.readers, err = newReaders(e, &w.counting)
	return w, err
}

// expand makes the successors of every state of a block.
func (w *worker[S]) expand(b *block) {
	w.block, w.index, b.maker = b, 0, w.self
	if !w.load(b) {
		return
	}
	w.expandParents(b)
	w.settle()
	w.noteApplied()
	if w.engine.store.numbered != nil {
		n := len(b.origins)
		b.places = slices.Grow(b.places[:0], n)[:n]
	}
}

func (w *worker[S]) expandParents(b *block) {
	if w.root {
		w.expandParent(nil)
		return
	}
	for _, f := range b.parentFragments {
		for data := f.Data; len(data) > 0 || f.States > 0; f.States-- {
			if w.panicked || w.engine.cancelled.Load() {
				return
			}
			state := data
			data = w.decodeParent(data)
			w.expandParent(state[:len(state)-len(data)])
			w.index++
		}
	}
}

// decodeParent reads a state from the front of data and returns the rest.
func (w *worker[S]) decodeParent(data []byte) []byte {
	if w.flat {
		return data[copy(w.parentView, data):]
	}
	return decode(&w.parent, w.parentSpace, data)
}

func decode[S any](s *S, space *codec.Space[S], data []byte) []byte {
	rest, ok := space.Decode(s, data)
	if !ok {
		panic("explore: a state in memory cannot be decoded: this is a bug in Muster, or the machine's memory fails")
	}
	return rest
}

// enterRoot prepares for making the initial states: they are the successors, by
// way of Init, of a state before the first.
func (w *worker[S]) enterRoot() {
	w.root = true
	w.actions = []model.Action[S]{{Name: initName, Do: initOf(w.engine.model)}}
}

func (w *worker[S]) leaveRoot() {
	w.root, w.actions = false, w.engine.actions
}

// expandParent tries every action in every way on w.parent, whose encoding it
// is given. After a panic in the model's code it goes on with what comes next.
func (w *worker[S]) expandParent(encoded []byte) {
	b := w.block
	b.made = append(b.made, b.generated)
	w.made, w.covered, w.tries, w.action = 0, 0, 0, 0
	w.restore()
	if !w.root {
		if w.meetParent(encoded); w.panicked {
			return
		}
		if isSample(w.number()) {
			w.checkContract()
		}
	}
	for !w.tryActions() { // once, unless something panics
	}
	b.generated += w.made
	if w.made == 0 && w.engine.deadlock && !w.root && !w.panicked {
		w.checkDeadlock()
	}
}

// tryActions reports whether it is done; it is not after a choice from nothing
// has made an action panic, which counts as disabled.
func (w *worker[S]) tryActions() (done bool) {
	defer w.recoverAction(&done)
	if !w.resumed {
		w.odometer.Reset()
	}
	w.resumed = false
	if w.flat {
		w.tryFlat()
	} else {
		w.tryVaried()
	}
	return true
}

// tryVaried runs the actions for every combination of answers, unless that is
// cancelled.
func (w *worker[S]) tryVaried() {
	o, work := &w.odometer, w.pending.work()
	for ; w.action < len(w.actions) && !w.engine.cancelled.Load(); w.action++ {
		do := w.actions[w.action].Do
		for {
			w.tries++
			if enabled := do(work, o.Choice()); enabled || o.Void() {
				if !o.Void() {
					w.successor()
				}
				w.restore()
			}
			if !o.Next() {
				break
			}
			if w.isCancelled() {
				return
			}
		}
		w.cover()
	}
}

// tryFlat does the same with states of a flat type, of which there are many in a
// second: what is done here again and again is as little as can be.
func (w *worker[S]) tryFlat() {
	o, p, noSteps := &w.odometer, &w.pending, len(w.steps) == 0
	choice, work := o.Choice(), p.work()
	for ; w.action < len(w.actions) && !w.engine.cancelled.Load(); w.action++ {
		do := w.actions[w.action].Do
		// What newOrigin makes, which would not be inlined here: it is not generic.
		first := origin(w.index)<<(actionBits+ordinalBits) | origin(w.action)<<ordinalBits
		for {
			w.tries++
			if enabled := do(work, choice); o.Void() {
				*work = w.parent // as restore does
			} else if enabled {
				if noSteps {
					made := w.made
					w.made = made + 1
					if p.push(first + origin(made)) {
						w.process()
					}
				} else {
					w.successor()
				}
				work = p.work()
				*work = w.parent
			}
			if !o.Next() {
				break
			}
			if w.isCancelled() {
				return
			}
		}
		w.cover()
	}
}

// isCancelled looks now and then: a single state can have successors without end.
func (w *worker[S]) isCancelled() bool {
	return w.tries%64 == 0 && w.engine.cancelled.Load()
}

// cover counts what has become of the action on this parent.
func (w *worker[S]) cover() {
	if !w.root {
		c := &w.block.coverage[w.action]
		c.attempts += w.tries
		c.enabled += w.made - w.covered
	}
	w.tries, w.covered = 0, w.made
}

// restore makes the work copy equal to the parent again.
func (w *worker[S]) restore() {
	if w.flat {
		*w.pending.work() = w.parent
		return
	}
	w.workSpace.Copy(w.pending.work(), &w.parent)
}

// successor takes note of the state that an action made of the work copy.
func (w *worker[S]) successor() {
	origin := newOrigin(w.index, w.action, w.made)
	w.made++
	if len(w.steps) > 0 && !w.root {
		w.judgeStep(origin.ordinal())
	}
	if w.flat {
		if w.pending.push(origin) {
			w.process()
		}
		return
	}
	w.pending.encode(w.workSpace, origin)
	w.process()
}

// number is the parent's number.
func (w *worker[S]) number() uint64 { return w.block.first + uint64(w.index) }

func (w *worker[S]) with(ordinal uint64) moment { return with(w.number(), ordinal) }
