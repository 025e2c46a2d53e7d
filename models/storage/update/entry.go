package update

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("storage/update",
	"two transactions read a counter, add one and write it back",
	New,
	catalog.Bug{
		Name: "blind-write", Breaks: "NoLostUpdate", Length: 5,
		Doc: "reads are made outside the transaction that commits, so that nobody compares what they saw",
	},
	catalog.Fix{
		Name: "conflict-check",
		Doc:  "reads belong to the transaction, which fails if what it read has changed",
	},
)
