package failover

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("cluster/failover",
	"a node dies, is noticed, and its actor moves to another one",
	New,
	catalog.Bug{
		Name: "plan-only", Breaks: "NotStranded", Length: 4,
		Doc: "migrations off a failed node are planned, logged, and not executed",
	},
	catalog.Bug{
		Name: "never-check", Breaks: "NotStranded", Length: 2,
		Doc: "the check for missing heartbeats exists, and nobody calls it",
	},
	catalog.Bug{
		Name: "keep-plan", Breaks: "NotStranded", Length: 6,
		Doc: "a plan whose target has died is refused, and stays, so that no other is made",
	},
	catalog.Bug{
		Name: "impatient", Breaks: "NobodyBuriedAlive", Length: 2,
		Doc: "a node is marked as failed at the first heartbeat that is late",
	},
	catalog.Bug{
		Name: "plan-unasked", Breaks: "OnlyOffTheDead", Length: 3,
		Doc: "moves are planned for actors whose node is well, too",
	},
	catalog.Fix{
		Name: "execute",
		Doc:  "plans are executed, or made anew when their target dies (the default)",
	},
)
