// Package cluster is a cluster of nodes of etcd's raft: the library itself, and a network
// between its nodes, in a model.
package cluster

import (
	"example.com/etcdraft/lib"
	"github.com/muster-mc/muster/inplace"
	"github.com/muster-mc/muster/network"
)

const (
	nodesMax = 3
	readsMax = 2
	termsMax = 6 // a run with so many terms is too long to be looked through
)

// State is the cluster with its network, and what the properties must remember.
type State struct {
	Nodes [nodesMax]inplace.Ref[lib.Node]
	Links network.Links[message]
	Bag   network.Bag[message]

	LeaderOf [termsMax]uint8 // by term: the ID of the leader, 0 for none so far
	Asked    [readsMax]uint8 // how often each read was asked
	Floor    [readsMax]uint8 // what was committed when it was asked first

	Campaigns, Proposals, Restarts, Heartbeats, Ticks, Transfers, Snapshots, Changes uint8

	Wrong wrong // what was seen in a step
}

type message = inplace.Ref[lib.Message]

// wrong is what only a step shows.
type wrong uint8

const (
	none wrong = iota
	twoLeaders
	staleRead
	outOfOrder
)

func (w wrong) String() string {
	return [...]string{"", "two leaders of one term", "a stale read", "applied out of order"}[w]
}
