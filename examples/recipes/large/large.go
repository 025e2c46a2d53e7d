// Package large models workers that take jobs from a shelf, finish them and put them
// back. The Config can add two useless fields to the state.
package large

import (
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

const workersMax = 4

// Config sizes the model, adds fields to the state and seeds a bug.
type Config struct {
	Crew  int    `flag:"crew" default:"3" min:"1" max:"4" help:"workers that take jobs"`
	Jobs  int    `flag:"jobs" default:"4" min:"1" max:"8" help:"jobs on the shelf"`
	Last  bool   `flag:"last" help:"remember each worker's last job, which nothing reads"`
	Count bool   `flag:"count" help:"count the jobs that were finished, without an end"`
	Bound int    `flag:"bound" default:"0" min:"0" max:"1000" help:"explore up to this count; 0 for no bound"`
	Bug   string // "" or the name of a seeded bug
}

// Entry is the model on the command line.
var Entry = catalog.Define("large", "workers that take jobs from a shelf, with more in the state than is needed", New,
	catalog.Bug{
		Name: "snatch", Breaks: "OneWorkerAJob", Length: 3,
		Doc: "a worker takes a job that another worker has",
	},
)

// State is which worker has which job.
type State struct {
	Job      [workersMax]uint8 // 0 for none, or the job and one
	Last     [workersMax]uint8
	Finished uint16
}

type shelf struct{ Config }

// New returns the model.
func New(c Config) *model.Model[State] {
	sh := &shelf{catalog.Settle(c)}
	m := &model.Model[State]{
		Name: "large",
		Actions: []model.Action[State]{
			{Name: "Take", Do: sh.take},
			{Name: "Finish", Do: sh.finish},
		},
		Properties: []model.Property[State]{model.Always("OneWorkerAJob", sh.oneWorkerAJob)},
	}
	if sh.Bound > 0 {
		m.Constraint = func(s *State) bool { return int(s.Finished) <= sh.Bound }
	}
	return m
}

func (sh *shelf) take(s *State, c *model.Choice) bool {
	worker, job := c.Int("worker", sh.Crew), c.Int("job", sh.Jobs)
	if s.Job[worker] != 0 || sh.isTaken(s, job) && sh.Bug != "snatch" {
		return false
	}
	s.Job[worker] = uint8(job + 1)
	return true
}

func (sh *shelf) isTaken(s *State, job int) bool {
	for _, j := range s.Job {
		if int(j) == job+1 {
			return true
		}
	}
	return false
}

func (sh *shelf) finish(s *State, c *model.Choice) bool {
	worker := c.Int("worker", sh.Crew)
	if s.Job[worker] == 0 {
		return false
	}
	if sh.Last {
		s.Last[worker] = s.Job[worker]
	}
	if sh.Count {
		s.Finished++
	}
	s.Job[worker] = 0
	return true
}

func (sh *shelf) oneWorkerAJob(s *State) bool {
	for i, j := range s.Job {
		for _, other := range s.Job[:i] {
			if j != 0 && j == other {
				return false
			}
		}
	}
	return true
}
