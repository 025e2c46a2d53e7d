// Package work is a bounded job queue with at-least-once delivery, in memory: the real
// code whose protocol package jobs models. It knows nothing of the model.
package work

import (
	"errors"
	"sync"
	"time"
)

// ErrFull is the error of a job for which there is no room.
var ErrFull = errors.New("the queue is full")

// Queue hands jobs out to workers. A job that was taken and is not acknowledged within
// the lease is handed out again. Any number of goroutines may use a queue.
type Queue struct {
	capacity int
	lease    time.Duration

	mu      sync.Mutex
	waiting []string         // keys of jobs, the oldest first
	taken   map[string]*hold // by key
	done    map[string]bool  // by key
}

// hold is a worker's claim to a job.
type hold struct {
	worker string
	timer  *time.Timer
}

// New returns an empty queue that holds so many jobs which are not done.
func New(capacity int, lease time.Duration) *Queue {
	return &Queue{capacity: capacity, lease: lease, taken: map[string]*hold{}, done: map[string]bool{}}
}

// Submit adds a job. The key is the job's own: no two jobs have the same.
func (q *Queue) Submit(key string) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.waiting)+len(q.taken) >= q.capacity {
		return ErrFull
	}
	q.waiting = append(q.waiting, key)
	return nil
}

// Take hands the oldest job out to a worker. It reports false if no job waits.
func (q *Queue) Take(worker string) (key string, ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.waiting) == 0 {
		return "", false
	}
	key = q.waiting[0]
	q.waiting = q.waiting[1:]
	h := &hold{worker: worker}
	h.timer = time.AfterFunc(q.lease, func() { q.expire(key, h) })
	q.taken[key] = h
	return key, true
}

// expire puts a job back, unless it was acknowledged meanwhile.
func (q *Queue) expire(key string, h *hold) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.taken[key] != h {
		return
	}
	delete(q.taken, key)
	q.waiting = append(q.waiting, key)
}

// Acknowledge ends a job. It reports false if the worker does not hold the job any more.
func (q *Queue) Acknowledge(worker, key string) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	h := q.taken[key]
	if h == nil || h.worker != worker {
		return false
	}
	h.timer.Stop()
	delete(q.taken, key)
	q.done[key] = true
	return true
}

// Status is where a job stands: waiting, done, or taken by a worker; nothing, if it was
// not submitted.
func (q *Queue) Status(key string) (status, worker string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	switch h := q.taken[key]; {
	case h != nil:
		return "taken", h.worker
	case q.done[key]:
		return "done", ""
	}
	for _, k := range q.waiting {
		if k == key {
			return "waiting", ""
		}
	}
	return "", ""
}
