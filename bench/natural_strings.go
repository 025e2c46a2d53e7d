package bench

import (
	"slices"

	"github.com/muster-mc/muster/model"
)

// Jobs: a list of jobs by name on its way through workers, whose phases are words.
const (
	jobWorkers = 3
	jobRoom    = 3
)

var jobNames = []string{"build", "test", "deploy"}

type jobWorker struct{ Phase, Job string }

type jobs struct {
	Waiting []string
	Workers [jobWorkers]jobWorker
	Done    model.Set[string]
}

const (
	jobIdle    = "idle"
	jobRunning = "running"
	jobFailed  = "failed"
)

func naturalJobs() *model.Model[jobs] {
	return &model.Model[jobs]{
		Name: "jobs", AllowDeadlock: true,
		Init: func(s *jobs, _ *model.Choice) bool {
			for i := range s.Workers {
				s.Workers[i].Phase = jobIdle
			}
			return true
		},
		Actions: []model.Action[jobs]{
			{Name: "Submit", Do: func(s *jobs, c *model.Choice) bool {
				job := model.Pick(c, "job", jobNames)
				if len(s.Waiting) == jobRoom {
					return false
				}
				s.Waiting = append(s.Waiting, job)
				return true
			}},
			{Name: "Run", Do: func(s *jobs, c *model.Choice) bool {
				w := &s.Workers[c.Int("worker", jobWorkers)]
				if w.Phase != jobIdle || len(s.Waiting) == 0 {
					return false
				}
				w.Phase, w.Job = jobRunning, s.Waiting[0]
				s.Waiting = slices.Delete(s.Waiting, 0, 1)
				return true
			}},
			{Name: "Finish", Do: func(s *jobs, c *model.Choice) bool {
				w := &s.Workers[c.Int("worker", jobWorkers)]
				if w.Phase != jobRunning {
					return false
				}
				s.Done.Add(w.Job)
				w.Phase, w.Job = jobIdle, ""
				return true
			}},
			{Name: "Fail", Do: func(s *jobs, c *model.Choice) bool {
				w := &s.Workers[c.Int("worker", jobWorkers)]
				if w.Phase != jobRunning {
					return false
				}
				w.Phase = jobFailed
				return true
			}},
			{Name: "Repair", Do: func(s *jobs, c *model.Choice) bool {
				w := &s.Workers[c.Int("worker", jobWorkers)]
				if w.Phase != jobFailed {
					return false
				}
				w.Phase, w.Job = jobIdle, ""
				return true
			}},
		},
		Properties: []model.Property[jobs]{
			model.Always("IdleHasNoJob", func(s *jobs) bool { return s.Workers[0].Phase != jobIdle || s.Workers[0].Job == "" }),
		},
	}
}

type flatJobWorker struct {
	Phase uint8 // 0 idle, 1 running, 2 failed
	Job   uint8 // counting from 1
}

type flatJobsState struct {
	Len     uint8
	Waiting [jobRoom]uint8
	Workers [jobWorkers]flatJobWorker
	Done    uint8
}

func flatJobs() *model.Model[flatJobsState] {
	return &model.Model[flatJobsState]{
		Name: "jobs", AllowDeadlock: true,
		Actions: []model.Action[flatJobsState]{
			{Name: "Submit", Do: func(s *flatJobsState, c *model.Choice) bool {
				job := c.Int("job", len(jobNames))
				if s.Len == jobRoom {
					return false
				}
				s.Waiting[s.Len] = uint8(job + 1)
				s.Len++
				return true
			}},
			{Name: "Run", Do: func(s *flatJobsState, c *model.Choice) bool {
				w := &s.Workers[c.Int("worker", jobWorkers)]
				if w.Phase != 0 || s.Len == 0 {
					return false
				}
				w.Phase, w.Job = 1, s.Waiting[0]
				copy(s.Waiting[:], s.Waiting[1:])
				s.Waiting[jobRoom-1] = 0
				s.Len--
				return true
			}},
			{Name: "Finish", Do: func(s *flatJobsState, c *model.Choice) bool {
				w := &s.Workers[c.Int("worker", jobWorkers)]
				if w.Phase != 1 {
					return false
				}
				s.Done |= 1 << w.Job
				*w = flatJobWorker{}
				return true
			}},
			{Name: "Fail", Do: func(s *flatJobsState, c *model.Choice) bool {
				w := &s.Workers[c.Int("worker", jobWorkers)]
				if w.Phase != 1 {
					return false
				}
				w.Phase = 2
				return true
			}},
			{Name: "Repair", Do: func(s *flatJobsState, c *model.Choice) bool {
				w := &s.Workers[c.Int("worker", jobWorkers)]
				if w.Phase != 2 {
					return false
				}
				*w = flatJobWorker{}
				return true
			}},
		},
		Properties: []model.Property[flatJobsState]{
			model.Always("IdleHasNoJob", func(s *flatJobsState) bool { return s.Workers[0].Phase != 0 || s.Workers[0].Job == 0 }),
		},
	}
}
