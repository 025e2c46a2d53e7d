package cluster

import (
	"example.com/etcdraft/lib"
	"github.com/muster-mc/muster/catalog"
)

// Entry is the model on the command line. The bugs are in what surrounds the library: what
// a server does that uses it wrongly. Each shows that a property can fail.
var Entry = catalog.Define("etcdraft",
	"nodes of "+lib.Version+" as they are, and a network between them",
	New,
	append(bugsOfVersion(), []catalog.Variant{
		catalog.Bug{
			Name: "forget-vote", Breaks: "ElectionSafety", Length: 8,
			Doc:  "the vote is not written to the disk, so that a node that restarts votes again",
			With: catalog.With{"campaigns": "2", "restarts": "1"},
		},
		catalog.Bug{
			Name: "read-at-once", Breaks: "ReadIndexIsFresh", Length: 10,
			Doc:  "a node that takes itself for the leader answers reads without asking the others",
			With: catalog.With{"campaigns": "2", "reads": "1"},
		},
		catalog.Bug{
			Name: "keep-applied", Breaks: "AppliedOnceAndInOrder", Length: 7,
			Doc:  "a state machine that survives a crash is given everything again",
			With: catalog.With{"restarts": "1"},
		},
		catalog.Bug{
			Name: "boast", Breaks: "LeaderCompleteness", Length: 9,
			Doc:  "a candidate claims a longer log than it has",
			With: catalog.With{"campaigns": "2"},
		},
		catalog.Bug{
			Name: "damage", Breaks: "NoCommittedEntryIsLost", Length: 9,
			Doc:  "an entry is damaged on its way to any node",
			With: catalog.With{"proposals": "1"},
		},
		catalog.Bug{
			Name: "damage-late", Breaks: "CommittedLogsAgree", Length: 12,
			Doc:  "an entry is damaged on its way to a node that gets it when it is committed",
			With: catalog.With{"proposals": "1"},
		},
	}...)...,
)

// bugsOfVersion are the bugs that not every version shows in the same way: v3.5.0 does not
// notice that it acknowledges what it has not.
func bugsOfVersion() []catalog.Variant {
	if lib.IsOld {
		return nil
	}
	return []catalog.Variant{catalog.Bug{
		Name: "forget-entries", Breaks: "NextFollowsMatch", Length: 6,
		Doc: "a node says that it has entries which it has not written to the disk",
	}}
}
