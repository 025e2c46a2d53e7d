package cluster

import (
	"fmt"

	"github.com/muster-mc/muster/model"
)

// properties are what raft promises. Each is about disks, as far as they are meant: what is
// in memory only may be lost.
func (k *cluster) properties() []model.Property[State] {
	list := []model.Property[State]{
		model.Always("ElectionSafety", func(s *State) bool { return s.Wrong != twoLeaders }),
		model.Always("ReadIndexIsFresh", func(s *State) bool { return s.Wrong != staleRead }),
		model.Always("AppliedOnceAndInOrder", func(s *State) bool { return s.Wrong != outOfOrder }),
		model.Always("CommittedLogsAgree", func(s *State) bool { return k.disagreement(s) == "" }).Explained(k.disagreement),
		model.Always("LeaderCompleteness", func(s *State) bool { return k.incomplete(s) == "" }).Explained(k.incomplete),
		model.Always("NoCommittedEntryIsLost", func(s *State) bool { return k.lost(s) == "" }).Explained(k.lost),
		model.Always("NextFollowsMatch", k.progress),
	}
	if k.Campaigns > 0 {
		list = append(list, model.Reachable("SomethingCommits", func(s *State) bool { return k.committed(s) > 1 }))
	}
	return list
}

// disagreement: two nodes know the same index to be committed, and have different entries
// there.
func (k *cluster) disagreement(s *State) string {
	for i := range k.Nodes {
		a := k.view(s, i)
		for j := range i {
			b := k.view(s, j)
			for index := max(a.First, b.First); index <= min(a.Durable, b.Durable); index++ {
				x, ok := a.At(index)
				y, also := b.At(index)
				if ok && also && x != y {
					return fmt.Sprintf("index %d is committed as %v at node %d and as %v at node %d", index, y, j+1, x, i+1)
				}
			}
		}
	}
	return ""
}

// incomplete: a leader of the latest term lacks an entry that a node knows to be committed.
// A leader of an earlier term may lack it, and never learns that it is committed.
func (k *cluster) incomplete(s *State) string {
	latest := uint64(0)
	for i := range k.Nodes {
		latest = max(latest, k.view(s, i).Term)
	}
	for i := range k.Nodes {
		leader := k.view(s, i)
		if leader.Role != "Leader" || leader.Term != latest || leader.Waits || leader.Handed {
			continue // what waits to be persisted is in the leader's log in memory
		}
		for j := range k.Nodes {
			v := k.view(s, j)
			for index := max(v.First, leader.First); index <= v.Durable; index++ {
				x, ok := v.At(index)
				if y, has := leader.At(index); ok && (!has || x != y) {
					return fmt.Sprintf("node %d leads term %d without %v, which node %d knows to be committed at index %d", i+1, latest, x, j+1, index)
				}
			}
		}
	}
	return ""
}

// lost: an entry that a node knows to be committed is not on the disks of a majority. While
// the members change there are two majorities, and the property is not asked. Neither is it
// where nodes disagree: of two entries that are both committed one is always on few disks.
func (k *cluster) lost(s *State) string {
	if s.Changes > 0 || k.disagreement(s) != "" {
		return ""
	}
	for i := range k.Nodes {
		v := k.view(s, i)
		for index := v.First; index <= v.Durable; index++ {
			x, ok := v.At(index)
			if !ok {
				return fmt.Sprintf("node %d knows index %d to be committed, and its log on disk ends at %d", i+1, index, v.Last())
			}
			have := 0
			for j := range k.Nodes {
				w := k.view(s, j)
				if y, has := w.At(index); index < w.First || has && x == y {
					have++
				}
			}
			if have <= k.Nodes/2 {
				return fmt.Sprintf("node %d knows %v to be committed at index %d, and %d of %d disks have it", i+1, x, index, have, k.Nodes)
			}
		}
	}
	return ""
}

// progress: a leader is to send a follower what comes after all that it is known to have. The
// authors of the library call the contrary a broken invariant, and no broken promise.
func (k *cluster) progress(s *State) bool {
	for i := range k.Nodes {
		if k.view(s, i).BadProgress {
			return false
		}
	}
	return true
}
