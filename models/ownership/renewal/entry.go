package renewal

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("ownership/renewal",
	"a lease is read and written back with a later end, in one transaction or in two",
	New,
	catalog.Bug{
		Name: "blind-write", Breaks: "RenewalRequiresOwnership", Length: 7,
		Doc: "the lease is read in one transaction and written in another, whatever it has become",
	},
	catalog.Fix{
		Name: "one-transaction",
		Doc:  "the write commits only if the lease is still what was read",
	},
)
