package election

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("cluster/election",
	"nodes elect a primary by a record in a registry that they share",
	New,
	catalog.Bug{
		Name: "two-transactions", Breaks: "OnePrimary", Length: 5,
		Doc: "whether there is a primary is read in one transaction, and the new one written in another",
	},
	catalog.Bug{
		Name: "trust-record", Breaks: "SomebodyLeads", Length: 4,
		Doc: "a record is taken for a primary, whether or not its node has failed",
	},
	catalog.Bug{
		Name: "keep-record", Breaks: "SomebodyLeads", Length: 4,
		Doc: "a primary that restarts finds its own record, and waits for itself",
	},
	catalog.Fix{
		Name: "one-transaction",
		Doc:  "check and write are one transaction (the default)",
	},
)
