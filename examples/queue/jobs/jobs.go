// Package jobs models a bounded job queue with at-least-once delivery.
//
// A consumer takes a job, runs it, and acknowledges it. A job that is not
// acknowledged in time goes back into the queue: its consumer may have crashed,
// or may only be slow, and then two consumers have the same job. So a job must
// be safe to run twice, and an acknowledgement that comes late must not count.
// The model says whether that is enough.
package jobs

import (
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

const (
	maxJobs      = 4
	maxConsumers = 3
)

// Config sizes the model. Its zero value is the default configuration.
type Config struct {
	Jobs      int    `flag:"jobs" default:"2" min:"1" max:"4" help:"jobs that are submitted"`
	Consumers int    `flag:"consumers" default:"2" min:"1" max:"3" help:"consumers that take them"`
	Capacity  int    `flag:"capacity" default:"2" min:"1" max:"4" help:"jobs that the queue holds"`
	Bug       string // "" or the name of a seeded bug
}

// Phase is where a job stands.
type Phase uint8

const (
	Unsent Phase = iota
	Queued
	Taken
	Done
)

func (p Phase) String() string { return [...]string{"Unsent", "Queued", "Taken", "Done"}[p] }

// State is everything that can be different from one moment to the next.
type State struct {
	Jobs      [maxJobs]Job
	Consumers [maxConsumers]Consumer
}

// Job is what the queue knows of a job, and what the job did.
type Job struct {
	Phase   Phase
	Holder  uint8 // while it is Taken: the consumer that may acknowledge it
	Effects uint8 // how often it took effect
}

// Consumer is what a consumer has in its hands.
type Consumer struct {
	Busy bool
	Ran  bool
	Job  uint8
}

type queue struct{ Config }

// New returns the model.
func New(c Config) *model.Model[State] {
	q := &queue{catalog.Settle(c)}
	return &model.Model[State]{
		Name: "queue",
		Actions: []model.Action[State]{
			{Name: "Submit", Do: q.submit},
			{Name: "Take", Do: q.take},
			{Name: "Run", Do: q.run},
			{Name: "Acknowledge", Do: q.acknowledge},
			{Name: "Expire", Do: q.expire},
			{Name: "Crash", Do: q.crash, Fault: "crash"},
		},
		Properties: []model.Property[State]{
			model.Always("NoJobIsLost", q.noneLost).Explained(q.lost),
			model.Always("NoEffectTwice", q.noEffectTwice),
			model.Always("WithinCapacity", q.withinCapacity),
			model.Reachable("AllDone", q.allDone),
		},
		Terminal: q.allDone,
	}
}

// submit: a producer waits until there is room.
func (q *queue) submit(s *State, c *model.Choice) bool {
	j := &s.Jobs[c.Int("job", q.Jobs)]
	if j.Phase != Unsent || q.held(s) == q.Capacity {
		return false
	}
	j.Phase = Queued
	return true
}

// held is how many places are used up. A job that was taken keeps its place: it
// may come back.
func (q *queue) held(s *State) int {
	n := q.count(s, Queued)
	if q.Bug != "forget-taken" {
		n += q.count(s, Taken)
	}
	return n
}

func (q *queue) take(s *State, c *model.Choice) bool {
	who, j := c.Int("consumer", q.Consumers), c.Int("job", q.Jobs)
	if s.Consumers[who].Busy || s.Jobs[j].Phase != Queued {
		return false
	}
	s.Consumers[who] = Consumer{Busy: true, Job: uint8(j)}
	s.Jobs[j].Phase, s.Jobs[j].Holder = Taken, uint8(who)
	if q.Bug == "acknowledge-first" {
		s.Jobs[j].Phase, s.Jobs[j].Holder = Done, 0
	}
	return true
}

// run: the effect is stored under the job's key, so that it happens once.
func (q *queue) run(s *State, c *model.Choice) bool {
	who := &s.Consumers[c.Int("consumer", q.Consumers)]
	if !who.Busy || who.Ran {
		return false
	}
	who.Ran = true
	if j := &s.Jobs[who.Job]; j.Effects == 0 || q.Bug == "no-key" {
		j.Effects++
	}
	return true
}

// acknowledge: the queue takes it from the holder only.
func (q *queue) acknowledge(s *State, c *model.Choice) bool {
	n := c.Int("consumer", q.Consumers)
	who := &s.Consumers[n]
	if !who.Ran {
		return false
	}
	if j := &s.Jobs[who.Job]; j.Phase == Taken && int(j.Holder) == n {
		j.Phase, j.Holder = Done, 0
	}
	*who = Consumer{}
	return true
}

// expire: the queue cannot tell a slow consumer from one that crashed.
func (q *queue) expire(s *State, c *model.Choice) bool {
	j := &s.Jobs[c.Int("job", q.Jobs)]
	if j.Phase != Taken {
		return false
	}
	j.Phase, j.Holder = Queued, 0
	return true
}

func (q *queue) crash(s *State, c *model.Choice) bool {
	who := &s.Consumers[c.Int("consumer", q.Consumers)]
	if !who.Busy {
		return false
	}
	*who = Consumer{}
	return true
}

func (q *queue) count(s *State, p Phase) int {
	n := 0
	for i := range s.Jobs[:q.Jobs] {
		if s.Jobs[i].Phase == p {
			n++
		}
	}
	return n
}
