package actorstate

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("actorstate",
	"one actor's memory: buffered writes, commit and rollback",
	New,
	catalog.Bug{
		Name: "write-through", Breaks: "RollbackCorrectness", Length: 4,
		Doc: "writes go to the memory at once, and a rollback does not take them back",
	},
	catalog.Bug{
		Name: "write-through-restored", Breaks: "NoPartialState", Length: 3,
		Doc:  "writes go to the memory at once; a rollback takes them back, but others have seen them",
		With: catalog.With{"readers": "true"},
	},
	catalog.Bug{
		Name: "snapshot-once", Breaks: "SnapshotFresh", Length: 6,
		Doc: "the snapshot is taken when the actor is activated, not when an invocation starts",
	},
	catalog.Bug{
		Name: "first-write-wins", Breaks: "CommitCorrectness", Length: 5,
		Doc: "the buffer is applied from its end, so that the oldest write is the last one",
	},
	catalog.Bug{
		Name: "keep-buffer", Breaks: "BufferEmptyWhenIdle", Length: 4,
		Doc: "a commit does not clear the buffer",
	},
	catalog.Bug{
		Name: "one-too-many", Breaks: "TypeOK", Length: 5,
		Doc: "a full buffer takes one more write",
	},
	catalog.Bug{
		Name: "standstill", Breaks: "EventualCommitOrRollback", Length: 2,
		Doc: "an invocation may stop in the middle for ever",
	},
	catalog.Bug{
		Name: "back-to-back", Breaks: "EventuallyIdle", Length: 4,
		Doc: "the next invocation starts as soon as one is over",
	},
)
