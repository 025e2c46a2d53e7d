package scheduler

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("incident/scheduler",
	"an event that is lost while several pods are on their way back to a queue (Kubernetes)",
	New,
	catalog.Bug{
		Name: "event-as-flag", Breaks: "NoPodMissesTheRoom", Length: 5,
		Doc: "a flag says that an event came, and is taken down when the next pod is tried",
	},
	catalog.Fix{
		Name: "event-by-cycle",
		Doc:  "the event keeps the number of the last cycle, and each pod that of its own (the default)",
	},
)
