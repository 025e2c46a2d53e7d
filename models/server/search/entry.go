package search

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("server/search",
	"agents search an archive that they share",
	New,
	catalog.Bug{
		Name: "no-filter", Breaks: "AgentIsolation", Length: 3,
		Doc: "a search goes through all entries, whoever asks",
	},
	catalog.Bug{
		Name: "limit-first", Breaks: "FindsOwn", Length: 4,
		Doc: "the limit counts entries of all agents, and the filter comes after it",
	},
	catalog.Bug{
		Name: "drop-owner", Breaks: "NothingUnowned", Length: 2,
		Doc: "an entry is stored without the name of its agent",
	},
	catalog.Fix{
		Name: "filter",
		Doc:  "a search goes through the entries of the agent that asks (the default)",
	},
)
