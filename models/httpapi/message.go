package httpapi

import "fmt"

// Kind is what a request asks for.
type Kind uint8

const (
	NoRequest Kind = iota
	CreateAgent
	GetAgent
	DeleteAgent
	SendMessage
)

func (k Kind) String() string {
	return [...]string{"NoRequest", "CreateAgent", "GetAgent", "DeleteAgent", "SendMessage"}[k]
}

// Token is an idempotency token, or none.
type Token uint8

// NoToken is the token of a request that is executed however often it comes.
const NoToken Token = 0

func (t Token) String() string {
	if t == NoToken {
		return "none"
	}
	return fmt.Sprintf("t%d", t-1)
}

// tokensUpTo is NoToken and n tokens.
func tokensUpTo(n int) []Token {
	all := make([]Token, n+1)
	for i := range all {
		all[i] = Token(i)
	}
	return all
}

// ClientID refers to a client from a record. Its zero value is no client.
type ClientID uint8

func clientOf(n int) ClientID { return ClientID(n + 1) }

func (id ClientID) String() string {
	if id == 0 {
		return "no client"
	}
	return fmt.Sprintf("client %d", id-1)
}

// AgentID refers to an agent. Its zero value is none.
type AgentID uint8

func agentOf(n int) AgentID { return AgentID(n + 1) }

func (id AgentID) String() string {
	if id == 0 {
		return "none"
	}
	return fmt.Sprint(id - 1)
}

// Request is what a client sent.
type Request struct {
	Kind  Kind
	Agent AgentID
	Token Token
}

func (r Request) String() string {
	switch {
	case r.Kind == NoRequest:
		return "none"
	case r.Token == NoToken:
		return fmt.Sprintf("%v(%v)", r.Kind, r.Agent)
	}
	return fmt.Sprintf("%v(%v) with %v", r.Kind, r.Agent, r.Token)
}

// Phase is how far the server is with a request.
type Phase uint8

const (
	Waiting   Phase = iota // not looked at; also of a client without a request
	Executing              // begun, nothing stored yet
	Responded              // the answer is on its way
	Rejected               // with Fingerprint: the token belongs to another request
)

func (p Phase) String() string {
	return [...]string{"Waiting", "Executing", "Responded", "Rejected"}[p]
}

// Status is the HTTP status of an answer.
type Status uint8

const (
	NoStatus Status = iota
	OK
	Created
	NotFound
	Conflict
)

func (s Status) String() string {
	return [...]string{"none", "200 OK", "201 Created", "404 Not Found", "409 Conflict"}[s]
}

// success: the request got what it asked for.
func (s Status) success() bool { return s == OK || s == Created }

// Answer is what a client is told.
type Answer struct {
	Status Status
	Agent  AgentID // of a success; zero otherwise
}

func (a Answer) String() string {
	if a.Status.success() {
		return fmt.Sprintf("%v, agent %v", a.Status, a.Agent)
	}
	return a.Status.String()
}

// Record is a request that was executed, and the answer.
type Record struct {
	Client ClientID
	Request
	Answer Answer
}

func (r Record) String() string {
	if r.Kind == NoRequest {
		return "none"
	}
	return fmt.Sprintf("%v by %v: %v", r.Request, r.Client, r.Answer)
}

// changed: the record is the creation (with Created) or the deletion (with OK)
// of an agent.
func (r Record) changed(kind Kind, agent AgentID) bool {
	return r.Kind == kind && r.Agent == agent && r.Answer.Status.success()
}

// Client is a client's connection: its request, and how far that is.
type Client struct {
	Request Request
	Phase   Phase
}

// Cached is the answer that is kept for a token.
type Cached struct {
	Answer Answer
	To     Request // with Fingerprint: what it is the answer to
}
