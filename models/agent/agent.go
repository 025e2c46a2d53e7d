// Package agent models an agent that works through a queue of messages and
// writes a checkpoint with every message, so that another node can carry on
// after a crash. The agent can be stopped, and paused and resumed.
//
// Promised: one node at a time runs the agent, every message is worked on once
// at most, and what was done is never ahead of the checkpoint.
package agent

import (
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

const maxNodes = 4

// Config sizes the model, corrects it, and seeds bugs into it.
type Config struct {
	Nodes         int `flag:"nodes" default:"2" min:"1" max:"4" help:"nodes that can run the agent"`
	MaxIterations int `flag:"max-iterations" default:"5" min:"1" max:"250" help:"iterations of the agent's loop"`
	MaxMessages   int `flag:"max-messages" default:"3" min:"1" max:"250" help:"messages that are queued"`

	KeepPause bool `flag:"keep-pause" help:"an agent that was paused starts paused"`

	Bug string // "" or the name of a seeded bug
}

// Phase is how far a node is in running the agent.
type Phase uint8

const (
	Inactive Phase = iota
	Starting
	Running
	Paused
	Stopping
	Stopped
)

func (p Phase) String() string {
	return [...]string{"Inactive", "Starting", "Running", "Paused", "Stopping", "Stopped"}[p]
}

// NodeID is a node: its place in the state. Nodes are interchangeable.
type NodeID uint8

// Node is one node, and what it believes of the agent's progress.
type Node struct {
	Phase     Phase
	Crashed   bool
	Iteration uint8
	Message   uint8 // messages worked on
}

// claims: the node has the agent.
func (n *Node) claims() bool {
	return n.Phase != Inactive && n.Phase != Stopped
}

// Checkpoint is what the store keeps of the agent.
type Checkpoint struct {
	Iteration uint8
	Message   uint8
	Paused    bool
}

// State is a global state. Its zero value is the initial one.
type State struct {
	Nodes      [maxNodes]Node `muster:"by=NodeID"`
	Checkpoint Checkpoint
	Queued     uint8 // messages that ever came; they are worked on in order
	Iterations uint8 // of the agent's loop, on whatever node
}

type protocol struct {
	Config
}

// New returns the model.
func New(c Config) *model.Model[State] {
	p := &protocol{catalog.Settle(c)}
	return &model.Model[State]{
		Name: "agent",
		Actions: []model.Action[State]{
			{Name: "EnqueueMessage", Do: p.enqueue},
			{Name: "StartAgent", Do: p.start},
			{Name: "CompleteStartup", Do: p.completeStartup, Fair: model.WeakEach},
			{Name: "ExecuteIteration", Do: p.execute, Fair: p.fairness("lazy-loop")},
			{Name: "StopAgent", Do: p.stop},
			{Name: "CompleteStop", Do: p.completeStop, Fair: model.WeakEach},
			{Name: "NodeCrash", Do: p.crash, Fault: "crash"},
			{Name: "NodeRecover", Do: p.recover, Fair: p.fairness("never-back")},
			{Name: "PauseAgent", Do: p.pause},
			{Name: "ResumeAgent", Do: p.resume, Fair: model.WeakEach},
		},
		Properties: append(p.properties(), p.liveness()...),
		Constraint: p.inBounds,
		Terminal:   p.stopped,
		Symmetry:   []model.Symmetry{model.Scalars[NodeID](p.Nodes)},
	}
}

// inBounds: the actions themselves keep to the limits, but for some bugs.
func (p *protocol) inBounds(s *State) bool {
	return int(s.Iterations) <= p.MaxIterations && int(s.Queued) <= p.MaxMessages
}

// stopped: a node that has stopped the agent does not start it again. Only a
// crash makes it forget that.
func (p *protocol) stopped(s *State) bool {
	for i := range s.Nodes[:p.Nodes] {
		if s.Nodes[i].Phase != Stopped {
			return false
		}
	}
	return true
}

func (p *protocol) enqueue(s *State, c *model.Choice) bool {
	if !c.Reason("there may be more messages", int(s.Queued) != p.MaxMessages) {
		return false
	}
	s.Queued++
	return true
}

// start: a node takes the agent when no node has it, and reads the checkpoint.
func (p *protocol) start(s *State, c *model.Choice) bool {
	n := &s.Nodes[c.Int("node", p.Nodes)]
	if !c.Reason("the node has not crashed", !n.Crashed) || !c.Reason("the agent is inactive on the node", n.Phase == Inactive) ||
		!c.Reason("no node has the agent", !p.claimed(s) || p.Bug == "start-unclaimed") {
		return false
	}
	n.Phase = Starting
	if p.Bug == "start-afresh" {
		return true
	}
	n.Message = s.Checkpoint.Message
	if p.Bug != "load-message-only" {
		n.Iteration = s.Checkpoint.Iteration
	}
	return true
}

// claimed: this is a perfect oracle, where a real node asks a directory.
func (p *protocol) claimed(s *State) bool { return p.claims(s) > 0 }

func (p *protocol) claims(s *State) int {
	n := 0
	for i := range s.Nodes[:p.Nodes] {
		if s.Nodes[i].claims() {
			n++
		}
	}
	return n
}

// completeStartup: without KeepPause the agent runs even if it was paused when
// its node crashed or stopped it.
func (p *protocol) completeStartup(s *State, c *model.Choice) bool {
	n := &s.Nodes[c.Int("node", p.Nodes)]
	if !c.Reason("the agent is starting", n.Phase == Starting) {
		return false
	}
	n.Phase = Running
	if p.KeepPause && s.Checkpoint.Paused && p.Bug != "forget-pause" {
		n.Phase = Paused
	}
	return true
}

// execute: the next message, and a checkpoint in the same transaction.
func (p *protocol) execute(s *State, c *model.Choice) bool {
	n := &s.Nodes[c.Int("node", p.Nodes)]
	if !c.Reason("the agent is running", n.Phase == Running) || !c.Reason("there is work left", p.workLeft(s, n)) {
		return false
	}
	s.Iterations++
	n.Iteration = s.Iterations
	n.Message++
	if p.checkpoints(n) {
		s.Checkpoint = Checkpoint{Iteration: n.Iteration, Message: n.Message}
	}
	return true
}

func (p *protocol) workLeft(s *State, n *Node) bool {
	message := n.Message < s.Queued || p.Bug == "work-ahead"
	limit := int(s.Iterations) < p.MaxIterations || p.Bug == "no-iteration-limit"
	return message && limit
}

// checkpoints: always, but for some bugs.
func (p *protocol) checkpoints(n *Node) bool {
	switch p.Bug {
	case "skip-checkpoint":
		return false
	case "checkpoint-every-other":
		return n.Iteration%2 == 1
	}
	return true
}

func (p *protocol) stop(s *State, c *model.Choice) bool {
	n := &s.Nodes[c.Int("node", p.Nodes)]
	if !c.Reason("the agent is running or paused", n.Phase == Running || n.Phase == Paused) {
		return false
	}
	n.Phase = Stopping
	return true
}

func (p *protocol) completeStop(s *State, c *model.Choice) bool {
	n := &s.Nodes[c.Int("node", p.Nodes)]
	if !c.Reason("the agent is stopping", n.Phase == Stopping) {
		return false
	}
	n.Phase = Stopped
	return true
}

// crash: the node forgets everything, that it stopped the agent included.
func (p *protocol) crash(s *State, c *model.Choice) bool {
	n := &s.Nodes[c.Int("node", p.Nodes)]
	if !c.Reason("the agent is active on the node", n.Phase != Inactive) {
		return false
	}
	*n = Node{Crashed: true}
	return true
}

func (p *protocol) recover(s *State, c *model.Choice) bool {
	n := &s.Nodes[c.Int("node", p.Nodes)]
	if !c.Reason("the node has crashed", n.Crashed) {
		return false
	}
	n.Crashed = false
	return true
}

// pause: the checkpoint says so too, for whoever runs the agent next.
func (p *protocol) pause(s *State, c *model.Choice) bool {
	n := &s.Nodes[c.Int("node", p.Nodes)]
	if !c.Reason("the agent is running", n.Phase == Running) {
		return false
	}
	n.Phase = Paused
	if p.Bug != "pause-in-memory" {
		s.Checkpoint.Paused = true
	}
	return true
}

func (p *protocol) resume(s *State, c *model.Choice) bool {
	n := &s.Nodes[c.Int("node", p.Nodes)]
	if !c.Reason("the agent is paused", n.Phase == Paused) {
		return false
	}
	n.Phase = Running
	s.Checkpoint.Paused = false
	return true
}
