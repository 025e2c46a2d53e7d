// Package node names nodes, so that a state can say which one it means, or that
// it means none, and a trace says it in words.
package node

import (
	"strconv"

	"github.com/muster-mc/muster/model"
)

// ID is a node. Its zero value is Nobody.
type ID uint8

// Nobody is where a node could be named, but none is.
const Nobody ID = 0

// Interchangeable declares that n nodes differ in nothing but their number. Arrays with
// an element for each node need the tag `muster:"by=ID"`.
func Interchangeable(n int) model.Symmetry { return model.Scalars[ID](n).From(1) }

// At is the node at an index, as an action chooses it: 0, 1, 2 and so on.
func At(index int) ID { return ID(index + 1) }

// Index is the node's own. Nobody has none, and panics where it is used.
func (n ID) Index() int { return int(n) - 1 }

func (n ID) String() string {
	if n == Nobody {
		return "nobody"
	}
	return "node " + strconv.Itoa(n.Index())
}
