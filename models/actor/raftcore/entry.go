package raftcore

import (
	core "github.com/muster-mc/muster/actor/raftcore"
	"github.com/muster-mc/muster/catalog"
)

// Entry is the model on the command line.
var Entry = catalog.Define("actor/raftcore",
	"Raft with durable state, snapshots, changes of the members and reads, each a parameter",
	New,
	bug(core.VoteInMemory, "ElectionSafety", 7, "a crash forgets the vote", catalog.With{"crashes": "1"}),
	bug(core.CommitOldTerm, "LeaderCompleteness", 19, "an entry of an older term is committed once a majority has it", catalog.With{"terms": "4", "in-flight": "3"}),
	bug(core.AnswerBeforeSync, "AcknowledgedWritesAreStored", 7, "a follower answers when entries are written, and not synced", catalog.With{"terms": "1", "crashes": "1"}),
	bug(core.OldLeaderAppends, "LeaderAppendOnly", 10, "entries from a leader of an older term are taken", nil),
	bug(core.SkipCheck, "StateMachineSafety", 16, "the entry before new ones is not compared", catalog.With{"terms": "3"}),
	bug(core.KeepConflicts, "LogMatching", 11, "entries that conflict with the leader's stay, and new ones come behind them", catalog.With{"writes": "2"}),
	bug(core.ForgetCompacted, "LeaderCompleteness", 11, "a server that has compacted all of its log votes as if the log were empty", catalog.With{"snapshots": "true"}),
	bug(core.ChangeWhenApplied, "ElectionSafety", 19, "a change of the members counts once it is committed", catalog.With{"changes": "2", "crashes": "1"}),
	bug(core.ChangeTooEarly, "LeaderCompleteness", 19, "a leader changes the members before it has committed an entry of its term", catalog.With{"servers": "4", "terms": "3", "writes": "0", "changes": "2", "in-flight": "5"}),
	bug(core.ReadTooEarly, "ReadsAreFresh", 13, "a leader reads before it has committed an entry of its term", catalog.With{"reads": "1"}),
	bug(core.ReadAlone, "ReadsAreFresh", 16, "a leader reads without asking whether it still leads", catalog.With{"writes": "2", "reads": "1"}),
)

func bug(f core.Flaw, breaks string, length int, doc string, with catalog.With) catalog.Bug {
	return catalog.Bug{Name: string(f), Breaks: breaks, Length: length, Doc: doc, With: with}
}
