package leaderloop

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("incident/leaderloop",
	"a server runs a loop while raft tells it that it is the leader",
	New,
	catalog.Bug{
		Name: "read-when-idle", Breaks: "Deadlock", Length: 14,
		Doc: "what waits for the end of the loop also reads raft's channel, and not meanwhile",
	},
	catalog.Bug{
		Name: "larger-buffer", Breaks: "Deadlock", Length: 18,
		Doc:  "the same, and raft's channel has more room",
		With: catalog.With{"buffer": "3", "terms": "3"},
	},
	catalog.Bug{
		Name: "no-wait", Breaks: "OneLoopAtMost", Length: 20,
		Doc: "nothing waits for the end of a loop before the next one starts",
	},
	catalog.Bug{
		Name: "keep-first", Breaks: "LastNewsArrive", Length: 16,
		Doc: "of news that monitor has not read yet, the first are kept and not the last",
	},
	catalog.Fix{
		Name: "drain",
		Doc:  "a goroutine reads raft's channel all the time, and keeps the last value (the default)",
	},
)
