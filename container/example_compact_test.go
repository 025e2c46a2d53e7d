package container_test

import (
	"context"
	"fmt"

	"github.com/muster-mc/muster/container"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
)

// Pair is a leader that compacts its log, and a follower that may be too far behind for it.
type Pair struct {
	Leader, Follower Replica
}

// Replica is a log, and the sum of its first entries, as many as are applied: what a snapshot
// has in it.
type Replica struct {
	Log container.Log[uint8, [2]uint8]
	Sum uint8
}

// apply adds the entries up to the length of the log, and marks them as committed.
func (r *Replica) apply() {
	for i, e := range r.Log.All() {
		if i >= r.Log.Committed() {
			r.Sum += e
		}
	}
	r.Log.Commit(r.Log.Len())
}

// write appends to the leader's log.
func write(s *Pair, _ *model.Choice) bool {
	l := &s.Leader
	if l.Log.Full() || l.Log.Len() == 3 {
		return false
	}
	l.Log.Append(uint8(l.Log.Len() + 1))
	l.apply()
	return true
}

// compact leaves the sum in place of the entries.
func compact(s *Pair, _ *model.Choice) bool {
	l := &s.Leader.Log
	if l.Compacted() == l.Committed() {
		return false
	}
	l.Compact(l.Committed())
	return true
}

// send sends the follower its next entry or, if the leader has compacted it, the snapshot.
func send(s *Pair, _ *model.Choice) bool {
	l, f := &s.Leader, &s.Follower
	next := f.Log.Len()
	switch {
	case next == l.Log.Len():
		return false
	case next < l.Log.Compacted():
		f.Log.Install(l.Log.Compacted())
		f.Sum = l.Sum
	default:
		f.Log.Append(l.Log.At(next))
		f.apply()
	}
	return true
}

// The follower gets the snapshot with a sum of a later entry, which it then adds once more: a
// mistake that no model without compaction would have.
func ExampleLog_Install() {
	pair := &model.Model[Pair]{
		Name: "pair",
		Actions: []model.Action[Pair]{
			{Name: "Write", Do: write}, {Name: "Compact", Do: compact}, {Name: "Send", Do: send},
		},
		Properties: []model.Property[Pair]{
			model.Always("SumsAgree", func(s *Pair) bool {
				return s.Follower.Log.Len() < s.Leader.Log.Len() || s.Follower.Sum == s.Leader.Sum
			}),
		},
		AllowDeadlock: true,
	}
	report, err := explore.Check(context.Background(), pair, explore.Options{})
	if err != nil {
		panic(err)
	}
	fmt.Print(report.Properties[0].Trace)
	// Output:
	//   1  Init       (all zero)
	//   2  Write      Leader.Log: + [0] 1   Leader.Log.Committed: 0 -> 1   Leader.Sum: 0 -> 1
	//   3  Compact    Leader.Log.Synced: 0 -> 1   Leader.Log.Compacted: 0 -> 1
	//   4  Write      Leader.Log: + [1] 2   Leader.Log.Committed: 1 -> 2   Leader.Sum: 1 -> 3
	//   5  Send       Follower.Log.Committed: 0 -> 1   Follower.Log.Synced: 0 -> 1
	//                 Follower.Log.Compacted: 0 -> 1   Follower.Sum: 0 -> 3
	//   6  Send       Follower.Log: + [1] 2   Follower.Log.Committed: 1 -> 2   Follower.Sum: 3 -> 5
}
