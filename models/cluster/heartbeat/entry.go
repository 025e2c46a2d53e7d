package heartbeat

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("cluster/heartbeat",
	"numbered heartbeats of a node that restarts, and a tracker that may mark it as failed",
	New,
	catalog.Bug{
		Name: "one-sequence", Breaks: "LiveNodeNotFailed", Length: 9,
		Doc: "a node that restarts counts from 0, and the tracker goes on from where it was",
	},
	catalog.Bug{
		Name: "reset-sequence", Breaks: "NoStaleLife", Length: 7,
		Doc: "registering anew forgets the last number, so that an old heartbeat counts again",
	},
	catalog.Bug{
		Name: "accept-any", Breaks: "NoStaleLife", Length: 4,
		Doc: "numbers are not compared, and an old heartbeat is as good as a new one",
	},
	catalog.Bug{
		Name: "only-repeats", Breaks: "NoStaleLife", Length: 4,
		Doc: "a heartbeat is dropped if it is the last one again, and one that was overtaken counts",
	},
	catalog.Fix{
		Name: "incarnation",
		Doc:  "each life of a node has a number, which counts before the sequence (the default)",
	},
)
