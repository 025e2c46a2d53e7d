package dispatcher

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("runtime/dispatcher",
	"the task that serves all requests panics, and a supervisor starts it again",
	New,
	catalog.Bug{
		Name: "start-once", Breaks: "HonestIsRunning", Length: 3,
		Doc: "the task is started once, and that it was started passes for that it runs",
	},
	catalog.Bug{
		Name: "silent-end", Breaks: "HonestIsRunning", Length: 5,
		Doc:  "after the last restart the supervisor gives up, and the runtime does not say so",
		With: catalog.With{"restarts": "1"},
	},
	catalog.Fix{
		Name: "supervise",
		Doc:  "the task is restarted a limited number of times, and then reported as down (the default)",
	},
)
