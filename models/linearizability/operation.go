package linearizability

import "fmt"

// Kind is what an operation does.
type Kind uint8

const (
	NoOperation Kind = iota
	Claim
	Release
	Read
	Dispatch
)

func (k Kind) String() string {
	return [...]string{"NoOperation", "Claim", "Release", "Read", "Dispatch"}[k]
}

// Operation is what a client asked for.
type Operation struct {
	Kind  Kind
	Actor Actor
	ID    uint8 // operations are numbered in the order of their calls
}

func (op Operation) String() string {
	if op.Kind == NoOperation {
		return "none"
	}
	return fmt.Sprintf("%v of %v (number %d)", op.Kind, op.Actor, op.ID)
}

// Record is an operation and its answer.
type Record struct {
	Operation
	Client Client
	OK     bool // whether it succeeded; a read always does
	Owner  Node // what a read found
}

func (r Record) String() string {
	switch {
	case r.Kind == NoOperation:
		return "none"
	case r.Kind == Read:
		return fmt.Sprintf("%v by %v: %v", r.Operation, r.Client, r.Owner)
	case r.OK:
		return fmt.Sprintf("%v by %v: ok", r.Operation, r.Client)
	}
	return fmt.Sprintf("%v by %v: fail", r.Operation, r.Client)
}

// Actor is an actor by name, or none.
type Actor uint8

// NoActor is what there is no operation of.
const NoActor Actor = 0

func actorOf(n int) Actor { return Actor(n + 1) }

func (a Actor) index() int { return int(a) - 1 }

func (a Actor) String() string {
	if a == NoActor {
		return "none"
	}
	return fmt.Sprintf("actor %d", a.index())
}

// Node is a node by name, or nobody.
type Node uint8

// Nobody owns an actor that is not claimed.
const Nobody Node = 0

func nodeOf(n int) Node { return Node(n + 1) }

func (n Node) String() string {
	if n == Nobody {
		return "nobody"
	}
	return fmt.Sprintf("node %d", n-1)
}

// Client is a client by name, or none.
type Client uint8

// NoClient has claimed an actor that is not claimed.
const NoClient Client = 0

func clientOf(n int) Client { return Client(n + 1) }

func (c Client) String() string {
	if c == NoClient {
		return "none"
	}
	return fmt.Sprintf("client %d", c-1)
}
