package run

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/muster-mc/muster/cluster/bucket"
	"github.com/muster-mc/muster/cluster/queue"
	"github.com/muster-mc/muster/cluster/task"
	"github.com/muster-mc/muster/explore"
)

// Worker does tasks of whatever runs there are.
type Worker struct {
	Settings
	Name  string // tells the worker from all others
	Tasks int    // that it does at the same time; zero is one

	Once bool // the worker ends when the first run that it has worked for is over

	// AckWait is the time after which the queue delivers a message again that was not
	// acknowledged. The worker says three times as often that it is working.
	AckWait time.Duration

	// Open has an engine search the model that a coordinator has described, with the same
	// options. It returns what the engine returned.
	Open func(ctx context.Context, model json.RawMessage, e explore.Engine) error

	mutex    sync.Mutex
	declined map[string]bool // runs
	done     uint64          // tasks
}

// Serve does tasks until the context is over.
func (w *Worker) Serve(ctx context.Context) error {
	w.Settings = w.Settings.withDefaults()
	orDefault(&w.Tasks, 1)
	orDefault(&w.AckWait, 30*time.Second)
	w.declined = map[string]bool{}
	runs := make(chan Announcement, 16)
	deaf, err := w.Queue.Hear(subjectRuns, func(data []byte) {
		var a Announcement
		if json.Unmarshal(data, &a) != nil {
			return
		}
		select {
		case runs <- a:
		default: // it is said again
		}
	})
	if err != nil {
		return err
	}
	defer deaf()
	tick := time.NewTicker(w.Beat)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
			w.tell(presence{})
		case a := <-runs:
			if served, err := w.join(ctx, a, runs); err != nil || served && w.Once {
				return err
			}
		}
	}
}

// Done is the number of tasks that the worker has done.
func (w *Worker) Done() uint64 {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	return w.done
}

func (w *Worker) tell(p presence) {
	p.Worker, p.Build = w.Name, w.Build
	if text, err := json.Marshal(p); err == nil {
		_ = w.Queue.Tell(subjectWorkers, text) // the next beat says it again
	}
}

// join works for a run until it is over, and reports whether it did. It declines a run of
// another build. An error ends the worker.
func (w *Worker) join(ctx context.Context, a Announcement, runs <-chan Announcement) (served bool, err error) {
	if a.Over {
		return false, nil
	}
	if a.Build != w.Build {
		w.decline(a.Run, fmt.Sprintf("is of another build (%s): this worker (%s) takes no task of it", a.Build, w.Build))
		w.tell(presence{})
		return false, nil
	}
	var j job
	b := &patientBucket{w.Bucket, w.patience(&cost{})}
	switch _, err := readSealed(ctx, b, jobName(a.Run), &j); {
	case ctx.Err() != nil:
		return false, nil
	case errors.Is(err, bucket.ErrNotFound):
		w.decline(a.Run, "is not in this bucket: the coordinator has another one, or the run's job was removed")
		w.tell(presence{Run: a.Run, NoJob: true})
		return false, nil
	case errors.Is(err, errUnsealed):
		w.decline(a.Run, "has a job that is damaged: the coordinator is to write it again")
		w.tell(presence{Run: a.Run, NoJob: true})
		return false, nil
	case err != nil:
		return false, err
	}
	s := &service{Worker: w, job: j, runs: runs, bucket: b}
	w.Say("run %s: working", a.Run)
	err = w.Open(ctx, j.Model, s)
	switch {
	case ctx.Err() != nil || s.over:
		w.Say("run %s: over", a.Run)
		return true, nil
	case err == nil:
		return true, nil
	}
	w.decline(a.Run, "cannot be worked for: "+err.Error())
	return false, nil
}

// decline says once why the worker does nothing for a run.
func (w *Worker) decline(run, why string) {
	if !w.declined[run] {
		w.declined[run] = true
		w.Say("run %s %s", run, why)
	}
}

// service is a worker's part in one run, as the engine of a search that has no result.
type service struct {
	*Worker
	job    job
	runs   <-chan Announcement
	bucket bucket.Bucket
	over   bool

	mutex sync.Mutex
	tasks map[string]int // those being done, by ID
}

// ErrServed is the error of a search that has no result, because it was a worker's.
var ErrServed = errors.New("the worker has no result of its own")

// Search implements [explore.Engine]: it does tasks until the run is over.
func (s *service) Search(ctx context.Context, e explore.Job) (*explore.Distribution, error) {
	own := s.Settings
	own.Block, own.Partitions, own.HomeStates = s.job.Block, s.job.Partitions, s.job.HomeStates
	if own.id(e.Identity) != s.job.Run {
		return nil, fmt.Errorf("the model is another one here than the coordinator's")
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	s.tasks = map[string]int{}
	var doers []*task.Doer
	for range s.Tasks {
		pieces, err := e.Search.NewPieces()
		if err != nil {
			return nil, err
		}
		doers = append(doers, &task.Doer{
			Pieces: pieces, Bucket: s.bucket, Form: formOf(e.Search), Partitions: s.job.Partitions, Block: s.job.Block,
		})
	}
	errs := make(chan error, len(doers))
	for _, d := range doers {
		go func() { errs <- s.work(ctx, d) }()
	}
	s.attend(ctx)
	cancel()
	e.Search.Cancel() // what is being done is of no use any more
	err := ErrServed
	for range doers {
		if e := <-errs; e != nil {
			err = e
		}
	}
	return nil, err
}

// attend says that the worker is there until the run is over.
func (s *service) attend(ctx context.Context) {
	tick := time.NewTicker(s.Beat)
	defer tick.Stop()
	heard := s.now()
	for {
		select {
		case <-ctx.Done():
			return
		case a := <-s.runs:
			if a.Run != s.job.Run {
				continue
			}
			heard = s.now()
			if a.Over {
				s.over = true
				return
			}
		case <-tick.C:
			s.tell(presence{Run: s.job.Run, Tasks: s.inHand()})
			// A coordinator that is away for long may come back: the worker then joins anew.
			if s.since(heard) > s.Patience {
				s.over = true
				return
			}
		}
	}
}

func (s *service) inHand() (ids []string) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	for id := range s.tasks {
		ids = append(ids, id)
	}
	return ids
}

// work does one task after the other. An error is one of the queue that patience has not
// overcome.
func (s *service) work(ctx context.Context, d *task.Doer) error {
	for ctx.Err() == nil {
		var m queue.Message
		err := s.patience(&cost{}).try(ctx, "the queue", func() (err error) {
			m, err = s.Queue.Pull(ctx, topicTasks(s.job.Run), pullWait)
			return err
		})
		if errors.Is(err, errInterrupted) {
			return nil
		}
		if err != nil {
			return err
		}
		if m != nil {
			s.do(ctx, d, m)
		}
	}
	return nil
}

// do does the task of a message, and answers. A message whose task was given up stays
// unacknowledged, and is delivered again.
func (s *service) do(ctx context.Context, d *task.Doer, m queue.Message) {
	t, attempt, err := s.taskOf(ctx, m)
	if err != nil {
		return
	}
	s.hold(t.ID(), 1)
	defer s.hold(t.ID(), -1)
	stop := s.keepAlive(m)
	defer stop()
	a := s.known(ctx, t, attempt, m.Delivered())
	if a == nil {
		if a, err = d.Do(ctx, t); err != nil {
			return
		}
		if a.Done() {
			_, bytes, err := writeSealed(ctx, s.bucket, t.AnswerName(), a)
			if err != nil {
				a = &task.Answer{ID: t.ID(), Inputs: t.Inputs(), Failure: err.Error()}
			}
			a.Cost.Written += uint64(bytes)
		}
		s.Worker.mutex.Lock()
		s.Worker.done++
		s.Worker.mutex.Unlock()
	}
	a.Worker, a.Cost.Delivered = s.Name, m.Delivered()
	s.answer(ctx, m, t, a, attempt)
}

// known is the answer to a task that was done before, if it was asked for again.
func (s *service) known(ctx context.Context, t *task.Task, attempt, delivered int) *task.Answer {
	if attempt == 0 && delivered <= 1 {
		return nil
	}
	a := &task.Answer{}
	if _, err := readSealed(ctx, s.bucket, t.AnswerName(), a); err != nil || a.Inputs != t.Inputs() || !a.Done() {
		return nil
	}
	a.Cost = task.Cost{}
	return a
}

// largest is the size of the largest message: what the queue adds to one needs room too.
func largest(q queue.Queue) int { return q.MessageMax() / 4 * 3 }

// answer sends an answer, and then acknowledges the task: the other way round it could be
// lost.
func (s *service) answer(ctx context.Context, m queue.Message, t *task.Task, a *task.Answer, attempt int) {
	text, err := json.Marshal(a)
	if err == nil && len(text) > largest(s.Queue) {
		text, err = json.Marshal(task.Answer{ID: a.ID, Inputs: a.Inputs, Worker: a.Worker, Cost: a.Cost, Blob: t.AnswerName()})
	}
	if err != nil {
		return
	}
	s.send(ctx, m, a.ID, attempt, text)
}

// send publishes the answer to a task, and acknowledges the task's message.
func (s *service) send(ctx context.Context, m queue.Message, id string, attempt int, text []byte) {
	id = fmt.Sprintf("%s/%s#%d/%s.%d", s.job.Run, id, attempt, s.Name, m.Delivered())
	err := s.patience(&cost{}).try(ctx, "the queue", func() error {
		return s.Queue.Publish(ctx, topicAnswers(s.job.Run), id, text)
	})
	if err == nil {
		_ = m.Done(ctx) // if that is lost, the task is delivered again
	}
}

// errNoTask is the error of a message in which there is no task of the run.
var errNoTask = errors.New("a message without a task")

// taskOf reads the task of a message. The coordinator is told of a blob that cannot be read,
// and writes it again. A message that is of no use to any worker is acknowledged.
func (s *service) taskOf(ctx context.Context, m queue.Message) (*task.Task, int, error) {
	var o order
	err := json.Unmarshal(m.Data(), &o)
	if err == nil && o.Blob != "" {
		o.Task = &task.Task{}
		if _, err := readSealed(ctx, s.bucket, o.Blob, o.Task); err != nil {
			failure := fmt.Sprintf("the task %s cannot be read: %v", o.Blob, err)
			if text, err := json.Marshal(task.Answer{ID: o.ID, Inputs: o.Inputs, Worker: s.Name, Failure: failure}); err == nil {
				s.send(ctx, m, o.ID, o.Attempt, text)
			}
			return nil, 0, err
		}
	}
	if err != nil || o.Task == nil || o.Task.Run != s.job.Run {
		_ = m.Done(ctx)
		return nil, 0, errNoTask
	}
	return o.Task, o.Attempt, nil
}

func (s *service) hold(id string, n int) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.tasks[id] += n; s.tasks[id] == 0 {
		delete(s.tasks, id)
	}
}

// keepAlive says now and then that the worker has not forgotten a message, until stop is
// called.
func (s *service) keepAlive(m queue.Message) (stop func()) {
	tick, done := time.NewTicker(s.AckWait/3), make(chan struct{})
	go func() {
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				_ = m.Working() // without it, another worker does the task too
			case <-done:
				return
			}
		}
	}()
	return func() { close(done) }
}

var _ explore.Engine = (*service)(nil)
var _ explore.Engine = (*Coordinator)(nil)
