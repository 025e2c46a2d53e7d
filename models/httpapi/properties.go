package httpapi

import (
	"fmt"
	"slices"

	"github.com/muster-mc/muster/model"
)

// properties: AnswerFitsRequest holds with Fingerprint only.
func (p *protocol) properties() []model.Property[State] {
	list := []model.Property[State]{
		model.Always("TypeOK", p.typeOK),
		model.Always("IdempotencyGuarantee", p.idempotencyGuarantee).Explained(p.whatDiffers),
		model.Always("ExactlyOnceExecution", p.exactlyOnceExecution).Explained(p.whatDiffers),
		model.Always("ReadAfterWriteConsistency", p.readAfterWrite),
		model.Always("AtomicOperation", p.atomicOperation),
		model.Always("DurableOnSuccess", p.durableOnSuccess),
		model.Always("TokenExecutesOnce", p.tokenExecutesOnce),
		model.AlwaysStep("ExecutionIsRecorded", p.executionIsRecorded),
		model.AlwaysStep("AnsweredIsOver", p.answeredIsOver),
	}
	if p.Fingerprint {
		list = append(list, model.Always("AnswerFitsRequest", p.answerFitsRequest))
	}
	if p.Fingerprint && (p.Reserve || p.Clients == 1) {
		list = append(list, model.Always("OwnRequestFits", p.ownRequestFits))
	}
	list = append(list, model.Reachable("AgentIsCreated", p.agentIsCreated))
	for _, kind := range []Kind{GetAgent, DeleteAgent, SendMessage} {
		list = append(list, model.Reachable(kind.String()+"IsServed", served(kind)))
	}
	return list
}

// typeOK: everything is in range, a request is under way only on a connection
// that has one, and every answer is one to its request.
func (p *protocol) typeOK(s *State) bool {
	for _, c := range s.Clients[:p.Clients] {
		if c != (Client{}) && (s.Crashed || !p.requestOK(c.Request)) {
			return false
		}
	}
	for _, kept := range s.Cache[:p.Tokens] {
		if int(kept.Answer.Agent) > p.Agents {
			return false
		}
	}
	for _, r := range s.history() {
		if !p.requestOK(r.Request) || !answers(r) {
			return false
		}
	}
	return int(s.Executed) <= p.MaxOperations+1 && int(s.Sent) <= p.MaxOperations+extraRequests+1
}

func (p *protocol) requestOK(r Request) bool {
	known := NoRequest < r.Kind && r.Kind <= SendMessage && r.Agent != 0 && int(r.Agent) <= p.Agents
	return known && int(r.Token) <= p.Tokens && (r.Kind != GetAgent || r.Token == NoToken)
}

// answers: the record's answer is one that such a request can get.
func answers(r Record) bool {
	success, failure := OK, NotFound
	if r.Kind == CreateAgent {
		success, failure = Created, Conflict
	}
	return r.Answer == Answer{success, r.Agent} || r.Answer == Answer{Status: failure}
}

// idempotencyGuarantee: a token whose answer is kept has one answer only.
func (p *protocol) idempotencyGuarantee(s *State) bool {
	for _, token := range p.tokens[1:] {
		if s.cached(token).Answer.Status != NoStatus && differs(s.history(), token) >= 0 {
			return false
		}
	}
	return true
}

// exactlyOnceExecution: a token has one answer only, kept or not. It says
// nothing of how often the request was executed; see tokenExecutesOnce.
func (p *protocol) exactlyOnceExecution(s *State) bool {
	for _, token := range p.tokens[1:] {
		if differs(s.history(), token) >= 0 {
			return false
		}
	}
	return true
}

func (p *protocol) whatDiffers(s *State) string {
	for _, token := range p.tokens[1:] {
		if i := differs(s.history(), token); i >= 0 {
			return fmt.Sprintf("execution %d, with token %v, is answered %v, unlike the first", i, token, s.History[i].Answer.Status)
		}
	}
	return ""
}

// differs is the first record of a token whose answer is not that of the
// token's first record, -1 if there is none.
func differs(history []Record, token Token) int {
	first := -1
	for i, r := range history {
		switch {
		case r.Token != token:
		case first < 0:
			first = i
		case r.Answer != history[first].Answer:
			return i
		}
	}
	return -1
}

// tokenExecutesOnce: the request of a token is executed once at most, even if
// another execution were answered the same.
func (p *protocol) tokenExecutesOnce(s *State) bool {
	var seen [maxTokens + 1]bool
	for _, r := range s.history() {
		if r.Token != NoToken && seen[r.Token] {
			return false
		}
		seen[r.Token] = true
	}
	return true
}

// readAfterWrite: an agent that was created is found until it is deleted.
func (p *protocol) readAfterWrite(s *State) bool {
	for i, read := range s.history() {
		if read.Kind == GetAgent && !read.Answer.Status.success() && created(s.History[:i], read.Agent) {
			return false
		}
	}
	return true
}

// atomicOperation: an agent that was created is in the store until it is
// deleted.
func (p *protocol) atomicOperation(s *State) bool {
	for agent, exists := range s.Exists[:p.Agents] {
		if !exists && created(s.history(), agentOf(agent)) {
			return false
		}
	}
	return true
}

// created: the agent was created and has not been deleted since.
func created(history []Record, agent AgentID) bool {
	is := false
	for _, r := range history {
		is = (is || r.changed(CreateAgent, agent)) && !r.changed(DeleteAgent, agent)
	}
	return is
}

// durableOnSuccess: the answer to a token that succeeded is kept.
func (p *protocol) durableOnSuccess(s *State) bool {
	for _, r := range s.history() {
		if r.Token != NoToken && r.Answer.Status.success() && s.cached(r.Token).Answer != r.Answer {
			return false
		}
	}
	return true
}

// answerFitsRequest: a client with a token is answered what it asked, not what
// somebody else asked with the same token.
func (p *protocol) answerFitsRequest(s *State) bool {
	for _, c := range s.Clients[:p.Clients] {
		if c.Request.Token != NoToken && c.Phase == Responded && !executed(s.history(), c.Request) {
			return false
		}
	}
	return true
}

// executionIsRecorded: a step that executes a request leaves one record, of that
// request and its client, and nothing else does.
func (p *protocol) executionIsRecorded(before, after *State) bool {
	recorded := before.Executed
	for i, was := range before.Clients[:p.Clients] {
		if was.Phase != Executing || after.Clients[i].Phase != Responded {
			continue
		}
		if r := after.History[recorded]; r.Client != clientOf(i) || r.Request != was.Request {
			return false
		}
		recorded++
	}
	return recorded == after.Executed
}

// answeredIsOver: who has its answer asks no more.
func (p *protocol) answeredIsOver(before, after *State) bool {
	for i, was := range before.Clients[:p.Clients] {
		is := after.Clients[i]
		answered := was.Phase == Responded || was.Phase == Rejected
		if answered && is.Phase != was.Phase && is != (Client{}) {
			return false
		}
	}
	return true
}

// ownRequestFits: a request that was executed is not rejected when it comes again.
func (p *protocol) ownRequestFits(s *State) bool {
	for _, c := range s.Clients[:p.Clients] {
		if c.Phase == Rejected && executed(s.history(), c.Request) {
			return false
		}
	}
	return true
}

// served: some request of this kind is executed.
func served(kind Kind) func(*State) bool {
	return func(s *State) bool {
		return slices.ContainsFunc(s.history(), func(r Record) bool { return r.Kind == kind })
	}
}

func executed(history []Record, request Request) bool {
	for _, r := range history {
		if r.Request == request {
			return true
		}
	}
	return false
}

// agentIsCreated: some create succeeds.
func (p *protocol) agentIsCreated(s *State) bool {
	for _, r := range s.history() {
		if r.Answer.Status == Created {
			return true
		}
	}
	return false
}
