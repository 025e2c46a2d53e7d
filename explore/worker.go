package explore

import (
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
	parents  cursor            // to the parent after this one
	index    int               // of the parent in the block
	inside   bool              // it is being expanded
	actions  []model.Action[S] // what expands it
	action   int               // the one being tried
	odometer model.Odometer
	effort   effort   // for this block
	others   uint64   // successors that are of the parents before this one
	starts   effort   // the effort before each of the parents, together
	ends     []effort // by action: the effort after it with each of the parents, together
	root     bool     // the parent is the state before the first
	doing    int      // what of the model's code is running: a property, or one of doAction and so on
	judging  moment   // what it is running on, if it is not an action
	panicked bool

	constraint func(*S) bool
	readers    []*reader[S] // by property, nil where it reads the whole state
	guards     model.Guards
	counting   uint64         // 1 while states are judged that count, which those outside the constraint do not
	predicates []predicate[S] // of new states
	steps      []int          // the properties of steps that are still of interest
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
	w.actions, w.ends = e.actions, newEfforts(max(1, len(e.actions)))
	w.odometer.Watch(&w.guards)
	for i := range w.owners {
		w.owners[i] = uint8(i * min(workers, visited.Partitions) / visited.Partitions)
	}
	var err error
	if w.readers, err = newReaders(e, &w.counting); err != nil {
		return nil, err
	}
	w.forget(&e.found)
	return w, nil
}
