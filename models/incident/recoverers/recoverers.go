// Package recoverers models a queue of tasks with leases. Workers take tasks. A task whose lease
// has ended is put back by a recoverer, which lists such tasks and then puts back each of them by
// its id. Every server has a recoverer, so there are several.
package recoverers

import (
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/container"
	"github.com/muster-mc/muster/model"
)

// Config sizes the model and seeds bugs into it.
type Config struct {
	Attempts int    `flag:"attempts" default:"3" min:"1" max:"8" help:"attempts to run a task"`
	Bug      string // "" or the name of a seeded bug
}

// Task is the id of a task.
type Task uint8

func (t Task) String() string { return "T" + string('1'+rune(t)) }

// Recoverer is a recoverer: the place of its list. Recoverers are interchangeable. Tasks are not, since they
// wait in an order from the beginning.
type Recoverer uint8

// Found is a task that a recoverer has listed, and the attempt whose lease had ended.
type Found struct {
	Task    Task
	Attempt uint8
}

// Record is what the store has of a task, and who works on it.
type Record struct {
	Active  bool
	Ended   bool // the lease of the last attempt
	Attempt uint8
	Running model.Bits // attempts that are at work
}

// State is a global state.
type State struct {
	Pending container.Queue[Task, [2]Task]
	Tasks   [2]Record
	Lists   [2]container.Queue[Found, [2]Found] `muster:"by=Recoverer"`
}

// New returns the model.
func New(c Config) *model.Model[State] {
	c = catalog.Settle(c)
	record := func(s *State, choice *model.Choice) *Record {
		return &s.Tasks[model.Show(choice, Task(choice.Int("task", 2)))]
	}
	start := func(s *State, _ *model.Choice) bool {
		front, some := s.Pending.Front()
		if !some || int(s.Tasks[front].Attempt) == c.Attempts {
			return false
		}
		s.Pending.Pop()
		t := &s.Tasks[front]
		t.Active, t.Attempt = true, t.Attempt+1
		t.Running.Add(int(t.Attempt))
		return true
	}
	finish := func(s *State, choice *model.Choice) bool {
		t := record(s, choice)
		attempt := model.Member(choice, "attempt", t.Running)
		if t.Running.Remove(attempt); attempt == int(t.Attempt) {
			t.Active = false
		}
		return true
	}
	die := func(s *State, choice *model.Choice) bool {
		t := record(s, choice)
		if !t.Active || !t.Running.Remove(int(t.Attempt)) {
			return false
		}
		t.Ended = true
		return true
	}
	list := func(s *State, choice *model.Choice) bool {
		r := &s.Lists[choice.Int("recoverer", 2)]
		if r.Len() > 0 {
			return false
		}
		for id, t := range s.Tasks {
			if t.Active && t.Ended {
				r.Push(Found{Task(id), t.Attempt})
			}
		}
		return r.Len() > 0
	}
	putBack := func(s *State, choice *model.Choice) bool {
		found, some := s.Lists[choice.Int("recoverer", 2)].Pop()
		t := &s.Tasks[found.Task]
		if isSame := t.Attempt == found.Attempt && t.Ended; some && t.Active && (isSame || c.Bug == "put-back-by-id") {
			t.Active, t.Ended = false, false
			s.Pending.Push(found.Task)
		}
		return some
	}
	return &model.Model[State]{
		Name: "incident/recoverers", Symmetry: []model.Symmetry{model.Scalars[Recoverer](2)},
		Init: func(s *State, _ *model.Choice) bool {
			s.Pending.Push(0)
			s.Pending.Push(1)
			return true
		},
		Actions: []model.Action[State]{
			{Name: "Start", Do: start}, {Name: "Finish", Do: finish}, {Name: "Die", Do: die, Fault: "crash"},
			{Name: "List", Do: list}, {Name: "PutBack", Do: putBack},
		},
		Properties: []model.Property[State]{
			model.Always("OneWorker", func(s *State) bool { return s.Tasks[0].Running.Len() <= 1 && s.Tasks[1].Running.Len() <= 1 }),
			model.Reachable("BothFinish", func(s *State) bool { return s.Pending.Len() == 0 && !s.Tasks[0].Active && !s.Tasks[1].Active }),
			model.Reachable("SecondAttempt", func(s *State) bool { return s.Tasks[0].Running == model.BitsOf(2) }),
		},
		AllowDeadlock: true, // when no attempt is left
	}
}
