// Package scheduler models the queues of a scheduler: pods that can be tried, and pods for which
// there was no room. A pod that is tried is in neither queue, and is put back later, by another
// goroutine. When the cluster gets room, all pods without room are to be tried again.
package scheduler

import (
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/container"
	"github.com/muster-mc/muster/model"
)

// Config sizes the model and seeds bugs into it.
type Config struct {
	Pods int    `flag:"pods" default:"3" min:"1" max:"4" help:"pods to be scheduled"`
	Bug  string // "" or the name of a seeded bug
}

// Pod is one of them. Pods are interchangeable, although they wait in an order at first.
type Pod uint8

func (p Pod) String() string { return "pod" + string('1'+rune(p)) }

// Try is a pod for which no room was found, on its way back to the queues.
type Try struct {
	Pod   Pod
	Cycle uint8 // of the scheduler, when the pod was tried
}

// State is a global state.
type State struct {
	Active   container.Queue[Pod, [4]Pod] // to be tried
	InFlight model.Set[Try]
	NoRoom   container.Queue[Pod, [4]Pod] // to be tried after the next event
	Bound    uint8                        // pods that have a node
	Room     bool                         // in the cluster
	Cycle    uint8                        // pods that were tried
	Moved    uint8                        // the cycle at the last event
	Flag     bool                         // with the bug: an event came since a pod was tried last
}

// New returns the model.
func New(c Config) *model.Model[State] {
	c = catalog.Settle(c)
	asFlag := c.Bug == "event-as-flag"
	return &model.Model[State]{
		Name: "incident/scheduler",
		Init: func(s *State, _ *model.Choice) bool {
			for p := range Pod(c.Pods) {
				s.Active.Push(p)
			}
			return true
		},
		Actions: []model.Action[State]{
			{Name: "Try", Do: func(s *State, _ *model.Choice) bool {
				pod, ok := s.Active.Pop()
				switch {
				case !ok:
					return false
				case s.Room:
					s.Bound++
				default:
					s.InFlight.Add(Try{pod, s.Cycle + 1})
				}
				s.Cycle, s.Flag = s.Cycle+1, false
				return true
			}},
			{Name: "PutBack", Do: func(s *State, c *model.Choice) bool {
				try := s.InFlight.Take(c, "try")
				missed := try.Cycle <= s.Moved
				if asFlag {
					missed = s.Flag
				}
				if missed {
					s.Active.Push(try.Pod)
				} else {
					s.NoRoom.Push(try.Pod)
				}
				return true
			}},
			{Name: "RoomAppears", Do: func(s *State, _ *model.Choice) bool {
				if s.Room {
					return false
				}
				s.Room, s.Flag, s.Moved = true, asFlag, s.Cycle
				for pod, ok := s.NoRoom.Pop(); ok; pod, ok = s.NoRoom.Pop() {
					s.Active.Push(pod)
				}
				return true
			}},
		},
		Properties: []model.Property[State]{
			model.Implies("NoPodMissesTheRoom",
				func(s *State) bool { return s.Room },
				func(s *State) bool { return s.NoRoom.Len() == 0 }),
			model.Reachable("EachPodIsBound", func(s *State) bool { return int(s.Bound) == c.Pods }),
		},
		Symmetry: []model.Symmetry{model.Scalars[Pod](c.Pods)},
		Terminal: func(s *State) bool { return int(s.Bound) == c.Pods },
	}
}
