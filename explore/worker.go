package explore

import (
	"github.com/muster-mc/muster/internal/fingerprint"
	"github.com/muster-mc/muster/internal/frontier"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/internal/visited"
	"github.com/muster-mc/muster/model"
)

// worker expands and collects blocks. It owns everything it writes to.
type worker struct {
	system.Expansion // where it stands in a block
	expander         system.Expander

	engine  *engine
	self    int // which of the workers it is
	flat    bool
	hasher  *fingerprint.Hasher
	filter  filter // for states that are not in recent
	recent  recent // for flat states that are small enough
	small   bool   // they are
	noting  bool   // every step is written down
	notepad notepad
	writer  *frontier.Writer
	owners  [visited.Partitions]uint8 // which worker deduplicates a partition
	checker checker

	keep  [system.PendingMax]uint8  // which of the pending successors go further
	slots [system.PendingMax]uint32 // where recent has them

	block    *block
	parents  cursor        // to the parent after this one
	starts   system.Effort // the effort before each of the parents, together
	judging  moment        // what a property or a constraint is running on
	panicked bool

	constraint func(system.State) bool
	readers    []*reader // by property, nil where it reads the whole state
	guards     model.Guards
	counting   uint64 // 1 while states are judged that count, which those outside the constraint do not
	predicates []system.Predicate
	steps      []int // the properties of steps that are still of interest
	found      findings

	record []byte // of a block, as it is written to a file
}

func newWorker(e *engine, self, workers int) (*worker, error) {
	w := &worker{
		engine: e, self: self, flat: e.codec.Flat(),
		hasher: e.newHasher(),
		writer: frontier.NewWriter(&e.pool, e.tuning.fragmentStates),
		found:  newFindings(len(e.model.Properties)),

		constraint: e.model.Constraint, counting: 1,
	}
	w.Sink, w.Cancelled, w.Doing = w, &e.cancelled, system.DoAction
	w.Ends = system.NewEfforts(max(1, len(e.actions)))
	w.expander = e.model.NewExpander(e.tried, &w.Expansion)
	w.checker = newChecker(e)
	w.initFilters()
	w.Odometer.Watch(&w.guards)
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
