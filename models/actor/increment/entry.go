package increment

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("actor/increment",
	"threads that increment a shared counter without a lock",
	New,
	catalog.Bug{
		Name: "two-steps", Breaks: "NothingIsLost", Length: 5,
		Doc: "a thread reads and writes in two steps (the default)",
	},
	catalog.Fix{
		Name: "atomic", With: catalog.With{"atomic": "true"},
		Doc: "a thread reads and writes in one step",
	},
)
