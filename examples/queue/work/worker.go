package work

import "sync"

// Results keeps what jobs have done, by their keys, so that a job that runs twice takes
// effect once.
type Results struct {
	mu      sync.Mutex
	effects map[string]int
}

// Put stores the effect of a job, unless it is there already.
func (r *Results) Put(key string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.effects == nil {
		r.effects = map[string]int{}
	}
	if r.effects[key] > 0 {
		return
	}
	r.effects[key]++
}

// Effects is how often a job took effect.
func (r *Results) Effects(key string) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.effects[key]
}

// Worker takes jobs from a queue, one at a time. It is for one goroutine.
type Worker struct {
	Name    string
	Queue   *Queue
	Results *Results

	key string // of the job in hand, or nothing
	ran bool
}

// Take takes a job, if the worker has none and one waits.
func (w *Worker) Take() bool {
	if w.key != "" {
		return false
	}
	key, ok := w.Queue.Take(w.Name)
	w.key, w.ran = key, false
	return ok
}

// Run runs the job in hand.
func (w *Worker) Run() {
	w.Results.Put(w.key)
	w.ran = true
}

// Acknowledge hands the job back as done. If the worker was too slow, the queue has given
// the job to another one, and the acknowledgement does not count.
func (w *Worker) Acknowledge() {
	w.Queue.Acknowledge(w.Name, w.key)
	w.key, w.ran = "", false
}

// Work takes, runs and acknowledges jobs until none waits.
func (w *Worker) Work() {
	for w.Take() {
		w.Run()
		w.Acknowledge()
	}
}
