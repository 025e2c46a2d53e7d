package placement

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("cluster/placement",
	"a registry places an actor on a node that has not failed",
	New,
	catalog.Bug{
		Name: "ignore-status", Breaks: "PlacementConsistency", Length: 3,
		Doc: "a placement is written without a look at the node's status",
	},
	catalog.Bug{
		Name: "check-before-lock", Breaks: "PlacementConsistency", Length: 4,
		Doc: "the status is checked before the lock is taken under which the placement is written",
	},
	catalog.Fix{
		Name: "check-under-lock",
		Doc:  "status and placement are under one lock (the default)",
	},
)
