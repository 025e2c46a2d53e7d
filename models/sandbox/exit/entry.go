package exit

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("sandbox/exit",
	"a process ends on its own, and its host records it",
	New,
	catalog.Bug{
		Name: "never-reap", Breaks: "StateAgreement", Length: 2,
		Doc: "nobody waits for the process, and it is recorded as running until it is stopped",
	},
	catalog.Bug{
		Name: "reap-only", Breaks: "StateAgreement", Length: 3,
		Doc: "the process is waited for to be rid of it, and the record is not updated",
	},
	catalog.Bug{
		Name: "record-only", Breaks: "StoppedIsOver", Length: 3,
		Doc: "the exit is noticed and recorded, and nobody waits for the process",
	},
	catalog.Fix{
		Name: "reap",
		Doc:  "a task waits for the process and updates the record (the default)",
	},
)
