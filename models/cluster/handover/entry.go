package handover

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("cluster/handover",
	"an actor moves to another node, step by step, while it is used and the target may die",
	New,
	catalog.Bug{
		Name: "source-last", Breaks: "SingleActivation", Length: 5,
		Doc: "the source goes on until the target runs the actor and the registry knows",
	},
	catalog.Bug{
		Name: "capture-first", Breaks: "NoLostUpdate", Length: 7,
		Doc: "the state is captured while the source still takes updates",
	},
	catalog.Bug{
		Name: "no-rollback", Breaks: "SomebodyServes", Length: 4,
		Doc: "a migration that fails is reported, and the source is not started again",
	},
	catalog.Bug{
		Name: "silence-is-death", Breaks: "SingleActivation", Length: 7,
		Doc: "a target that does not answer is taken for dead, and the source starts again beside it",
	},
	catalog.Fix{
		Name: "source-first",
		Doc:  "the source stops first, and starts again only when the target is dead (the default)",
	},
)
