package startup

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("server/startup",
	"a server is configured, validated and started",
	New,
	catalog.Bug{
		Name: "skip-validate", Breaks: "FdbNeedsClusterFile", Length: 3,
		Doc: "validation is a function that the way to the start need not call",
	},
	catalog.Bug{
		Name: "validated-once", Breaks: "FdbNeedsClusterFile", Length: 5,
		Doc: "that the configuration was validated is a flag, which stays when the configuration changes",
	},
	catalog.Fix{
		Name: "proof",
		Doc:  "the server starts with the value that came out of the validation (the default)",
		With: catalog.With{"guard": "proof"},
	},
	catalog.Fix{
		Name: "variant",
		Doc:  "the choice of FoundationDB carries its cluster file, so that there is nothing to validate",
		With: catalog.With{"guard": "variant"},
	},
)
