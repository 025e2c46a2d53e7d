package pause

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("sandbox/pause",
	"a virtual machine is paused, resumed and stopped, and a record kept of it",
	New,
	catalog.Bug{
		Name: "drop-lock", Breaks: "StateAgreement", Length: 5,
		Doc: "the lock is dropped between the check and the record, and the machine is stopped meanwhile",
	},
	catalog.Bug{
		Name: "keep-wish", Breaks: "IdleWantsNothing", Length: 7,
		Doc: "what was asked for last stays, and is taken for what is asked for next",
	},
	catalog.Bug{
		Name: "record-twice", Breaks: "RecordedAsAsked", Length: 4,
		Doc: "a caller that has recorded its change is not taken off the list",
	},
	catalog.Fix{
		Name: "lock",
		Doc:  "one lock is held from the check to the record (the default)",
		With: catalog.With{"guard": "lock"},
	},
	catalog.Fix{
		Name: "transition",
		Doc:  "the record says that a change is under way, and refuses everything else until it ends",
		With: catalog.With{"guard": "transition"},
	},
)
