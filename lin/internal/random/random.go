// Package random makes histories of calls for tests: some that an object has really given,
// and some in which an answer was exchanged for another.
package random

import (
	"math/rand/v2"

	"github.com/muster-mc/muster/lin"
)

// Event is a call, or the answer to the pending call of a client.
type Event[A, R comparable] struct {
	Client    Client
	IsCall    bool
	Arguments A
	Answer    R
}

// Client is the number of a client.
type Client uint8

// Kind is an object with the operations that clients call.
type Kind[S lin.Object[S, A, R], A, R comparable] struct {
	Clients   int
	Calls     int // in a history, at most
	Arguments func(rng *rand.Rand, client Client) A
}

// client is where a client is: idle, or in a call that has taken effect or not.
type client[A, R comparable] struct {
	pending, taken bool
	arguments      A
	answer         R
}

// History makes a history. Of two histories about one has wrong answers in it.
func (k Kind[S, A, R]) History(rng *rand.Rand) []Event[A, R] {
	var object S
	var list []Event[A, R]
	var answers []R
	clients := make([]client[A, R], k.Clients)
	wrong := rng.IntN(2) == 0
	calls := 1 + rng.IntN(k.Calls)
	for range 6 * k.Calls {
		n := rng.IntN(k.Clients)
		c := &clients[n]
		switch {
		case !c.pending:
			if calls == 0 {
				continue
			}
			calls--
			*c = client[A, R]{pending: true, arguments: k.Arguments(rng, Client(n))}
			list = append(list, Event[A, R]{Client: Client(n), IsCall: true, Arguments: c.arguments})
		case !c.taken:
			if after, answer, ok := object.Apply(c.arguments); ok {
				object, c.answer, c.taken = after, answer, true
				answers = append(answers, answer)
			}
		default:
			if wrong && rng.IntN(2) == 0 {
				c.answer = answers[rng.IntN(len(answers))]
			}
			list = append(list, Event[A, R]{Client: Client(n), Answer: c.answer, Arguments: c.arguments})
			*c = client[A, R]{}
		}
	}
	return list
}
