package codec_test

import (
	"fmt"

	"github.com/muster-mc/muster/internal/codec"
)

type message struct {
	From, To uint8
}

type state struct {
	Leader  int8
	Names   []string
	Network []message `muster:"unordered"`
	Votes   map[uint8]bool
	Tried   int `muster:"-"`
}

// A search keeps states as bytes. To expand a state it decodes the state, copies it
// for each action, and encodes the copy after the action has changed it.
func Example() {
	states, err := codec.For[state]()
	if err != nil {
		panic(err)
	}
	parents, work := states.New(), states.New()
	start := state{Leader: -1, Network: []message{{2, 1}, {1, 2}}}
	encoded := work.Append(nil, &start)
	fmt.Printf("%x\n", encoded)

	var parent, next state
	parents.Decode(&parent, encoded)
	work.Copy(&next, &parent)
	next.Leader = 1
	next.Names = append(next.Names, "one")
	next.Votes[1] = true
	next.Tried++
	fmt.Printf("%x\n", work.Append(nil, &next))
	work.Copy(&next, &parent)
	fmt.Printf("%x\n", work.Append(nil, &next))
	// Output:
	// ff00020102020100
	// 0101036f6e650201020201010101
	// ff00020102020100
}

// The error names the path to a field that cannot be part of a state.
func ExampleFor() {
	type State struct {
		Nodes []struct{ Timeout float64 }
	}
	_, err := codec.For[State]()
	fmt.Println(err)
	// Output:
	// state type codec_test.State: field Nodes[].Timeout: float64 cannot be part of a state: NaN differs from itself and -0 equals 0: use an integer
}
