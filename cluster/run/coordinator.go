package run

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/muster-mc/muster/cluster/bucket"
	"github.com/muster-mc/muster/cluster/task"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/internal/number"
	"github.com/muster-mc/muster/internal/search"
)

// Coordinator has workers do a search. It is an [explore.Engine], for one run.
type Coordinator struct {
	Settings
	Name string // tells people the coordinator from another one of the same run

	// Model is what workers need to make the model, in whatever form they understand.
	Model json.RawMessage

	mutex sync.Mutex
	run   *run
	over  bool
}

// job is what a worker has to know of a run, in a blob of the run.
type job struct {
	Run        string          `json:"run"`
	Build      string          `json:"build"`
	Model      json.RawMessage `json:"model"`
	Block      int             `json:"block"`
	Partitions int             `json:"partitions"`
	HomeStates uint64          `json:"homeStates"`
}

func jobName(run string) string { return run + "/job" }

// run is a search that a coordinator has done.
type run struct {
	Settings
	ctx     context.Context
	id      string
	owner   owner // this coordinator
	attempt int   // the first one of each task
	job     job
	search  *search.Search
	ledger  *search.Ledger
	doer    *task.Doer // of what the coordinator does itself
	form    task.Form
	cost    cost
	janitor *janitor

	manifests []*Manifest // in order
	byLevel   map[int]*Manifest
	making    *Manifest // of the level that is being made abroad, or nil
	lineages  []task.Lineage
	lineage   openLineage
	homeBlobs map[string][]byte       // by name
	answered  map[string]*task.Answer // to an earlier coordinator, by ID
	mended    map[string]int          // by name

	home        bool
	smallAbroad uint64 // small levels that workers have made since the coordinator came home last
	saved       time.Time
	recorder    *recorder

	workers workers
	noJob   atomic.Bool // a worker cannot read the job
	rival   atomic.Bool // another coordinator of the run was heard

	isTakenOver atomic.Bool
	most        int // workers at the same time, at least
	stand       stand
	sum         explore.Distribution // for the report
}

// stand is where a run stands, for other goroutines.
type stand struct {
	mutex       sync.Mutex
	level       int
	kind        task.Kind
	tasks, left int
}

// Search implements [explore.Engine].
func (c *Coordinator) Search(ctx context.Context, j explore.Job) (*explore.Distribution, error) {
	r, err := newRun(ctx, c.Settings.withDefaults(), j)
	if err != nil {
		return nil, err
	}
	c.mutex.Lock()
	c.run = r
	c.mutex.Unlock()
	defer r.janitor.close()
	if err := r.begin(ctx, c.Name, c.Model); err != nil {
		return nil, r.conclude(err)
	}
	quiet, err := r.announce(c.Model)
	if err != nil {
		return nil, err
	}
	defer quiet()
	err = r.searchOn(ctx)
	err = r.conclude(err)
	stop := r.search.Result().Stop
	c.over = err == nil && (stop == nil || stop.Reason == "")
	r.sumUp()
	return &r.sum, err
}

// sumUp notes what the run has cost. Traces are found after the search, and may cost more.
func (r *run) sumUp() {
	workers := r.sum.Workers
	r.sum = r.cost.now()
	r.sum.Workers = max(workers, r.most)
}

// Now implements [explore.Meter].
func (c *Coordinator) Now() *explore.Distribution {
	c.mutex.Lock()
	r := c.run
	c.mutex.Unlock()
	if r == nil {
		return nil
	}
	d := r.cost.now()
	d.Workers, d.Stage = r.countWorkers(), r.stage()
	return &d
}

// IsOver reports whether the search has ended by itself, and not at a limit: there is nothing
// to go on with.
func (c *Coordinator) IsOver() bool { return c.over }

// newRun prepares a run.
func newRun(ctx context.Context, s Settings, j explore.Job) (*run, error) {
	r := &run{
		Settings: s, ctx: ctx, id: s.id(j.Identity), search: j.Search,
		byLevel: map[int]*Manifest{}, homeBlobs: map[string][]byte{}, answered: map[string]*task.Answer{}, mended: map[string]int{},
		workers: workers{by: map[string]heard{}, build: map[string]bool{}},
		home:    true, saved: s.now(),
	}
	r.cost.update(func(d *explore.Distribution) { d.Blocks, d.Partitions = s.Block, s.Partitions })
	r.Bucket = &patientBucket{s.Bucket, r.patience(&r.cost)}
	r.janitor = newJanitor(r.Bucket)
	r.form = formOf(j.Search)
	pieces, err := j.Search.NewPieces()
	r.doer = &task.Doer{Pieces: pieces, Bucket: r.Bucket, Form: r.form, Partitions: s.Partitions, Block: s.Block}
	r.recorder = newRecorder(j.Search, r.form, s.Partitions)
	return r, err
}

func formOf(s *search.Search) task.Form { return task.Form{Exact: s.IsExact(), Seed: s.Seed()} }

// begin begins a run, or goes on with one from its last manifest.
func (r *run) begin(ctx context.Context, name string, model json.RawMessage) error {
	r.ledger = r.search.Ledger(r.linkOf)
	r.ledger.Observe(r.recorder)
	r.job = job{r.id, r.Build, model, r.Block, r.Partitions, r.HomeStates}
	if err := r.writeJob(ctx); err != nil {
		return err
	}
	if err := r.own(ctx, name); err != nil {
		return err
	}
	list, err := r.readManifests(ctx)
	if err != nil {
		return err
	}
	whole, err := r.verifyHome(ctx, list)
	if err != nil {
		return err
	}
	if list = list[:whole]; len(list) == 0 {
		r.ledger.Begin()
		return nil
	}
	last := list[len(list)-1]
	if err := r.ledger.Restore(last.Standing); err != nil {
		return err
	}
	r.Say("the run %s goes on from level %d, with %s", r.id, last.Level+1, number.Count(last.Standing.Counts.Distinct, "state"))
	for _, m := range list {
		r.add(m)
	}
	r.home = false
	return r.readAnswers(ctx)
}

// writeJob writes the blob by which workers know the model. A bucket that has another one
// under this name is one of another run with the same identity, or is damaged.
func (r *run) writeJob(ctx context.Context) error {
	_, bytes, err := writeSealed(ctx, r.Bucket, jobName(r.id), r.job)
	r.cost.wrote(bytes)
	return err
}

// verifyJob writes the job again if it is missing or damaged.
func (r *run) verifyJob(ctx context.Context) error {
	var j job
	bytes, err := readSealed(ctx, r.Bucket, jobName(r.id), &j)
	r.cost.read(bytes)
	if !errors.Is(err, errUnsealed) && !errors.Is(err, bucket.ErrNotFound) {
		return err
	}
	r.Say("the blob %s is missing or damaged: it is written again", jobName(r.id))
	r.cost.update(func(d *explore.Distribution) { d.Repaired++ })
	return r.writeJob(ctx)
}

// readAnswers reads the answers to an earlier coordinator, to tasks of the level that it
// did not finish.
func (r *run) readAnswers(ctx context.Context) error {
	names, err := r.Bucket.List(ctx, fmt.Sprintf("%s/%d/answer-", r.id, r.ledger.Making()+1))
	if err != nil {
		return err
	}
	for _, name := range names {
		a := &task.Answer{}
		bytes, err := readSealed(ctx, r.Bucket, name, a)
		r.cost.read(bytes)
		if err == nil && strings.Contains(path.Base(name), "answer-") {
			r.answered[a.ID] = a
		}
	}
	return nil
}

// searchOn makes level after level.
func (r *run) searchOn(ctx context.Context) error {
	for !r.ledger.Ended() {
		small := r.ledger.Waiting() < uint64(r.Block)
		var err error
		switch {
		case ctx.Err() != nil:
			err = errInterrupted
		case r.home && small:
			err = r.atHome(ctx)
		case r.home:
			err = r.leaveHome(ctx)
		case small && r.isWorthGoing():
			err = r.goHome(ctx)
		default:
			if small {
				r.smallAbroad++
			}
			err = r.abroad(ctx)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// homewards is the number of visited states that take about as long to read as a small level
// takes abroad.
const homewards = 1 << 17

// isWorthGoing reports whether it is time to go home, when the levels are small: if there
// are few states, or if small levels abroad have taken as long as it takes to go.
func (r *run) isWorthGoing() bool {
	n := r.search.Counts().Distinct
	return n <= r.HomeStates && n/homewards <= r.smallAbroad
}

// conclude tells errors that leave the run incomplete, to be gone on with, from those that
// make a verdict impossible.
func (r *run) conclude(err error) error {
	var away *outOfReach
	var lost *lostError
	switch {
	case err == nil:
	case errors.Is(err, errInterrupted) || r.ctx.Err() != nil:
		r.ledger.Stop(r.search.ReasonCancelled())
	case errors.As(err, &away):
		r.ledger.Stop(away.Error())
	case errors.As(err, &lost):
		r.ledger.Stop(lost.Error())
	default:
		return err
	}
	return nil
}

// errUnlike is the error of an answer that cannot be one of this model.
func errUnlike(id string) error {
	return fmt.Errorf("task %s gave a result that does not fit: the model, or the build, is not deterministic", id)
}

// Finish removes the blobs of the run, which is over for good, unless another coordinator
// has it by now and removes them itself.
func (c *Coordinator) Finish(ctx context.Context) error {
	if c.run == nil {
		return nil
	}
	if err := c.run.isOwn(ctx); err != nil {
		if _, ok := errors.AsType[*takenOver](err); ok {
			return nil
		}
		return err
	}
	names, err := c.Bucket.List(ctx, c.run.id+"/")
	if err != nil {
		return err
	}
	j := newJanitor(c.Bucket)
	j.delete(names...)
	j.close()
	if s, ok := c.Bucket.(bucket.Sweeper); ok {
		err = s.Sweep(c.run.id)
	}
	return errors.Join(err, c.Queue.Clear(ctx, topicTasks(c.run.id)), c.Queue.Clear(ctx, topicAnswers(c.run.id)))
}

// Run is the name of the run, under which its blobs are. It is empty before the search.
func (c *Coordinator) Run() string {
	if c.run == nil {
		return ""
	}
	return c.run.id
}

// janitor removes blobs that are of no more use, while the run goes on.
type janitor struct {
	names chan string
	done  sync.WaitGroup
}

// sweepers is how many blobs are removed at the same time.
const sweepers = 4

func newJanitor(b bucket.Bucket) *janitor {
	j := &janitor{names: make(chan string, 1024)}
	for range sweepers {
		j.done.Go(func() {
			for name := range j.names {
				_ = b.Delete(context.Background(), name) // what stays is removed at the end
			}
		})
	}
	return j
}

func (j *janitor) delete(names ...string) {
	for _, n := range names {
		j.names <- n
	}
}

func (j *janitor) close() {
	close(j.names)
	j.done.Wait()
}

// forgetBefore removes what was needed to make the level before the last one, and nothing
// else: its fingerprints and answers, blobs of partitions that found nothing new, and runs
// that were merged when it was made.
func (r *run) forgetBefore(m *Manifest) {
	for b := range m.Prints {
		r.forget(m, task.Expand, b, "prints")
		r.forget(m, task.Collect, b, "")
	}
	for q := range m.New {
		what := "run"
		if isMadeIn(m, q) {
			what = ""
		}
		r.forget(m, task.Dedupe, q, what)
	}
	before := r.byLevel[m.Before]
	if before == nil {
		return
	}
	for q, runs := range before.Runs {
		for _, one := range runs {
			if !isIn(one, m.Runs[q]) && r.homeBlobs[one.Name] == nil {
				r.janitor.delete(one.Name)
			}
		}
	}
}

// isMadeIn reports whether a partition had new states in the level of a manifest, and has a
// run of them.
func isMadeIn(m *Manifest, partition int) bool {
	name := (&task.Task{Run: m.Run, Level: m.Level, Index: partition}).RunName()
	return isIn(task.Run{Ref: task.Ref{Name: name}}, m.Runs[partition])
}

func isIn(one task.Run, list []task.Run) bool {
	for _, other := range list {
		if other.Name == one.Name {
			return true
		}
	}
	return false
}

// forget removes the answer to a task, and what it wrote.
func (r *run) forget(m *Manifest, k task.Kind, index int, what string) {
	t := task.Task{Run: r.id, Kind: k, Level: m.Level, Index: index}
	r.janitor.delete(t.AnswerName())
	if what != "" {
		r.janitor.delete(fmt.Sprintf("%s/%d/%s.%d", r.id, m.Level, what, index))
	}
}
