package splitbrain

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("cluster/splitbrain",
	"a primary, elected by a quorum and for a term, in a cluster that is cut in two",
	New,
	catalog.Bug{
		Name: "no-quorum", Breaks: "NoSplitBrain", Length: 4,
		Doc: "each node makes itself primary, and nobody calls the check for a quorum",
	},
	catalog.Bug{
		Name: "half-is-enough", Breaks: "NoSplitBrain", Length: 4,
		Doc:  "half of the nodes pass for a quorum",
		With: catalog.With{"nodes": "2"},
	},
	catalog.Bug{
		Name: "no-terms", Breaks: "NoSplitBrain", Length: 5,
		Doc: "elections do not count, so that nobody knows whose is the newer one",
	},
	catalog.Bug{
		Name: "stay-primary", Breaks: "MajorityLeads", Length: 5,
		Doc: "a primary that may no longer lead never steps down, and others wait for it",
	},
	catalog.Bug{
		Name: "hasty-exit", Breaks: "LeaderStays", Length: 3,
		Doc: "a primary steps down without a look at whether it still leads",
	},
	catalog.Fix{
		Name: "quorum-and-terms",
		Doc:  "a primary needs a majority, and gives way to a larger term (the default)",
	},
)
