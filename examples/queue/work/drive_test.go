package work

import (
	"errors"
	"flag"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"example.com/queue/jobs"
	"github.com/muster-mc/muster/drive"
	"github.com/muster-mc/muster/trace"
)

// The queue does what its model permits: every action with its arguments, and every
// action after every other.
func TestQueue(t *testing.T) {
	drive.Run(t, jobs.New(config), newSystem, options)
}

var config = jobs.Config{Jobs: 3, Consumers: 2, Capacity: 2}

func init() {
	flag.IntVar(&options.Trials, "trials", 0, "the most runs to shorten a failure; 0 is drive's own number")
}

var options = drive.Options{
	Within: synctest.Test,      // time in which a lease ends at once
	Hidden: []string{"Expire"}, // other leases may end meanwhile
}

// The queue refuses what its model does not permit.
func TestRefusals(t *testing.T) {
	o := options
	o.Refusals = true
	drive.Run(t, jobs.New(config), newSystem, o)
}

// system is the queue with its workers, beside the model.
type system struct {
	queue   *Queue
	results Results
	workers []*Worker
	ends    map[int]time.Time // of leases, by job
}

const lease = time.Hour

func newSystem(*testing.T) drive.System[jobs.State] {
	s := &system{queue: New(config.Capacity, lease), ends: map[int]time.Time{}}
	for i := range config.Consumers {
		s.workers = append(s.workers, s.worker(i))
	}
	return s
}

func (s *system) worker(i int) *Worker {
	return &Worker{Name: strconv.Itoa(i), Queue: s.queue, Results: &s.results}
}

// Do takes the steps of the model.
func (s *system) Do(step trace.Step) (outcome any, err error) {
	switch step.Action {
	case "Submit":
		return nil, s.submit(step.Arguments.Text("job"))
	case "Take":
		return s.take(s.workers[step.Arguments.Int("consumer")])
	case "Run":
		w := s.workers[step.Arguments.Int("consumer")]
		if w.key == "" || w.ran {
			return nil, drive.Skip
		}
		w.Run()
	case "Acknowledge":
		w := s.workers[step.Arguments.Int("consumer")]
		if !w.ran {
			return nil, drive.Skip
		}
		w.Acknowledge()
	case "Crash":
		i := step.Arguments.Int("consumer")
		if s.workers[i].key == "" {
			return nil, drive.Skip
		}
		s.workers[i] = s.worker(i)
	case "Expire":
		time.Sleep(time.Until(s.ends[step.Arguments.Int("job")]))
		synctest.Wait()
	}
	return nil, nil
}

// submit: to submit a job twice is a mistake that producers do not make.
func (s *system) submit(key string) error {
	if status, _ := s.queue.Status(key); status != "" {
		return drive.Skip
	}
	if err := s.queue.Submit(key); errors.Is(err, ErrFull) {
		return drive.Refused
	}
	return nil
}

// take lets the queue decide which job it hands out.
func (s *system) take(w *Worker) (outcome any, err error) {
	if w.key != "" {
		return nil, drive.Skip
	}
	if !w.Take() {
		return nil, drive.Refused
	}
	job, err := strconv.Atoi(w.key)
	s.ends[job] = time.Now().Add(lease)
	return drive.Args{"job": job}, err
}

// Observe compares jobs and workers with the model's.
func (s *system) Observe(m *jobs.State) []drive.Difference {
	var real jobs.State
	for i := range config.Jobs {
		real.Jobs[i] = s.job(strconv.Itoa(i))
	}
	for i, w := range s.workers {
		if w.key != "" {
			job, _ := strconv.Atoi(w.key)
			real.Consumers[i] = jobs.Consumer{Busy: true, Ran: w.ran, Job: uint8(job)}
		}
	}
	return append(drive.Compare("Jobs", m.Jobs, real.Jobs), drive.Compare("Consumers", m.Consumers, real.Consumers)...)
}

func (s *system) job(key string) jobs.Job {
	j := jobs.Job{Effects: uint8(s.results.Effects(key))}
	switch status, worker := s.queue.Status(key); status {
	case "waiting":
		j.Phase = jobs.Queued
	case "taken":
		holder, _ := strconv.Atoi(worker)
		j.Phase, j.Holder = jobs.Taken, uint8(holder)
	case "done":
		j.Phase = jobs.Done
	}
	return j
}
