package membership

import (
	"math/bits"
	"strconv"
	"strings"
)

// NodeID is a node: its place in the state. Nodes are interchangeable.
type NodeID uint8

// NodeSet is a set of nodes, a bit each.
type NodeSet uint8

func (s NodeSet) has(n int) bool { return s>>n&1 != 0 }

func (s NodeSet) with(n int) NodeSet { return s | 1<<n }

func (s NodeSet) without(n int) NodeSet { return s &^ (1 << n) }

func (s NodeSet) len() int { return bits.OnesCount8(uint8(s)) }

// String lists the nodes: {0 2}.
func (s NodeSet) String() string {
	var names []string
	for n := range 8 {
		if s.has(n) {
			names = append(names, strconv.Itoa(n))
		}
	}
	return "{" + strings.Join(names, " ") + "}"
}
