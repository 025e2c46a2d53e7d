package shutdown

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("server/shutdown",
	"a server stops accepting requests, completes those it has, and stops",
	New,
	catalog.Bug{
		Name: "no-flag", Breaks: "NoAcceptAfterShutdown", Length: 3,
		Doc: "shutdown is announced to the workers, and nobody tells the door",
	},
	catalog.Bug{
		Name: "no-drain", Breaks: "AcceptedRequestsComplete", Length: 4,
		Doc: "the server waits for a fixed time, then stops whatever is still in flight",
	},
	catalog.Bug{
		Name: "check-then-queue", Breaks: "NoAcceptAfterShutdown", Length: 4,
		Doc: "the flag is read first, and the request queued later",
	},
	catalog.Bug{
		Name: "empty-queue", Breaks: "AcceptedIsNotRejected", Length: 4,
		Doc: "a server that stops sends away what is still in its queue",
	},
	catalog.Fix{
		Name: "flag-and-drain",
		Doc:  "the phase is checked as the request is queued, and the server stops when nothing is in flight (the default)",
	},
)
