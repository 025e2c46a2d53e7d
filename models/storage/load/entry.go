package load

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("storage/load",
	"an actor is started while the storage that has its state cannot be reached",
	New,
	catalog.Bug{
		Name: "default-on-error", Breaks: "NoStateLoss", Length: 8,
		Doc: "an actor whose state cannot be read is started with the default state",
	},
	catalog.Fix{
		Name: "fail-to-start",
		Doc:  "an actor whose state cannot be read is not started",
	},
)
