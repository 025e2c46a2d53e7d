package lww

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("actor/lww",
	"a replicated register of which the last write wins (give --max-depth or --bound)",
	New,
	catalog.Bug{
		Name: "forget-first", Breaks: "ReplicasAgree", Length: 8,
		Doc: "a node forgets the time that it gave to its first write (the default)",
	},
	catalog.Bug{
		Name: "time-only", Breaks: "ReplicasAgree", Length: 7,
		Doc: "of two writes with one timestamp the one that arrives last wins",
	},
	catalog.Fix{
		Name: "remember", With: catalog.With{"remember": "true", "bound": "1"},
		Doc: "a node remembers the time of each of its writes, in a space with an end",
	},
)
