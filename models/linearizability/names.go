package linearizability

import "fmt"

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
