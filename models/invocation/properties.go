package invocation

import (
	"fmt"

	"github.com/muster-mc/muster/model"
)

// properties: the corrections add what holds only with them.
func (p *protocol) properties() []model.Property[State] {
	list := []model.Property[State]{
		model.Always("TypeOK", p.typeOK),
		model.Always("NoDeadlock", p.noRepeatOnStack).Explained(p.whoRepeats),
		model.Always("SingleActivationDuringCall", p.oneNodeEach).Explained(p.whoIsTwice),
		model.Always("DepthBounded", p.depthBounded),
		model.Always("BoundedPendingCalls", p.pendingBounded),
		model.Always("CycleDetectedEarly", p.noCallIntoOwnChain),
		model.Always("WaiterHasOneCall", p.waiterHasOneCall).Explained(p.whoWaitsInVain),
	}
	list = append(list, model.Always("IdleIsFree", p.idleIsFree))
	if p.RefuseWaitCycles {
		list = append(list, model.Always("NoWaitCycle", p.noWaitCycle).Explained(p.whoWaitsForItself))
	}
	if p.MatchReplies {
		list = append(list, model.AlwaysStep("NoStaleReply", p.noStaleReply),
			model.Always("ServingIsKnown", p.servingIsKnown),
			model.Always("CallerWaits", p.callerWaits))
	}
	list = append(list, model.Reachable("CallIsServed", p.callIsServed))
	if p.MaxDepth > 1 {
		list = append(list, model.Reachable("CallIsAnswered", p.callIsAnswered))
	}
	if p.MaxDepth > 1 && p.MaxTime >= p.Timeout {
		list = append(list, model.Reachable("CallTimesOut", p.callTimesOut))
	}
	return list
}

// typeOK: everything is in range, and nothing was sent in the future.
func (p *protocol) typeOK(s *State) bool {
	for i := range s.Agents[:p.Agents] {
		a := &s.Agents[i]
		if !p.chainOK(a.Stack) || a.Nodes >= 1<<p.Nodes {
			return false
		}
	}
	for _, call := range s.Calls.Items() {
		known := p.known(call.Caller) && p.known(call.Target)
		if !known || !p.chainOK(call.Chain) || call.Start > s.Time {
			return false
		}
	}
	return int(s.Time) <= p.MaxTime+1
}

func (p *protocol) known(id AgentID) bool { return id != 0 && int(id) <= p.Agents }

func (p *protocol) chainOK(ch Chain) bool {
	for a := range ch.All() {
		if !p.known(a) {
			return false
		}
	}
	return true
}

// noRepeatOnStack: nobody is among its own callers' callers.
func (p *protocol) noRepeatOnStack(s *State) bool {
	for i := range s.Agents[:p.Agents] {
		if repeats(s.Agents[i].Stack) {
			return false
		}
	}
	return true
}

func (p *protocol) whoRepeats(s *State) string {
	for i := range s.Agents[:p.Agents] {
		if stack := s.Agents[i].Stack; repeats(stack) {
			return fmt.Sprintf("agent %d works for the chain %v, in which an agent repeats", i, stack)
		}
	}
	return ""
}

func repeats(ch Chain) bool {
	for a, ok := ch.Pop(); ok; a, ok = ch.Pop() {
		if ch.Has(a) {
			return true
		}
	}
	return false
}

func (p *protocol) oneNodeEach(s *State) bool {
	for i := range s.Agents[:p.Agents] {
		if s.Agents[i].Nodes.count() > 1 {
			return false
		}
	}
	return true
}

func (p *protocol) whoIsTwice(s *State) string {
	for i := range s.Agents[:p.Agents] {
		if s.Agents[i].Nodes.count() > 1 {
			return fmt.Sprintf("agent %d is active on two nodes", i)
		}
	}
	return ""
}

func (p *protocol) depthBounded(s *State) bool {
	for i := range s.Agents[:p.Agents] {
		if s.Agents[i].Stack.Len() > p.MaxDepth {
			return false
		}
	}
	return true
}

func (p *protocol) pendingBounded(s *State) bool {
	return s.Calls.Len() <= p.Agents*p.MaxDepth
}

func (p *protocol) noCallIntoOwnChain(s *State) bool {
	for _, call := range s.Calls.Items() {
		if call.Chain.Has(call.Target) {
			return false
		}
	}
	return true
}

// waiterHasOneCall: whoever waits will be woken, by an answer or by a timeout.
func (p *protocol) waiterHasOneCall(s *State) bool { return p.waitsInVain(s) < 0 }

func (p *protocol) whoWaitsInVain(s *State) string {
	agent := p.waitsInVain(s)
	return fmt.Sprintf("agent %d waits, and has %d calls pending", agent, pending(s, agent))
}

// waitsInVain is an agent that waits without exactly one call, -1 if none does.
func (p *protocol) waitsInVain(s *State) int {
	for i := range s.Agents[:p.Agents] {
		if s.Agents[i].Phase == WaitingForCall && pending(s, i) != 1 {
			return i
		}
	}
	return -1
}

// noWaitCycle: nobody waits, through others, for itself. Unlike NoDeadlock it
// looks at who waits for whom, not at one chain at a time.
func (p *protocol) noWaitCycle(s *State) bool { return p.waitsForItself(s) < 0 }

func (p *protocol) whoWaitsForItself(s *State) string {
	return fmt.Sprintf("agent %d waits for itself, through those it waits for", p.waitsForItself(s))
}

// waitsForItself is an agent on a cycle of waiting agents, -1 if there is none.
func (p *protocol) waitsForItself(s *State) int {
	for start := range p.Agents {
		agent, waits := awaited(s, start)
		for hops := 1; waits && agent != start && hops < p.Agents; hops++ {
			agent, waits = awaited(s, agent)
		}
		if waits && agent == start {
			return start
		}
	}
	return -1
}

// noStaleReply: a call is answered by the work that it caused. An answer, as
// opposed to a timeout, makes the target idle.
func (p *protocol) noStaleReply(before, after *State) bool {
	for _, call := range before.Calls.Items() {
		was, is := &before.Agents[call.Target.index()], &after.Agents[call.Target.index()]
		answered := !after.Calls.Has(call) && was.Phase == Processing && is.Phase == Idle
		if answered && was.Serving != call {
			return false
		}
	}
	return true
}

// callIsServed: an agent works for another. With a MaxDepth of 1 this is never
// reached, since every call is refused.
func (p *protocol) callIsServed(s *State) bool {
	for i := range s.Agents[:p.Agents] {
		if s.Agents[i].Phase == Processing && s.Agents[i].Stack.Len() > 0 {
			return true
		}
	}
	return false
}

// idleIsFree: an agent that is active nowhere is idle, and one that is idle works
// for nobody.
func (p *protocol) idleIsFree(s *State) bool {
	for _, a := range s.Agents[:p.Agents] {
		if a.Nodes == 0 && a.Phase != Idle || a.Phase == Idle && a.Stack.Len() > 0 {
			return false
		}
	}
	return true
}

// servingIsKnown: an agent that works for others knows for which call.
func (p *protocol) servingIsKnown(s *State) bool {
	for i, a := range s.Agents[:p.Agents] {
		if a.Stack.Len() == 0 {
			if a.Serving != (Call{}) {
				return false
			}
			continue
		}
		caller := a.Stack.At(a.Stack.Len() - 1)
		if a.Serving.Target != id(i) || a.Serving.Caller != caller || a.Serving.Chain != a.Stack {
			return false
		}
	}
	return true
}

// callerWaits: whoever has a call pending waits for its answer.
func (p *protocol) callerWaits(s *State) bool {
	for _, call := range s.Calls.Items() {
		if s.Agents[call.Caller.index()].Phase != WaitingForCall {
			return false
		}
	}
	return true
}

// callIsAnswered: an agent that is active has nothing to do, which it comes to by
// an answer only.
func (p *protocol) callIsAnswered(s *State) bool {
	for _, a := range s.Agents[:p.Agents] {
		if a.Phase == Idle && a.Nodes != 0 {
			return true
		}
	}
	return false
}

// callTimesOut: an agent works for a caller that has given up.
func (p *protocol) callTimesOut(s *State) bool {
	for i, a := range s.Agents[:p.Agents] {
		if a.Stack.Len() > 0 && !p.isCalled(s, i) {
			return true
		}
	}
	return false
}

func (p *protocol) isCalled(s *State, agent int) bool {
	for _, call := range s.Calls.Items() {
		if call.Target == id(agent) {
			return true
		}
	}
	return false
}
