package raftcore

import (
	"fmt"

	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/network"
)

// Properties are the claims about a cluster. S is the type of the model's state.
//
//	ElectionSafety               a term has one leader, then and later
//	LeaderAppendOnly             a leader removes and replaces none of its entries
//	LogMatching                  two logs with entries of the same term at a place are the same up to that place
//	LeaderCompleteness           a leader has all entries that were committed in the terms before its own
//	StateMachineSafety           all servers that commit a place commit the same entry there, then and later
//	AcknowledgedWritesAreStored  a majority of those by whom an entry was committed has it on the disk, from then on
//	ReadsAreFresh                a read sees all that was committed before it began
//
// Leader completeness is about the term in which an entry was committed, and not about that of the entry: an
// entry of term 1 that was committed in term 3 can be missing at a leader of term 2 who has not heard of
// term 3.
func Properties[S any, V comparable](nodes func(s *S) []Node[V], past func(s *S) *Past[V]) []model.Property[S] {
	always := func(name string, wrong func(p *Past[V], list []Node[V]) string) model.Property[S] {
		explain := func(s *S) string { return wrong(past(s), nodes(s)) }
		return model.Always(name, func(s *S) bool { return explain(s) == "" }).Explained(explain)
	}
	return []model.Property[S]{
		always("ElectionSafety", twoLeaders),
		model.AlwaysStep("LeaderAppendOnly", func(before, after *S) bool { return onlyAppend(nodes(before), nodes(after)) }),
		always("LogMatching", mismatch),
		always("LeaderCompleteness", incomplete),
		always("StateMachineSafety", contradiction),
		always("AcknowledgedWritesAreStored", lost),
		always("ReadsAreFresh", func(p *Past[V], _ []Node[V]) string {
			if p.Stale {
				return "the read that is done does not see all that was committed before it began"
			}
			return ""
		}),
	}
}

func twoLeaders[V comparable](p *Past[V], list []Node[V]) string {
	for i := range list {
		n, id := &list[i], network.ID(i+1)
		if first := p.Leaders[n.Term]; n.Role == Leader && first != id {
			return fmt.Sprintf("%d and %d were elected in term %d", first, id, n.Term)
		}
	}
	return ""
}

func onlyAppend[V comparable](before, after []Node[V]) bool {
	for i := range before {
		b, a := &before[i], &after[i]
		leads := b.Role == Leader && a.Role == Leader && a.Term == b.Term
		if leads && !b.Log.Agrees(&a.Log, b.Log.Len()) {
			return false
		}
	}
	return true
}

func mismatch[V comparable](_ *Past[V], list []Node[V]) string {
	for i := range list {
		for k := range i {
			a, b := &list[k], &list[i]
			if place := sameTerm(a, b); !a.Log.Agrees(&b.Log, place) {
				return fmt.Sprintf("the logs of %d and %d have entries of the same term at place %d and differ before", k+1, i+1, place)
			}
		}
	}
	return ""
}

// sameTerm returns the last place at which two logs have entries of the same term. All places before are decided by
// that one.
func sameTerm[V comparable](a, b *Node[V]) int {
	place := min(a.Log.Len(), b.Log.Len())
	for place > 0 && a.Log.At(place-1).Term != b.Log.At(place-1).Term {
		place--
	}
	return place
}

func incomplete[V comparable](p *Past[V], list []Node[V]) string {
	for i, c := range p.Committed.All() {
		for k := range list {
			if n := &list[k]; n.Role == Leader && c.Term < n.Term && !n.has(i, c.Entry) {
				return fmt.Sprintf("%d leads in term %d without the entry %v at place %d, which was committed in term %d", k+1, n.Term, c.Entry, i+1, c.Term)
			}
		}
	}
	return ""
}

func contradiction[V comparable](p *Past[V], list []Node[V]) string {
	for i, c := range p.Committed.All() {
		for k := range list {
			if n := &list[k]; i < int(n.Commit) && !n.has(i, c.Entry) {
				return fmt.Sprintf("%d takes another entry for committed at place %d than %v", k+1, i+1, c.Entry)
			}
		}
	}
	return ""
}

func lost[V comparable](p *Past[V], list []Node[V]) string {
	for i, c := range p.Committed.All() {
		var having network.IDs
		for k := range list {
			if n := &list[k]; n.has(i, c.Entry) && i < n.Log.Synced() {
				having = having.With(network.ID(k + 1))
			}
		}
		if 2*(having&c.Members).Len() <= c.Members.Len() {
			return fmt.Sprintf("the entry %v at place %d was committed by a majority of %v, and of these %v has it on the disk", c.Entry, i+1, c.Members, having&c.Members)
		}
	}
	return ""
}

// has reports whether a log has an entry at a place counted from 0 on.
func (n *Node[V]) has(i int, e Entry[V]) bool { return i < n.Log.Len() && n.Log.At(i) == e }
