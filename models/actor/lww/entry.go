package lww

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("actor/lww",
	"a replicated register of which the last write wins (give --max-depth or --bound)",
	New,
	catalog.Bug{
		Name: "time-only", Breaks: "ReplicasAgree", Length: 7,
		Doc: "of two writes with one timestamp the one that arrives last wins",
	},
	catalog.Fix{
		Name: "bounded", With: catalog.With{"bound": "1"},
		Doc: "clocks stay near, which is a space with an end",
	},
)
