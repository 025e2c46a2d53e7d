package commit

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("storage/commit",
	"a transaction's writes reach the store all or not at all, crash or no crash",
	New,
	catalog.Bug{
		Name: "one-by-one", Breaks: "AtomicCommit", Length: 3,
		Doc: "the buffered writes are brought into the store one after the other",
	},
	catalog.Bug{
		Name: "answer-first", Breaks: "OkMeansWritten", Length: 2,
		Doc: "the client is told Ok before the writes are done",
	},
	catalog.Fix{
		Name: "one-step",
		Doc:  "all writes are made in one step, under one lock",
	},
)
