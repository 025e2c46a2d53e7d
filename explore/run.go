package explore

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"time"

	"github.com/muster-mc/muster/internal/checkpoint"
	"github.com/muster-mc/muster/internal/explain"
	"github.com/muster-mc/muster/internal/liveness"
	"github.com/muster-mc/muster/internal/orbit"
	"github.com/muster-mc/muster/internal/search"
	"github.com/muster-mc/muster/internal/search/snapshot"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/internal/visited"
	"github.com/muster-mc/muster/model"
)

// run is one exploration of a system: a search, what observes it, and what was found out
// by it. One goroutine runs the search and its observers. Others only read: the meter
// under its lock, and the rest once the run has ended or hangs.
type run struct {
	system     *system.System
	options    Options
	properties []int // those that are checked, as places in the system
	deadlock   bool  // deadlocks are looked for

	orbits     *orbit.Orbits  // of which one state each is searched; nil for all states
	notReduced string         // why all states are searched though the model declares a symmetry
	undecided  map[int]string // the properties that this search does not decide, and why

	search       *search.Search
	explainer    *explain.Observer      // nil unless an explanation is asked for
	measured     explain.Measured       // by it, when the search has ended
	liveness     *liveness.Checker      // nil unless a property about whole runs is checked
	checkpointer *snapshot.Checkpointer // nil unless checkpoints are asked for
	meter        *meter
	cancelled    func() string // why the context was cancelled

	endCode func()              // of the real code that the model runs
	code    []model.CodeAccount // what was done with it

	result       search.Result
	distribution *Distribution // of a search by another engine
	answers      liveness.Answers
	withoutRuns  bool  // findings are reported without their traces, which cannot be made
	failed       error // the reason why there is no report
}

// explore explores a system, once begin has put the run where it is to start. The timeout
// has a cause of its own, so that the report can tell it from a deadline of the caller.
func explore(ctx context.Context, m *system.System, o Options, begin func(*run) error) (*Report, error) {
	started := time.Now()
	if err := prepare(m, o); err != nil {
		return nil, err
	}
	if o.Timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, o.Timeout, errTimeout)
		defer cancel()
	}
	r := newRun(ctx, m.Watched(), o) // other runs of the model may go on at the same time
	hung := false
	defer func() {
		if !hung { // otherwise the model's code may still write to what would be given back
			r.close()
		}
	}()
	if r.failed != nil {
		return nil, r.public(r.failed)
	}
	if err := begin(r); err != nil {
		return nil, r.public(err)
	}
	quiet := r.meter.tell(progressOf(o), started)
	ending, site := r.attend(ctx, func() { r.run(ctx) })
	quiet()
	switch ending {
	case system.Stuck:
		hung = true
		return r.reportHung(ctx, started)
	case system.Left:
		return nil, leftError(r.system, site)
	}
	// The run is closed only after the report is made: traces are found by the log of
	// predecessors, which may be in files.
	report, hungAtLast, err := r.reportInTime(ctx, started)
	hung = hungAtLast
	return report, err
}

// newRun prepares a run. It must be closed, also if it has failed. A run that failed half
// way is returned with its error, so that close gives back what there is.
func newRun(ctx context.Context, m *system.System, o Options) *run {
	r := &run{system: m, options: o, properties: o.checked(m), deadlock: !m.AllowDeadlock && o.wants(Deadlock), meter: &meter{}, undecided: map[int]string{}}
	r.leaveWholeRuns()
	r.decideOnSymmetry()
	r.cancelled = func() string { return reasonContext(ctx, o) }
	c := search.Config{
		System: m, Orbits: r.orbits, ProveOrbits: o.Symmetry == SymmetryProve, Properties: r.properties, WithoutFaults: o.WithoutFaults, Deadlock: r.deadlock, KeepGoing: o.KeepGoing, Traces: o.Traces,
		MaxStates: o.MaxStates, MaxDepth: o.MaxDepth,
		Workers: o.Workers, Seed: o.Seed, Store: visited.Kind(o.Store), Memory: o.Memory, WorkDir: o.WorkDir,
		Reason: r.cancelled,
		Tuning: o.tuning.Tuning,
	}
	prepareForEngine(&c, o)
	for _, i := range r.properties {
		// The graph of steps is made of the states of all levels, which a search drops
		// otherwise.
		c.KeepStates = c.KeepStates || m.Properties[i].IsTemporal()
	}
	if o.Explain {
		r.explainer = explain.New(m, search.Actions(m, o.WithoutFaults))
		heedful(&c.Tuning)
		c.Observers = append(c.Observers, r.explainer)
	}
	if o.Progress != nil {
		r.meter.explainer = r.explainer
		c.Observers = append(c.Observers, r.meter)
	}
	if o.Found != nil && o.Engine == nil {
		c.Observers = append(c.Observers, &teller{r, map[int]bool{}})
	}
	r.endCode = m.BeginCode(model.CodeRun{Live: search.LiveOf(search.Memory(o.Memory)), Exact: o.Store == StoreExact})
	r.search, r.failed = search.New(c)
	if r.explainer != nil {
		r.explainer.Until(r.search.IsCancelled)
	}
	if c.KeepStates {
		r.liveness = liveness.New(r.search, o.tuning.liveness)
	}
	return r
}

// heedful makes rounds small, unless a test cuts them. The observer reads the states of a round
// as text, some milliseconds for a few states, and a round that is begun is observed to its end:
// a checkpoint must not have states that were not observed. An interrupt waits for that.
func heedful(t *search.Tuning) {
	for _, size := range []struct {
		of    *int
		small int
	}{{&t.FragmentStates, 32}, {&t.BlockStates, 32}, {&t.RoundBlocks, 2}, {&t.WideCandidates, 1024}} {
		if *size.of == 0 {
			*size.of = size.small
		}
	}
}

// close gives back everything that the run holds.
func (r *run) close() {
	if r.liveness != nil {
		r.liveness.Close()
	}
	r.search.Close()
	r.endCode()
	_ = r.checkpointer.Close() // the lock ends with the process if not now
}

// run searches, and then decides about whole runs. Properties about whole runs are
// decided only if nothing has stopped the search: with states or steps missing, neither
// "holds" nor the fairness of a loop would be known.
func (r *run) run(ctx context.Context) {
	defer r.search.Listen(ctx)()
	r.meter.begin(r.search.Standing().Expanded)
	if r.options.Engine != nil {
		r.runElsewhere(ctx)
		return
	}
	r.search.Run()
	for _, c := range r.system.Code {
		r.code = append(r.code, c.Account())
	}
	if r.search.Result().Stop == nil && r.liveness != nil {
		r.search.SaveWhole() // to decide may take long, and must not be lost with the search
	}
	r.result = r.search.Result()
	r.measureSteps()
	if r.result.Stop != nil || r.liveness == nil || r.result.Counts.Distinct == 0 {
		return
	}
	r.answers, r.failed = r.liveness.Decide(func() { r.meter.decide(r.search.Standing()) })
	r.result = r.search.Result()
}

// begin prepares for writing checkpoints, if they are asked for.
func (r *run) begin() error {
	if r.options.Checkpoint == "" {
		return nil
	}
	return r.keep(snapshot.New)
}

// keep has the search write checkpoints into a directory that open makes ready.
func (r *run) keep(open func(snapshot.Options) (*snapshot.Checkpointer, error)) error {
	o := r.options
	c, err := open(snapshot.Options{
		Path: o.Checkpoint, Every: o.CheckpointEvery, Identity: r.identity(), Create: o.tuning.checkpointFile,
	})
	if err != nil {
		return checkpointError(o.Checkpoint, err)
	}
	if r.explainer != nil {
		c.Parts = append(c.Parts, r.explainer)
	}
	r.checkpointer = c
	r.search.UseCheckpointer(c)
	return nil
}

// resume puts the run where a checkpoint says. The checkpoint is read twice. Without a
// checkpoint there must be an error before the directory is made and locked; and what was
// read before the lock may have been replaced meanwhile, so it is read again under the
// lock.
func (r *run) resume() error {
	path := r.options.Checkpoint
	if path == "" {
		return &ModelError{r.system.Name, "there is nothing to resume: no Checkpoint is set"}
	}
	file, err := checkpoint.Read(path)
	if err != nil {
		return checkpointError(path, err)
	}
	if err := file.Close(); err != nil { // there is one, which another run may be about to replace
		return checkpointError(path, err)
	}
	if err := r.keep(snapshot.Continue); err != nil {
		return err
	}
	if file, err = checkpoint.Read(path); err != nil {
		return checkpointError(path, err)
	}
	defer file.Close()
	return checkpointError(path, r.load(file))
}

var errUnexplained = errors.New("cannot explain this run: it was started without --explain")

// The identity is compared first: a section of another model could be read without an
// error, and mean something else here.
func (r *run) load(file *checkpoint.Reader) error {
	c := &Checkpoint{}
	if err := snapshot.ReadJSON(file, snapshot.SectionIdentity, c); err != nil {
		return err
	}
	if err := c.differs(r.identity()); err != nil {
		return err
	}
	if r.explainer != nil {
		// The observations of the states before the checkpoint cannot be made up for.
		if !c.Explain {
			return errUnexplained
		}
		if err := r.explainer.Load(file); err != nil {
			return err
		}
	}
	return r.search.Load(file)
}

// parameters are a copy that the caller may change.
func (o Options) parameters() map[string]any {
	p := map[string]any{}
	maps.Copy(p, o.Parameters)
	return p
}

// errTimeout tells Options.Timeout from a deadline that the context came with.
var errTimeout = errors.New("the time limit was reached")

// The deadline of the caller's context has no duration to be told.
func reasonContext(ctx context.Context, o Options) string {
	switch cause := context.Cause(ctx); {
	case errors.Is(cause, errTimeout):
		return fmt.Sprintf("the time limit of %v was reached", o.Timeout)
	case errors.Is(cause, context.DeadlineExceeded):
		return "the time limit was reached"
	}
	return "it was interrupted"
}
