package sequence

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("storage/sequence",
	"clients that number their log entries from a shared counter",
	New,
	catalog.Bug{
		Name: "no-conflict-check", Breaks: "NoEntryLost", Length: 7,
		Doc: "the counter is written back whatever it has become since it was read",
	},
	catalog.Fix{
		Name: "conflict-check",
		Doc:  "the counter is written back only if it is still what was read",
	},
)
