package raft

import "github.com/muster-mc/muster/catalog"

// Entries cannot be called Entry here, which is an entry of a log.
var Catalogued = catalog.Define("actor/raft",
	"Raft with servers that crash and forget (give --max-depth, or --max-term and --crashes)",
	New,
	catalog.Bug{
		Name: "nothing-durable", Breaks: "ElectionSafety", Length: 9,
		Doc: "nothing survives a crash (the default)",
	},
	catalog.Fix{
		Name: "durable", With: catalog.With{"durable": "true", "max-term": "1", "crashes": "1"},
		Doc: "term, vote and log survive a crash, in a space with an end",
	},
)
