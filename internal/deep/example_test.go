package deep_test

import (
	"fmt"

	"github.com/muster-mc/muster/internal/deep"
)

// node has an unexported field that means nothing.
type node struct {
	term   int
	jitter int
}

// A rule leaves a field out, and the leaves name the others.
func Example() {
	c := deep.New(deep.Rules{Ignore: []string{"node.jitter"}})
	a, _ := c.Append(nil, &node{term: 1, jitter: 13})
	b, _ := c.Append(nil, &node{term: 1, jitter: 17})
	leaves, _ := c.Leaves(&node{term: 1})
	fmt.Println(string(a) == string(b), leaves)
	// Output: true [{term node.term 1}]
}
