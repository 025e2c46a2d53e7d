package lww

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("actor/lww",
	"a replicated register of which the last write wins (give --max-depth or --bound)",
	New,
	catalog.Bug{
		Name: "own-times", Breaks: "ReplicasAgree", Length: 8,
		Doc: "a write is not always later than the one it replaces (the default)",
	},
	catalog.Bug{
		Name: "time-only", Breaks: "ReplicasAgree", Length: 7,
		Doc: "of two writes with one timestamp the one that arrives last wins",
	},
	catalog.Fix{
		Name: "later", With: catalog.With{"later": "true", "bound": "1"},
		Doc: "a write is later than the one it replaces, in a space with an end",
	},
)
