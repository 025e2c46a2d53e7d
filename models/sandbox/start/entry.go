package start

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("sandbox/start",
	"a virtual machine is spawned, configured and started, and the start may be interrupted",
	New,
	catalog.Bug{
		Name: "no-guard", Breaks: "NoPartialConfig", Length: 3,
		Doc: "an interrupted start leaves its process behind, in a state that can be neither started nor stopped",
	},
	catalog.Bug{
		Name: "error-path-only", Breaks: "NoPartialConfig", Length: 3,
		Doc: "errors are cleaned up after, but a start that is cancelled never gets there",
	},
	catalog.Bug{
		Name: "keep-settings", Breaks: "StoppedIsClean", Length: 8,
		Doc: "a machine that is stopped leaves its settings to the next one",
	},
	catalog.Bug{
		Name: "never-done", Breaks: "RunningIsStarted", Length: 7,
		Doc: "the task that starts the machine is not told that it runs",
	},
	catalog.Fix{
		Name: "guard",
		Doc:  "a guard kills the process and resets the record, however the start ends (the default)",
	},
)
