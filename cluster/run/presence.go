package run

import (
	"encoding/json"
	"sync"
	"time"

	"github.com/muster-mc/muster/cluster/task"
)

// workers are those that the coordinator has heard.
type workers struct {
	mutex sync.Mutex
	by    map[string]heard // by name
	build map[string]bool  // other builds that were told about
}

// heard is what a worker said last, and when.
type heard struct {
	presence
	at time.Time
}

// silence is how many beats a worker may miss before it is taken for gone.
const silence = 8

// announce says that the run is there, again and again, and listens to workers, until quiet
// is called.
func (r *run) announce(model json.RawMessage) (quiet func(), err error) {
	r.workers.by, r.workers.build = map[string]heard{}, map[string]bool{}
	deaf, err := r.Queue.Hear(subjectWorkers, r.hear)
	if err != nil {
		return nil, err
	}
	say := func(over bool) {
		text, err := json.Marshal(Announcement{Run: r.id, Build: r.Build, Model: string(model), Over: over})
		if err == nil {
			_ = r.Queue.Tell(subjectRuns, text) // the next beat says it again
		}
	}
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(r.Beat)
		defer tick.Stop()
		for {
			say(false)
			select {
			case <-tick.C:
			case <-stop:
				say(true)
				return
			}
		}
	}()
	return func() { close(stop); <-done; deaf() }, nil
}

// hear notes what a worker says.
func (r *run) hear(data []byte) {
	var p presence
	if json.Unmarshal(data, &p) != nil {
		return
	}
	w := &r.workers
	w.mutex.Lock()
	defer w.mutex.Unlock()
	if p.Build != r.Build {
		if !w.build[p.Worker] {
			w.build[p.Worker] = true
			r.Say("worker %s is of another build (%s) and takes no task of this one (%s)", p.Worker, p.Build, r.Build)
		}
		return
	}
	if p.Run == r.id {
		w.by[p.Worker] = heard{p, time.Now()}
	}
}

// isBeingDone reports whether a worker has said lately that it does a task.
func (r *run) isBeingDone(id string) bool {
	w := &r.workers
	w.mutex.Lock()
	defer w.mutex.Unlock()
	for _, h := range w.by {
		if time.Since(h.at) > silence*r.Beat {
			continue
		}
		for _, t := range h.Tasks {
			if t == id {
				return true
			}
		}
	}
	return false
}

// Workers is the number of workers that were heard lately.
func (r *run) countWorkers() (n int) {
	w := &r.workers
	w.mutex.Lock()
	defer w.mutex.Unlock()
	for _, h := range w.by {
		if time.Since(h.at) <= silence*r.Beat {
			n++
		}
	}
	return n
}

// status notes where the run stands.
func (r *run) status(tasks []*task.Task, left int) {
	s := &r.stand
	s.mutex.Lock()
	defer s.mutex.Unlock()
	for _, t := range tasks {
		if t != nil {
			s.level, s.kind = t.Level, t.Kind
			break
		}
	}
	s.tasks, s.left = len(tasks), left
}
