// Package httpapi models a server whose clients repeat requests that got no
// answer. A request may carry an idempotency token. The server keeps the answer
// to every token, so that a repeated request is answered and not executed
// again.
//
// Promised: a token's request is executed once, what was answered is stored,
// and a crash undoes neither. The protocol as published breaks the first: two
// requests with one token can both look for an answer before there is one.
// Config.Reserve corrects it.
package httpapi

import (
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

const (
	maxClients    = 3
	maxAgents     = 3
	maxTokens     = 3
	maxOperations = 8

	extraRequests = 5 // requests that are explored, beyond the executions
)

// Config sizes the model, corrects it, and seeds bugs into it.
type Config struct {
	Clients       int `flag:"clients" default:"2" min:"1" max:"3" help:"clients, each with one request at a time"`
	Agents        int `flag:"agents" default:"2" min:"1" max:"3" help:"agents that are created and deleted"`
	Tokens        int `flag:"tokens" default:"3" min:"1" max:"3" help:"idempotency tokens"`
	MaxOperations int `flag:"max-operations" default:"6" min:"1" max:"8" help:"executions that are explored"`

	Reserve     bool `flag:"reserve" help:"a request waits while another with its token is executed"`
	Fingerprint bool `flag:"fingerprint" help:"a token answers only the request that it first came with"`

	Bug string // "" or the name of a seeded bug
}

// State is a global state. Its zero value is the initial one.
type State struct {
	Clients [maxClients]Client `muster:"by=ClientID"`
	Crashed bool               // the server

	Exists [maxAgents]bool   `muster:"by=AgentID"` // the store, which survives crashes
	Cache  [maxTokens]Cached `muster:"by=Token"`

	History  [maxOperations + 1]Record
	Executed uint8 // how much of History there is
	Sent     uint8 // requests, without retries
}

func (s *State) history() []Record { return s.History[:s.Executed] }

func (s *State) cached(t Token) *Cached { return &s.Cache[t-1] }

type protocol struct {
	Config
	tokens []Token // with NoToken first
}

// New returns the model.
func New(c Config) *model.Model[State] {
	c = catalog.Settle(c)
	p := &protocol{c, tokensUpTo(c.Tokens)}
	return &model.Model[State]{
		Name: "httpapi",
		Actions: []model.Action[State]{
			{Name: "SendGetAgent", Do: p.sendGet},
			{Name: "SendCreateAgent", Do: p.send(CreateAgent)},
			{Name: "SendDeleteAgent", Do: p.send(DeleteAgent)},
			{Name: "SendMessage", Do: p.send(SendMessage)},
			{Name: "RetryCreateAgent", Do: p.retryCreate},
			{Name: "BeginExecution", Do: p.begin, Fair: p.beginFairness()},
			{Name: "CompleteCreateAgent", Do: p.complete(CreateAgent), Fair: model.WeakEach, FairBy: byClient},
			{Name: "CompleteGetAgent", Do: p.complete(GetAgent), Fair: model.WeakEach, FairBy: byClient},
			{Name: "CompleteDeleteAgent", Do: p.complete(DeleteAgent), Fair: model.WeakEach, FairBy: byClient},
			{Name: "CompleteSendMessage", Do: p.complete(SendMessage), Fair: model.WeakEach, FairBy: byClient},
			{Name: "ReceiveResponse", Do: p.receive, Fair: model.WeakEach},
			{Name: "ServerCrash", Do: p.crash, Fault: "crash"},
			{Name: "ServerRecover", Do: p.recover, Fair: p.recoverFairness()},
		},
		Properties: append(p.properties(), p.liveness()...),
		Constraint: p.inBounds,
		Symmetry: []model.Symmetry{
			model.Scalars[ClientID](p.Clients).From(1),
			model.Scalars[AgentID](p.Agents).From(1),
			model.Scalars[Token](p.Tokens).From(1),
		},
	}
}

func (p *protocol) inBounds(s *State) bool {
	return int(s.Executed) <= p.MaxOperations && int(s.Sent) <= p.MaxOperations+extraRequests
}

// free is a client that may send a request, nil if this one may not.
func (p *protocol) free(s *State, c *model.Choice) *Client {
	client := &s.Clients[c.Int("client", p.Clients)]
	if s.Crashed || client.Request.Kind != NoRequest {
		return nil
	}
	return client
}

// sendGet: reading needs no token.
func (p *protocol) sendGet(s *State, c *model.Choice) bool {
	client := p.free(s, c)
	if client == nil {
		return false
	}
	client.Request = Request{Kind: GetAgent, Agent: agentOf(c.Int("agent", p.Agents))}
	s.Sent++
	return true
}

// send: with a token or without. Nothing keeps a client from using a token
// again, for something else even.
func (p *protocol) send(kind Kind) func(*State, *model.Choice) bool {
	return func(s *State, c *model.Choice) bool {
		client := p.free(s, c)
		if client == nil {
			return false
		}
		agent := c.Int("agent", p.Agents)
		client.Request = Request{kind, agentOf(agent), model.Pick(c, "token", p.tokens)}
		s.Sent++
		return true
	}
}

// retryCreate: a request that got no answer, as far as the client knows.
func (p *protocol) retryCreate(s *State, c *model.Choice) bool {
	client := p.free(s, c)
	if client == nil {
		return false
	}
	agent := c.Int("agent", p.Agents)
	client.Request = Request{CreateAgent, agentOf(agent), model.Pick(c, "token", p.tokens[1:])}
	return true
}

// begin: a token that has an answer is answered with it, anything else is
// executed. Between this look at the cache and the answer that complete puts
// there, another request with the token may begin: that is the flaw.
func (p *protocol) begin(s *State, c *model.Choice) bool {
	i := c.Int("client", p.Clients)
	client := &s.Clients[i]
	if s.Crashed || client.Request.Kind == NoRequest || client.Phase != Waiting {
		return false
	}
	switch {
	case p.reserved(s, i):
		return false // tried again when the other one is done
	case !p.answered(s, client.Request):
		client.Phase = Executing
	case !p.fits(s, client.Request):
		client.Phase = Rejected
	case p.Bug == "resend-message" && client.Request.Kind == SendMessage:
		client.Phase = Executing
	default:
		client.Phase = Responded
	}
	return true
}

// reserved: another request with the same token is being executed.
func (p *protocol) reserved(s *State, client int) bool {
	token := s.Clients[client].Request.Token
	if !p.Reserve || token == NoToken || p.Bug == "reserve-per-connection" {
		return false
	}
	for i := range s.Clients[:p.Clients] {
		if other := &s.Clients[i]; i != client && other.Request.Token == token && other.Phase == Executing {
			return true
		}
	}
	return false
}

// answered: the cache has an answer to the request's token.
func (p *protocol) answered(s *State, r Request) bool {
	return r.Token != NoToken && s.cached(r.Token).Answer.Status != NoStatus
}

// fits: that answer is one to this very request.
func (p *protocol) fits(s *State, r Request) bool {
	to := s.cached(r.Token).To
	if p.Bug == "fingerprint-by-kind" {
		to.Agent = r.Agent
	}
	return !p.Fingerprint || to == r
}

// complete: one transaction stores what the request changes, and the answer to
// its token.
func (p *protocol) complete(kind Kind) func(*State, *model.Choice) bool {
	return func(s *State, c *model.Choice) bool {
		i := c.Int("client", p.Clients)
		client := &s.Clients[i]
		if s.Crashed || client.Phase != Executing || client.Request.Kind != kind {
			return false
		}
		answer := p.execute(s, client.Request, c)
		if client.Request.Token != NoToken && p.caches(answer) {
			p.cache(s, client.Request, answer)
		}
		s.History[s.Executed] = Record{clientOf(i), client.Request, answer}
		if p.Bug == "record-without-client" {
			s.History[s.Executed].Client = 0
		}
		s.Executed++
		client.Phase = Responded
		return true
	}
}

func (p *protocol) execute(s *State, r Request, c *model.Choice) Answer {
	exists := &s.Exists[r.Agent-1]
	switch {
	case r.Kind == CreateAgent && *exists:
		return Answer{Status: Conflict}
	case r.Kind == CreateAgent:
		*exists = true
		return Answer{Created, r.Agent}
	case !*exists:
		return Answer{Status: NotFound}
	case r.Kind == GetAgent && p.Bug == "get-from-replica" && c.Bool("stale"):
		return Answer{Status: NotFound}
	case r.Kind == DeleteAgent:
		*exists = false
	}
	return Answer{OK, r.Agent}
}

func (p *protocol) caches(a Answer) bool {
	return a.Status.success() || p.Bug != "failures-not-kept"
}

func (p *protocol) cache(s *State, r Request, a Answer) {
	kept := Cached{Answer: a}
	if p.Fingerprint {
		kept.To = r
	}
	if p.Bug == "fingerprint-of-answer" {
		kept.To.Kind = Kind(a.Status)
	}
	*s.cached(r.Token) = kept
}

// receive: the answer was on its way, so the server need not be up.
func (p *protocol) receive(s *State, c *model.Choice) bool {
	client := &s.Clients[c.Int("client", p.Clients)]
	if client.Phase != Responded && client.Phase != Rejected {
		return false
	}
	asked := client.Request
	*client = Client{}
	if p.Bug == "ask-again" {
		client.Request = asked
	}
	return true
}

// crash: the connections break, with whatever was under way on them.
func (p *protocol) crash(s *State, _ *model.Choice) bool {
	if s.Crashed {
		return false
	}
	s.Crashed = true
	for i := range s.Clients[:p.Clients] {
		s.Clients[i].Request = Request{}
		if p.Bug != "crash-keeps-phase" {
			s.Clients[i].Phase = Waiting
		}
	}
	switch p.Bug {
	case "store-in-memory":
		s.Exists = [maxAgents]bool{}
	case "cache-in-memory":
		s.Cache = [maxTokens]Cached{}
	}
	return true
}

func (p *protocol) recover(s *State, _ *model.Choice) bool {
	if !s.Crashed {
		return false
	}
	s.Crashed = false
	return true
}
