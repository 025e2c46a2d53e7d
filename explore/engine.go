package explore

import (
	"context"
	"slices"
	"sync/atomic"
	"time"

	"github.com/muster-mc/muster/internal/frontier"
	"github.com/muster-mc/muster/internal/predecessor"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
)

// engine is one run of the breadth-first search; see the package comment for
// how it works.
type engine struct {
	model      *system.System
	options    Options
	tuning     tuning
	codec      system.Codec
	actions    []system.Action // those that are tried: all but the faults left out
	tried      []int           // their places in the model
	properties []int           // those that are checked, as indices into model.Properties
	deadlock   bool            // whether deadlocks are looked for

	implications []int        // those of the properties that are implications
	applied      []uint64     // by implication: to how many states or steps it applies
	guards       model.Guards // of a run that this one resumes
	explainer    *explainer

	store    store
	files    files
	shares   shares
	pool     frontier.Pool
	log      predecessor.Log
	verdicts *verdicts // nil if no property has use for it
	workers  []*worker
	team     *team

	level  []frontier.Fragment // being expanded
	next   []frontier.Fragment // being made
	at     int                 // the first fragment of level that is yet to be expanded
	first  uint64              // the number of its first state
	blocks []block             // of this round

	settledAt    int    // the same as at and first, but what comes before
	settledFirst uint64 // is in the counts, the log and the next level too

	postponed []postponed // blocks between those two
	asked     uint64      // the candidates of all of them
	parking   bool        // new states go to a file

	cursor atomic.Int64 // the next block to take
	early  bool         // the set has what is new in the blocks, and nothing else has it yet

	making     int // the level being made: 0 is that of the initial states
	counts     Counts
	stateBytes uint64     // of all distinct states together
	coverage   []coverage // of actions
	found      findings
	stop       *stop // why the search ended early, if it did
	keeper     *keeper
	loading    string // the form of the visited states that are being loaded

	// Of properties about whole runs.
	temporal  bool                   // one is checked
	archive   archive                // all states, if so
	graph     *stateGraph            // of them, nil if none was begun
	linker    *linker                // what makes it as long as the search goes on, or nil
	answers   map[int]PropertyReport // by property
	deciding  bool                   // that has begun
	undecided string                 // why there is no answer
	failed    error                  // the model broke its contract

	cancelled atomic.Bool           // the context was cancelled, or files failed: give up as soon as possible
	failure   atomic.Pointer[error] // how they failed
	bytes     uint64                // the most that was held
	blockPeak uint64                // and by one block
	meter     meter

	forecast Forecast  // the last one
	growing  []string  // the fields that grow, by then
	looked   time.Time // when that was
}

// run explores level by level until there is nothing left or a reason to stop.
func (e *engine) run(ctx context.Context) {
	e.cancelled.Store(ctx.Err() != nil) // AfterFunc takes its time, even if it is over already
	release := context.AfterFunc(ctx, func() {
		e.cancelled.Store(true)
		if e.tuning.heard != nil {
			close(e.tuning.heard)
		}
	})
	defer release()
	defer e.team.dismiss()
	defer func() { e.store.Free() }() // whichever it is by then
	defer e.verdicts.close()
	defer func() { e.graph.free() }()
	defer e.saveLast()

	e.beginLinking()
	if e.counts.Distinct == 0 {
		e.expandRoot(ctx)
	}
	e.meter.begin(e.settledFirst)
	e.expandLevel(ctx) // what a resumed run has left of one
	for e.stop == nil && len(e.next) > 0 {
		if e.options.MaxDepth > 0 && e.counts.Depth >= e.options.MaxDepth {
			e.stop = &stop{reason: reasonDepth(e.options.MaxDepth)}
			return
		}
		e.descend()
		e.expandLevel(ctx)
	}
	e.decide(ctx)
}

// expandRoot makes the initial states: the successors of a state before the
// first, by way of Init.
func (e *engine) expandRoot(ctx context.Context) {
	for _, w := range e.workers {
		w.enterRoot()
	}
	e.nextBlock().begin(0, 1)
	e.round(ctx)
	e.counts.Initial = e.counts.Distinct
	for _, w := range e.workers {
		w.leaveRoot()
	}
}

// descend makes the next level the current one.
func (e *engine) descend() {
	e.first = e.counts.Distinct - e.counts.Levels[e.making]
	e.level, e.next = e.next, e.level[:0]
	e.turn()
	e.making++
	e.at = 0
	e.settledAt, e.settledFirst = e.at, e.first
	e.look()
}

// turn is for the files of states. Where properties about whole runs are checked,
// all states are needed again.
func (e *engine) turn() {
	if e.temporal {
		e.archive.add(e.level)
		return
	}
	e.files.turn()
}

// expandLevel works through the level in rounds, after each of which a
// checkpoint may be written.
func (e *engine) expandLevel(ctx context.Context) {
	for e.at < len(e.level) && e.stop == nil {
		at, first := e.fillBlocks()
		e.round(ctx)
		if e.stop == nil {
			e.at, e.first = at, first
			e.settle(ctx)
		}
		if e.stop == nil {
			e.saveIfDue()
		}
	}
}

// fillBlocks cuts the next round from the level, and returns what comes after
// it: a fragment, and the number of its first state.
func (e *engine) fillBlocks() (at int, first uint64) {
	at, first = e.at, e.first
	size, most := e.blockStates(), e.blocksMax()
	e.blocks = e.blocks[:0]
	for at < len(e.level) && len(e.blocks) < most {
		b := e.nextBlock()
		b.begin(first, 0)
		at = b.take(e.level, at, size)
		first += uint64(b.parents)
	}
	return at, first
}

// nextBlock adds a block to the round: one that an earlier round used, or, in the
// largest round so far, a new one.
func (e *engine) nextBlock() *block {
	n := len(e.blocks)
	if n < cap(e.blocks) {
		e.blocks = e.blocks[:n+1]
	}
	if n == len(e.blocks) || e.blocks[n].candidates == nil {
		e.blocks = append(e.blocks[:n], newBlock(len(e.workers), len(e.actions), len(e.implications), e.codec.Size()))
	}
	return &e.blocks[n]
}

// blockStates spreads a level that is not large over the workers.
func (e *engine) blockStates() int {
	states := e.counts.Levels[e.making-1]
	share := states / uint64(len(e.workers)*4)
	return int(min(max(share, uint64(e.tuning.fragmentStates)), uint64(e.tuning.blockStates)))
}

// measure notes how much memory is held, and where the run stands.
func (e *engine) measure() {
	p := Progress{
		Depth: e.counts.Depth, Distinct: e.counts.Distinct, Generated: e.counts.Generated, Frontier: e.waiting(),
		Store: e.store.kind(), StoreBytes: e.store.Bytes(), FrontierBytes: e.pool.Bytes(), LogBytes: e.log.InMemory(),
		GraphBytes: e.graphBytes(), Deciding: e.deciding,
		Written: e.files.Written(), Bytes: e.held(), Growing: e.growing,
	}
	e.bytes = max(e.bytes, p.Bytes)
	e.meter.set(p, e.settledFirst, e.forecast)
}

// made is how many states of the next level there are.
func (e *engine) made() uint64 {
	if e.making < len(e.counts.Levels) {
		return e.counts.Levels[e.making]
	}
	return 0
}

// left is how many states of the level are yet to be expanded.
func (e *engine) left() uint64 { return e.counts.Distinct - e.made() - e.settledFirst }

// waiting is the same of the last level that is whole.
func (e *engine) waiting() uint64 {
	if left := e.left(); left > 0 {
		return left
	}
	return e.made()
}

// held is how much memory the visited set, the frontier, the trace log and the
// graph of steps hold.
func (e *engine) held() uint64 {
	return e.store.Bytes() + e.pool.Bytes() + e.log.InMemory() + e.graphBytes()
}

// selectWanted chooses, by the options, the actions that are tried and what is
// checked.
func (e *engine) selectWanted() {
	m, o := e.model, e.options
	for i, a := range m.Actions {
		if !slices.Contains(o.WithoutFaults, a.Fault) || a.Fault == "" {
			e.actions, e.tried = append(e.actions, a), append(e.tried, i)
		}
	}
	for i, p := range m.Properties {
		if o.wants(p.Name) && !(o.SafetyOnly && p.Kind.IsTemporal()) {
			e.properties = append(e.properties, i)
			if p.IsImplication() {
				e.implications = append(e.implications, i)
			}
		}
	}
	if o.Explain {
		e.explainer = newExplainer(newPlayer(m, e.actions))
	}
	e.temporal, e.answers = e.hasTemporal(), map[int]PropertyReport{}
	e.deadlock = !m.AllowDeadlock && o.wants(Deadlock)
}

// newEngine prepares a run of a model that was found to be sound.
func newEngine(m *system.System, o Options) (_ *engine, err error) {
	e := &engine{model: m, options: o, tuning: o.tuned(), codec: m.Codec, shares: sharesOf(o.memory())}
	e.store = newStore(o, m.Codec.Size())
	e.pool.For(e.shares.frontier)
	e.team = newTeam(o.workers())
	e.log.ChunkBytes = e.tuning.logChunk
	e.selectWanted()
	e.coverage = make([]coverage, len(e.actions))
	e.applied = make([]uint64, len(e.implications))
	e.found = newFindings(len(m.Properties))
	if e.verdicts, err = newVerdicts(m.Properties, e.tuning.verdicts); err != nil {
		return nil, err
	}
	for i := range o.workers() {
		w, err := newWorker(e, i, o.workers())
		if err != nil {
			return nil, err
		}
		e.workers = append(e.workers, w)
	}
	return e, nil
}
