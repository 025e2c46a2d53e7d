package run

import (
	"encoding/json"
	"fmt"
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
	at time.Time // by the clock of the coordinator
}

// silence is how many beats a worker may miss before it is taken for gone.
const silence = 8

// announce says that the run is there, again and again, and listens to workers and to other
// coordinators, until quiet is called.
func (r *run) announce(model json.RawMessage) (quiet func(), err error) {
	r.workers.by, r.workers.build = map[string]heard{}, map[string]bool{}
	deafToWorkers, err := r.Queue.Hear(subjectWorkers, r.hear)
	if err != nil {
		return nil, err
	}
	deafToRuns, err := r.Queue.Hear(subjectRuns, r.hearRun)
	if err != nil {
		deafToWorkers()
		return nil, err
	}
	say := func(over bool) {
		text, err := json.Marshal(Announcement{Run: r.id, Build: r.Build, Model: string(model), By: r.owner.Token, Over: over})
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
				if !r.isTakenOver.Load() { // workers go on for the other coordinator
					say(true)
				}
				return
			}
		}
	}()
	return func() { close(stop); <-done; deafToRuns(); deafToWorkers() }, nil
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
	switch {
	case p.Run != r.id:
	case p.NoJob:
		r.noJob.Store(true)
	default:
		w.by[p.Worker] = heard{p, r.now()}
	}
}

// hearRun notes what a coordinator says.
func (r *run) hearRun(data []byte) {
	var a Announcement
	if json.Unmarshal(data, &a) == nil && a.Run == r.id && a.By != r.owner.Token {
		r.rival.Store(true)
	}
}

// isBeingDone reports whether a worker has said lately that it does a task.
func (r *run) isBeingDone(id string) bool {
	w := &r.workers
	w.mutex.Lock()
	defer w.mutex.Unlock()
	for _, h := range w.by {
		if r.since(h.at) > silence*r.Beat {
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

// countWorkers is the number of workers that were heard lately.
func (r *run) countWorkers() (n int) {
	w := &r.workers
	w.mutex.Lock()
	defer w.mutex.Unlock()
	for _, h := range w.by {
		if r.since(h.at) <= silence*r.Beat {
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
	r.most = max(r.most, r.countWorkers())
}

// stage says what is being done.
func (r *run) stage() string {
	s := &r.stand
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.left == 0 {
		return "at home"
	}
	return fmt.Sprintf("level %d: %s %d of %d", s.level+1, s.kind, s.tasks-s.left, s.tasks)
}
