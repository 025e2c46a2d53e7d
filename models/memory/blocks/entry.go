package blocks

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("memory/blocks",
	"callers that add blocks to an agent's memory, each on a copy of it",
	New,
	catalog.Bug{
		Name: "clone", Breaks: "NoLostBlock", Length: 5,
		Doc: "anybody can clone the memory, and put the clone back later",
	},
	catalog.Fix{
		Name: "lock",
		Doc:  "the memory is locked while somebody works on it, as an actor's state is",
	},
)
