package agent

import (
	"fmt"
	"slices"

	"github.com/muster-mc/muster/model"
)

// properties: PauseIsKept holds with KeepPause only.
func (p *protocol) properties() []model.Property[State] {
	list := []model.Property[State]{
		model.Always("TypeOK", p.typeOK),
		model.Always("SingleActivation", p.singleActivation).Explained(p.howManyClaim),
		model.Always("CheckpointIntegrity", p.checkpointIntegrity),
		model.Always("MessageProcessingOrder", p.messageProcessingOrder),
		model.Always("StateConsistency", p.stateConsistency),
		model.Always("PausedConsistency", p.pausedConsistency),
		model.Always("CheckpointIsCurrent", p.checkpointIsCurrent).Explained(p.whatIsLost),
		model.Always("NoRepeatedWork", p.noRepeatedWork).Explained(p.howOften),
	}
	if p.KeepPause {
		list = append(list, model.Always("PauseIsKept", p.pauseIsKept))
	}
	return append(list,
		model.Reachable("WorkIsDone", p.workIsDone),
		model.Reachable("AgentPauses", p.somebodyIs(Paused)),
		model.Reachable("AgentStops", p.somebodyIs(Stopped)))
}

// typeOK: the counters keep to their limits, and a crashed node has nothing.
func (p *protocol) typeOK(s *State) bool {
	for i := range s.Nodes[:p.Nodes] {
		if n := &s.Nodes[i]; int(n.Iteration) > p.MaxIterations || n.Crashed && n.Phase != Inactive {
			return false
		}
	}
	return int(s.Iterations) <= p.MaxIterations && int(s.Queued) <= p.MaxMessages
}

func (p *protocol) singleActivation(s *State) bool { return p.claims(s) <= 1 }

func (p *protocol) howManyClaim(s *State) string {
	return fmt.Sprintf("%d nodes have the agent", p.claims(s))
}

// checkpointIntegrity: once something was done, there is a checkpoint. It need
// not be a recent one; see checkpointIsCurrent.
func (p *protocol) checkpointIntegrity(s *State) bool {
	return s.Iterations == 0 || s.Checkpoint.Iteration > 0
}

// checkpointIsCurrent: the checkpoint has everything that was done.
func (p *protocol) checkpointIsCurrent(s *State) bool {
	return s.Checkpoint.Iteration == s.Iterations
}

func (p *protocol) whatIsLost(s *State) string {
	return fmt.Sprintf("%d iterations were made, and the checkpoint has %d", s.Iterations, s.Checkpoint.Iteration)
}

// messageProcessingOrder: nobody is past the end of the queue.
func (p *protocol) messageProcessingOrder(s *State) bool {
	for i := range s.Nodes[:p.Nodes] {
		if s.Nodes[i].Message > s.Queued {
			return false
		}
	}
	return true
}

// stateConsistency: a node that runs the agent is at most one step behind the
// checkpoint.
func (p *protocol) stateConsistency(s *State) bool {
	for i := range s.Nodes[:p.Nodes] {
		n := &s.Nodes[i]
		behind := n.Iteration+1 < s.Checkpoint.Iteration || n.Message+1 < s.Checkpoint.Message
		if n.Phase == Running && behind {
			return false
		}
	}
	return true
}

// pausedConsistency: whoever takes over from a paused node can know that.
func (p *protocol) pausedConsistency(s *State) bool {
	for i := range s.Nodes[:p.Nodes] {
		if s.Nodes[i].Phase == Paused && !s.Checkpoint.Paused {
			return false
		}
	}
	return true
}

// pauseIsKept: an agent that was paused does not run before it is resumed.
func (p *protocol) pauseIsKept(s *State) bool {
	for i := range s.Nodes[:p.Nodes] {
		if s.Nodes[i].Phase == Running && s.Checkpoint.Paused {
			return false
		}
	}
	return true
}

// noRepeatedWork: no message costs two iterations.
func (p *protocol) noRepeatedWork(s *State) bool { return s.Iterations <= s.Queued }

func (p *protocol) howOften(s *State) string {
	return fmt.Sprintf("%d iterations were made for %d messages", s.Iterations, s.Queued)
}

// workIsDone: some node has worked on a message.
func (p *protocol) workIsDone(s *State) bool {
	for i := range s.Nodes[:p.Nodes] {
		if s.Nodes[i].Message > 0 {
			return true
		}
	}
	return false
}

// somebodyIs: some node has come to this phase.
func (p *protocol) somebodyIs(phase Phase) func(*State) bool {
	return func(s *State) bool {
		return slices.ContainsFunc(s.Nodes[:p.Nodes], func(n Node) bool { return n.Phase == phase })
	}
}
