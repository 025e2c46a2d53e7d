package cluster

import (
	"example.com/etcdraft/lib"
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/network"
)

// New returns the model.
func New(c Config) *model.Model[State] {
	c = catalog.Settle(c)
	k := &cluster{Config: c, code: newCode(c), only: numbers(c.Campaigners), asks: numbers(c.Reads)}
	return &model.Model[State]{
		Name:          "etcdraft",
		Init:          k.start,
		Actions:       k.actions(),
		Properties:    k.properties(),
		AllowDeadlock: true,
		Code:          []model.Code{k.nodes, k.messages},
	}
}

// cluster is a configuration with the library.
type cluster struct {
	Config
	code
	only []int // who campaigns, in order; nil for anybody
	asks []int // how often each read may be asked
}

func (k *cluster) start(s *State, _ *model.Choice) bool {
	for i := range k.Nodes {
		s.Nodes[i] = k.nodes.Start(i + 1)
	}
	return true
}

// view is what there is to see of a node.
func (k *cluster) view(s *State, node int) *lib.View { return k.nodes.View(s.Nodes[node]) }

// net is the network of the configuration.
func (k *cluster) net(s *State) network.Net[message] {
	if k.Network == "bag" {
		return &s.Bag
	}
	return &s.Links
}

// give gives a node an input, and takes note of what comes of it.
func (k *cluster) give(s *State, node int, in input) {
	e := k.nodes.Step(&s.Nodes[node], in)
	net := k.net(s)
	for _, x := range e.sent {
		net.Send(network.ID(x.from), network.ID(x.to), x.message)
	}
	if e.fault != "" {
		s.Wrong = outOfOrder
	}
	for _, r := range e.reads {
		if int(r.Context) < readsMax && r.Index < uint64(s.Floor[r.Context]) {
			s.Wrong = staleRead
		}
	}
	if v := k.view(s, node); v.Role == "Leader" && v.Term < termsMax {
		if of := &s.LeaderOf[v.Term]; *of == 0 {
			*of = uint8(node + 1)
		} else if *of != uint8(node+1) {
			s.Wrong = twoLeaders
		}
	}
}

// committed is the index up to which any node knows the log to be committed.
func (k *cluster) committed(s *State) (index uint64) {
	for i := range k.Nodes {
		index = max(index, k.view(s, i).Commit)
	}
	return index
}

// leads reports whether a node takes itself for the leader.
func (k *cluster) leads(s *State, node int) bool { return k.view(s, node).Role == "Leader" }
