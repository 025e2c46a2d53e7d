package raftcore

import (
	"github.com/muster-mc/muster/container"
	"github.com/muster-mc/muster/network"
)

// TermsMost is one more than the last term that a Past has room for.
const TermsMost = 8

// Past is what the servers' states no longer tell and the properties are about: who has led, and what
// was committed. It is a part of the model's state. See is to be called after each step.
type Past[V comparable] struct {
	Leaders   [TermsMost]network.ID                                  // the first leader of each term
	Committed container.Log[Committed[V], [EntriesMost]Committed[V]] // acknowledged with it, if they are writes
	Known     [ServersMost]uint8                                     `muster:"by=ID"` // how many committed entries each server knew of after its last step
	Awaited   [ServersMost]uint8                                     `muster:"by=ID"` // one more than the entries that a leader's read has to see
	Stale     bool                                                   // a read did not see what it had to
}

// Committed is an entry with the term in which it was committed, which can be higher than its own, and
// the members by which it was.
type Committed[V comparable] struct {
	Entry   Entry[V]
	Term    uint8
	Members network.IDs
}

// See notes what a server has done in a step.
func (p *Past[V]) See(r *Raft[V], id network.ID, n *Node[V]) {
	if n.Role == Leader && p.Leaders[n.Term] == 0 {
		p.Leaders[n.Term] = id
	}
	members := r.MembersOf(n)
	if known := &p.Known[id.Index()]; *known != n.Commit {
		if r.Flaw == ChangeWhenApplied { // those before the step
			members = r.membersAfter(n, int(*known))
		}
		*known = n.Commit
	}
	for i := p.Committed.Len(); i < int(n.Commit); i++ {
		p.Committed.Append(Committed[V]{n.Log.At(i), n.Term, members})
	}
	p.seeRead(id, n)
}

// seeRead: a read has to see what was committed before it began. A read that is done at once began in the
// same step.
func (p *Past[V]) seeRead(id network.ID, n *Node[V]) {
	awaited := &p.Awaited[id.Index()]
	if *awaited == 0 && (n.Reading.Open || n.Reading.Done) {
		*awaited = uint8(p.Committed.Len()) + 1
	}
	if index, done := n.TakeRead(); done && index+1 < *awaited {
		p.Stale = true
	}
	if !n.Reading.Open {
		*awaited = 0
	}
}
