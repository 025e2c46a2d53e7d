package invocation

import (
	"fmt"
	"math/bits"
	"strconv"

	"github.com/muster-mc/muster/container"
)

const maxAgents = 4

// AgentID is an agent by number, from 1 on. Its zero value is no agent.
type AgentID uint8

func id(agent int) AgentID { return AgentID(agent + 1) }

func (id AgentID) index() int { return int(id) - 1 }

func (id AgentID) String() string {
	if id == 0 {
		return "none"
	}
	return strconv.Itoa(id.index())
}

// NodeID is a node: its bit in a set.
type NodeID uint8

// Phase is what an agent is doing.
type Phase uint8

const (
	Idle Phase = iota
	Processing
	WaitingForCall
)

func (p Phase) String() string {
	return [...]string{"Idle", "Processing", "WaitingForCall"}[p]
}

// Agent is one agent.
type Agent struct {
	Phase   Phase
	Nodes   NodeSet // where it is active
	Stack   Chain   // the callers for whom it works; empty for work of its own
	Serving Call    // with MatchReplies: the call that Stack came from
}

// NodeSet is a set of nodes, a bit each.
type NodeSet uint8

func (set NodeSet) with(node int) NodeSet { return set | 1<<node }

func (set NodeSet) count() int { return bits.OnesCount8(uint8(set)) }

func (set NodeSet) String() string {
	switch set.count() {
	case 0:
		return "nowhere"
	case 1:
		return fmt.Sprintf("node %d", bits.TrailingZeros8(uint8(set)))
	}
	return fmt.Sprintf("nodes %b", set)
}

// Chain is the agents that a call is made for: the first caller first, the
// direct caller last.
type Chain = container.Queue[AgentID, [maxAgents]AgentID]

// and is the chain with one more caller.
func and(ch Chain, agent int) Chain {
	ch.Push(id(agent))
	return ch
}

// Call is a call that was made, and neither answered nor given up. Its zero
// value is no call.
type Call struct {
	Caller, Target AgentID
	Chain          Chain // ends with the caller
	Start          uint8 // when it was made
}

func (c Call) String() string {
	if c == (Call{}) {
		return "none"
	}
	return fmt.Sprintf("%v calls %v, chain %v, time %d", c.Caller, c.Target, c.Chain, c.Start)
}
