package popclose

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("incident/popclose",
	"Pop waits on a condition variable, and Close has to wake it",
	New,
	catalog.Bug{
		Name: "own-lock", Breaks: "Deadlock", Length: 21,
		Doc: "Close guards the flag by a lock of its own, and not by that of the condition variable",
	},
	catalog.Bug{
		Name: "peek", Breaks: "PoppedOnce", Length: 12,
		Doc: "Pop returns the first item, and leaves it in the queue",
	},
	catalog.Fix{
		Name: "same-lock",
		Doc:  "Close sets the flag under the lock that Pop holds (the default)",
	},
)
