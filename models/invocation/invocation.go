// Package invocation models agents that call one another and wait for the
// answers. Every call carries the chain of callers it was made for. A target
// that is on that chain already is refused, because it could never answer, and
// so is a call whose chain gets too long. A caller whose answer does not come
// within the timeout goes on without it.
//
// Promised: no chain closes into a cycle, chains stay short, the number of
// pending calls is bounded, and an agent is active on one node at most.
package invocation

import (
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

const maxCalls = 10 // pending at the same time; more are not explored

// Config sizes the model, corrects it, and seeds bugs into it.
type Config struct {
	Agents   int `flag:"agents" default:"2" min:"1" max:"4" help:"agents that call one another"`
	Nodes    int `flag:"nodes" default:"1" min:"1" max:"7" help:"nodes an agent can be active on"`
	MaxDepth int `flag:"max-depth" default:"2" min:"1" max:"4" help:"a call is refused when its chain would be this long"`
	Timeout  int `flag:"timeout" default:"5" min:"1" max:"120" help:"ticks until a caller stops waiting"`
	MaxTime  int `flag:"max-time" default:"100" min:"1" max:"120" help:"ticks that are explored"`

	RefuseWaitCycles bool `flag:"refuse-wait-cycles" help:"also refuse to call an agent that is waiting for the caller"`
	MatchReplies     bool `flag:"match-replies" help:"an agent answers only the call that it is serving"`

	Bug string // "" or the name of a seeded bug
}

// State is a global state.
type State struct {
	Agents [maxAgents]Agent `muster:"by=AgentID"`
	Calls  model.Set[Call]  // the network: a call stays until it is answered or given up
	Time   uint8
}

type protocol struct {
	Config
}

// New returns the model.
func New(c Config) *model.Model[State] {
	p := &protocol{catalog.Settle(c)}
	return &model.Model[State]{
		Name: "invocation",
		Actions: []model.Action[State]{
			{Name: "InitiateCall", Do: p.initiateCall},
			{Name: "RejectCycle", Do: p.rejectCycle},
			{Name: "RejectDepth", Do: p.rejectDepth},
			{Name: "ProcessCall", Do: p.processCall},
			{Name: "CompleteCall", Do: p.completeCall},
			{Name: "TimeoutCall", Do: p.timeoutCall},
			{Name: "Activate", Do: p.activate},
			{Name: "Deactivate", Do: p.deactivate},
			{Name: "AdvanceTime", Do: p.advanceTime},
		},
		Properties: append(p.properties(), p.liveness()...),
		Progress:   true,
		Constraint: p.inBounds,
		Symmetry:   p.symmetry(),
	}
}

// symmetry: agents and nodes are interchangeable. A bug lets an agent wait for two answers,
// and then it is the first call in the network that says whom the agent waits for.
func (p *protocol) symmetry() []model.Symmetry {
	agents := p.Agents
	if p.Bug == "interrupt" && p.RefuseWaitCycles {
		agents = 1
	}
	return []model.Symmetry{
		model.Scalars[AgentID](agents).From(1),
		model.Scalars[NodeID](p.Nodes).Bits(NodeSet(0)),
	}
}

func (p *protocol) inBounds(s *State) bool {
	return int(s.Time) <= p.MaxTime && s.Calls.Len() <= maxCalls
}

// running: active somewhere, and free to make a call.
func (p *protocol) running(a *Agent) bool { return a.Phase == Processing && a.Nodes != 0 }

// initiateCall: the caller waits from here on, until somebody wakes it.
func (p *protocol) initiateCall(s *State, c *model.Choice) bool {
	caller := c.Int("caller", p.Agents)
	from := &s.Agents[caller]
	if !p.running(from) || p.tooLong(from.Stack) {
		return false
	}
	target := c.Int("target", p.Agents)
	if caller == target || p.closesCycle(s, caller, target) {
		return false
	}
	call := Call{id(caller), id(target), and(from.Stack, caller), s.Time}
	if p.Bug == "deadline-for-start" {
		call.Start += uint8(p.Timeout)
	}
	s.Calls.Add(call)
	if p.Bug != "no-wait" {
		from.Phase = WaitingForCall
	}
	return true
}

func (p *protocol) tooLong(stack Chain) bool {
	return stack.Len()+1 >= p.MaxDepth && p.Bug != "skip-depth-check"
}

// closesCycle: the target already waits for the caller. The caller's stack
// shows those that wait for the work at hand, but not those that wait for the
// caller on account of other calls: that takes RefuseWaitCycles.
func (p *protocol) closesCycle(s *State, caller, target int) bool {
	if s.Agents[caller].Stack.Has(id(target)) && p.Bug != "skip-cycle-check" {
		return true
	}
	return p.RefuseWaitCycles && p.waitsFor(s, target, caller)
}

// waitsFor: one agent waits for another, directly or through others.
func (p *protocol) waitsFor(s *State, agent, other int) bool {
	for range p.Agents {
		next, waits := awaited(s, agent)
		if !waits || next == other {
			return waits
		}
		if p.Bug == "direct-waits-only" {
			return false
		}
		agent = next
	}
	return false
}

// awaited is the agent from which a waiting agent expects an answer.
func awaited(s *State, agent int) (target int, waits bool) {
	if s.Agents[agent].Phase != WaitingForCall {
		return 0, false
	}
	for _, call := range s.Calls.Items() {
		if call.Caller == id(agent) {
			return call.Target.index(), true
		}
	}
	return 0, false
}

// rejectCycle: the caller is told at once, and nothing changes.
func (p *protocol) rejectCycle(s *State, c *model.Choice) bool {
	caller := c.Int("caller", p.Agents)
	if !p.running(&s.Agents[caller]) {
		return false
	}
	target := c.Int("target", p.Agents)
	return caller != target && p.closesCycle(s, caller, target)
}

// rejectDepth never happens: initiateCall is stricter by one, so that no stack
// gets as long as this asks for.
func (p *protocol) rejectDepth(s *State, c *model.Choice) bool {
	caller := c.Int("caller", p.Agents)
	if s.Agents[caller].Stack.Len() < p.MaxDepth || !p.running(&s.Agents[caller]) {
		return false
	}
	return c.Int("target", p.Agents) != caller
}

// processCall: the target takes a call up, whatever else it was working on. The
// call stays pending, so it may be delivered again.
func (p *protocol) processCall(s *State, c *model.Choice) bool {
	call := model.Pick(c, "call", s.Calls.Items())
	target := &s.Agents[call.Target.index()]
	if target.Phase == WaitingForCall && p.Bug != "interrupt" || target.Nodes == 0 {
		return false
	}
	target.Phase, target.Stack = Processing, call.Chain
	if p.MatchReplies && p.Bug != "forget-serving" {
		target.Serving = call
	}
	return true
}

// completeCall: the target answers. Without MatchReplies any agent that is
// working on something answers any call it was sent.
func (p *protocol) completeCall(s *State, c *model.Choice) bool {
	call := model.Pick(c, "call", s.Calls.Items())
	target := &s.Agents[call.Target.index()]
	if target.Phase != Processing || !p.answers(target, call) {
		return false
	}
	s.Calls.Remove(call)
	s.Agents[call.Caller.index()].Phase = Processing
	target.Phase, target.Stack, target.Serving = Idle, Chain{}, Call{}
	return true
}

// answers: what the target has worked out is the answer to this call.
func (p *protocol) answers(target *Agent, call Call) bool {
	switch {
	case !p.MatchReplies:
		return true
	case p.Bug == "match-by-chain":
		return target.Stack == call.Chain
	}
	return target.Serving == call
}

// timeoutCall: the caller goes on; the target is not told.
func (p *protocol) timeoutCall(s *State, c *model.Choice) bool {
	call := model.Pick(c, "call", s.Calls.Items())
	if int(s.Time) < int(call.Start)+p.Timeout {
		return false
	}
	s.Calls.Remove(call)
	caller := &s.Agents[call.Caller.index()]
	switch p.Bug {
	case "lost-wakeup":
		return true
	case "resume-on-sent-chain":
		caller.Stack = call.Chain
	}
	caller.Phase = Processing
	return true
}

// activate: an agent that is active nowhere starts on a node, with work of its
// own.
func (p *protocol) activate(s *State, c *model.Choice) bool {
	agent := c.Int("agent", p.Agents)
	a := &s.Agents[agent]
	if a.Phase != Idle || a.Nodes != 0 && p.Bug != "stale-directory" {
		return false
	}
	a.Nodes = a.Nodes.with(c.Int("node", p.Nodes))
	a.Phase = Processing
	return true
}

// deactivate: only when nobody waits for the agent's work and it waits for
// nobody. An agent that is inactive may be told again.
func (p *protocol) deactivate(s *State, c *model.Choice) bool {
	agent := c.Int("agent", p.Agents)
	a := &s.Agents[agent]
	if a.Phase == WaitingForCall || a.Stack.Len() > 0 || pending(s, agent) > 0 {
		return false
	}
	a.Nodes = 0
	if p.Bug != "half-deactivate" {
		a.Phase = Idle
	}
	return true
}

// pending counts the calls that an agent has made.
func pending(s *State, caller int) int {
	n := 0
	for _, call := range s.Calls.Items() {
		if call.Caller == id(caller) {
			n++
		}
	}
	return n
}

// advanceTime: a tick past the last one is made, and cut off by the bounds.
func (p *protocol) advanceTime(s *State, _ *model.Choice) bool {
	s.Time++
	return true
}
