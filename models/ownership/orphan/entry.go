package orphan

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("ownership/orphan",
	"the registry's placement of an actor, and a node that crashes without taking it away",
	New,
	catalog.Bug{
		Name: "notice-only", Breaks: "NoOrphan", Length: 4,
		Doc: "the failure detector notices the crash, and placements stay",
	},
	catalog.Bug{
		Name: "return-early", Breaks: "NoOrphan", Length: 3,
		Doc: "a node that fails to save the actor's state stops it and returns, before it has taken the placement away",
	},
	catalog.Bug{
		Name: "unasked", Breaks: "RunsWherePlaced", Length: 2,
		Doc: "a node starts the actor for its own request and does not tell the registry",
	},
	catalog.Fix{
		Name: "detection",
		Doc:  "whoever notices the crash takes the placements away",
		With: catalog.With{"cleanup": "detection"},
	},
	catalog.Fix{
		Name: "expiry",
		Doc:  "placements are leases, which a dead node does not renew",
		With: catalog.With{"cleanup": "expiry"},
	},
)
