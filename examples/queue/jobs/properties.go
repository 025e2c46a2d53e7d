package jobs

import "fmt"

// noneLost: a job that is done took effect, or is about to.
func (q *queue) noneLost(s *State) bool { return q.firstLost(s) < 0 }

func (q *queue) lost(s *State) string {
	return fmt.Sprintf("job %d is done, but never ran, and no consumer has it", q.firstLost(s))
}

func (q *queue) firstLost(s *State) int {
	for i, j := range s.Jobs[:q.Jobs] {
		if j.Phase == Done && j.Effects == 0 && !q.inHand(s, i) {
			return i
		}
	}
	return -1
}

// inHand: some consumer has the job.
func (q *queue) inHand(s *State, job int) bool {
	for _, who := range s.Consumers[:q.Consumers] {
		if who.Busy && int(who.Job) == job {
			return true
		}
	}
	return false
}

func (q *queue) noEffectTwice(s *State) bool {
	for _, j := range s.Jobs[:q.Jobs] {
		if j.Effects > 1 {
			return false
		}
	}
	return true
}

func (q *queue) withinCapacity(s *State) bool { return q.count(s, Queued) <= q.Capacity }

func (q *queue) allDone(s *State) bool { return q.count(s, Done) == q.Jobs }
