package replay

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("storage/replay",
	"a write-ahead log whose pending entries must be replayed after a crash, once",
	New,
	catalog.Bug{
		Name: "no-replay", Breaks: "EventualRecovery", Length: 7,
		Doc: "a server that starts again does not look into the log",
	},
	catalog.Bug{
		Name: "naive-replay", Breaks: "ExactlyOnce", Length: 6,
		Doc: "whatever is pending is applied, even if it was applied before the crash",
	},
	catalog.Bug{
		Name: "lazy-replay", Breaks: "LogIsWorkedOff", Length: 4,
		Doc: "recovery may leave entries lying for ever",
	},
	catalog.Bug{
		Name: "stay-closed", Breaks: "OpensAgain", Length: 3,
		Doc: "a server that has recovered may never take requests again",
	},
	catalog.Fix{
		Name: "idempotent-replay",
		Doc:  "the store keeps what it has applied, and a replay leaves that alone",
		With: catalog.With{"recovery": "idempotent"},
	},
	catalog.Fix{
		Name: "one-transaction",
		Doc:  "a request is applied and its entry marked in one transaction",
		With: catalog.With{"recovery": "atomic"},
	},
)
