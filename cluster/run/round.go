package run

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/muster-mc/muster/cluster/task"
	"github.com/muster-mc/muster/explore"
)

// failuresMax is how often a task may fail before the run ends with the task's error.
const failuresMax = 5

// pullWait is how long the coordinator waits for one answer before it looks around.
const pullWait = 200 * time.Millisecond

// round is tasks that do not depend on each other, and that have to be done before the next
// ones can be named.
type round struct {
	*run
	tasks   map[string]*asked // by ID
	left    int
	losses  int // of the queue, when the tasks were published last
	answers []*task.Answer
}

// asked is a task that was published.
type asked struct {
	task    *task.Task
	place   int
	answer  *task.Answer // or nil
	fails   int
	failure string // the last one
	attempt int
	at      time.Time // when it was published
}

// round has tasks done, and returns their answers. A task that is nil has none.
func (r *run) round(ctx context.Context, tasks []*task.Task) ([]*task.Answer, error) {
	d := &round{run: r, tasks: map[string]*asked{}, answers: make([]*task.Answer, len(tasks)), losses: r.Queue.Losses()}
	for i, t := range tasks {
		if t == nil {
			continue
		}
		a := &asked{task: t, place: i, attempt: r.attempt}
		d.tasks[t.ID()] = a
		d.left++
		if known := r.answered[t.ID()]; known != nil && known.Inputs == t.Inputs() {
			delete(r.answered, t.ID())
			d.accept(a, known)
		}
	}
	r.status(tasks, d.left)
	for _, a := range d.tasks {
		if a.answer == nil {
			if err := d.publish(ctx, a); err != nil {
				return nil, err
			}
		}
	}
	for d.left > 0 {
		if err := d.step(ctx); err != nil {
			return nil, err
		}
		r.status(tasks, d.left)
	}
	return d.answers, nil
}

// heed does something about what workers and other coordinators have said. Another coordinator
// may have taken answers that were to come here, so the tasks are asked for again.
func (d *round) heed(ctx context.Context) error {
	if d.noJob.Swap(false) {
		if err := d.verifyJob(ctx); err != nil {
			return err
		}
	}
	if !d.rival.Swap(false) {
		return nil
	}
	for _, a := range d.tasks {
		a.at = time.Time{}
	}
	return d.isOwn(ctx)
}

// step waits for an answer, and publishes anew what may have been lost.
func (d *round) step(ctx context.Context) error {
	if err := d.heed(ctx); err != nil {
		return err
	}
	a, err := d.pull(ctx)
	if err != nil {
		return err
	}
	if a != nil {
		return d.take(ctx, a)
	}
	return d.askAgain(ctx)
}

// askAgain publishes tasks without an answer again: those that no worker has said for a
// while that it has, and all of them if the queue may have lost something.
func (d *round) askAgain(ctx context.Context) error {
	losses := d.Queue.Losses()
	lost := losses != d.losses
	d.losses = losses
	for id, a := range d.tasks {
		if a.answer != nil || !lost && (d.since(a.at) < d.AskAgain || d.isBeingDone(id)) {
			continue
		}
		if !lost {
			a.attempt++ // otherwise the queue would drop it
		}
		if err := d.publish(ctx, a); err != nil {
			return err
		}
	}
	return nil
}

// publish publishes a task. One that is too large for a message is put into the bucket.
func (d *round) publish(ctx context.Context, a *asked) error {
	text, err := json.Marshal(order{Task: a.task, Attempt: a.attempt})
	if err != nil {
		return err
	}
	if len(text) > largest(d.Queue) {
		name := fmt.Sprintf("%s/%d/task-%s.%d", d.id, a.task.Level, a.task.Kind, a.task.Index)
		_, bytes, err := writeSealed(ctx, d.Bucket, name, a.task)
		if err != nil {
			return err
		}
		d.cost.wrote(bytes)
		if text, err = json.Marshal(order{Blob: name, ID: a.task.ID(), Inputs: a.task.Inputs(), Attempt: a.attempt}); err != nil {
			return err
		}
	}
	a.at = d.now()
	id := fmt.Sprintf("%s/%s#%d by %s", d.id, a.task.ID(), a.attempt, d.owner.Token) // not one that was taken from the queue by another coordinator
	return d.patience(&d.cost).try(ctx, "the queue", func() error { return d.Queue.Publish(ctx, topicTasks(d.id), id, text) })
}

// order is the message that asks for a task.
type order struct {
	Task    *task.Task `json:"task,omitempty"`
	Attempt int        `json:"attempt,omitempty"`

	// Of a task that is too large for a message: the blob that has it, and by what the
	// coordinator knows the task, if the blob cannot be read.
	Blob   string `json:"blob,omitempty"`
	ID     string `json:"id,omitempty"`
	Inputs uint64 `json:"inputs,omitempty"`
}

// pull waits a moment for an answer.
func (d *round) pull(ctx context.Context) (a *task.Answer, err error) {
	err = d.patience(&d.cost).try(ctx, "the queue", func() error {
		m, err := d.Queue.Pull(ctx, topicAnswers(d.id), pullWait)
		if err != nil || m == nil {
			return err
		}
		a = &task.Answer{}
		if json.Unmarshal(m.Data(), a) != nil {
			a = nil // not a message of ours
		}
		_ = m.Done(ctx) // if that is lost, the same answer comes again
		return nil
	})
	return a, err
}

// take takes an answer, which may be one to a task of an earlier round.
func (d *round) take(ctx context.Context, a *task.Answer) error {
	x := d.tasks[a.ID]
	switch {
	case x == nil:
		return d.compareEarlier(a)
	case a.Inputs != x.task.Inputs():
		return nil // of a run whose levels were cut otherwise
	case x.answer != nil:
		return compare(x.answer, a)
	}
	d.cost.add(a.Cost)
	if a.Blob != "" {
		a = d.open(ctx, a)
	}
	switch {
	case len(a.Damaged) > 0:
		if err := d.mendFor(ctx, x.task, a.Damaged[0]); err != nil {
			return err
		}
	case a.Failure != "":
		if x.fails++; x.failure != a.Failure { // the same is said once
			x.failure = a.Failure
			d.Say("task %s failed at %s: %s", a.ID, a.Worker, a.Failure)
		}
		if x.fails >= failuresMax {
			return fmt.Errorf("task %s has failed %d times: %s", a.ID, x.fails, a.Failure)
		}
	default:
		d.accept(x, a)
		return nil
	}
	x.attempt++
	return d.publish(ctx, x)
}

// open reads an answer that was too large for a message.
func (d *round) open(ctx context.Context, a *task.Answer) *task.Answer {
	full := &task.Answer{}
	bytes, err := readSealed(ctx, d.Bucket, a.Blob, full)
	d.cost.read(bytes)
	if err == nil && (full.ID != a.ID || full.Inputs != a.Inputs) {
		err = errUnsealed
	}
	if err != nil {
		return &task.Answer{ID: a.ID, Worker: a.Worker, Failure: fmt.Sprintf("the answer %s cannot be read: %v", a.Blob, err)}
	}
	full.Worker = a.Worker
	return full
}

// accept takes the first answer with a result.
func (d *round) accept(x *asked, a *task.Answer) {
	x.answer, d.answers[x.place] = a, a
	d.left--
	d.cost.update(func(c *explore.Distribution) { c.Tasks++ })
}

// compare finds out whether two answers to one task have the same result.
func compare(first, second *task.Answer) error {
	if !second.Done() || second.Blob != "" || first.Result() == second.Result() {
		return nil
	}
	return fmt.Errorf("task %s gave another result at %s than at %s: the model, or the build, is not deterministic", first.ID, second.Worker, first.Worker)
}

// compareEarlier compares the late answer to a task of an earlier round.
func (d *round) compareEarlier(a *task.Answer) error {
	if !a.Done() || a.Blob != "" {
		return nil
	}
	list := d.manifests[max(0, len(d.manifests)-2):] // of more than two levels ago it is no use
	if d.making != nil {
		list = append(slices.Clone(list), d.making)
	}
	for _, m := range list {
		want, ok := m.Results[a.ID]
		if ok && want != task.Sum([]byte(a.Result())) {
			return fmt.Errorf("task %s gave another result when it was done again at %s: the model, or the build, is not deterministic", a.ID, a.Worker)
		}
	}
	return nil
}

// errInterrupted is the error of what was given up because the run is over.
var errInterrupted = errors.New("interrupted")

// outOfReach is the error of a queue or bucket that could not be reached for too long.
type outOfReach struct {
	what     string
	patience time.Duration
	err      error
}

func (e *outOfReach) Error() string {
	return fmt.Sprintf("%s could not be reached for %v: %v", e.what, e.patience, e.err)
}
