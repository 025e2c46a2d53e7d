package checkpoint

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("memory/checkpoint",
	"an agent's memory, its checkpoints, and the answer that a change is made",
	New,
	catalog.Bug{
		Name: "acknowledge-first", Breaks: "DurableOnSuccess", Length: 3,
		Doc: "a change is acknowledged when it is in memory, and the checkpoint comes later",
	},
	catalog.Bug{
		Name: "latest-first", Breaks: "LatestIsThere", Length: 4,
		Doc: "the pointer to the latest checkpoint is stored before the checkpoint's data",
	},
	catalog.Bug{
		Name: "stay-down", Breaks: "ComesBack", Length: 2,
		Doc: "a server that has crashed may stay down for ever",
	},
	catalog.Fix{
		Name: "checkpoint-first",
		Doc:  "data, then pointer, then the acknowledgement",
	},
)
