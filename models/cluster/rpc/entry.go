package rpc

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("cluster/rpc",
	"calls over one connection, matched with their answers by an id",
	New,
	catalog.Bug{
		Name: "own-numbers", Breaks: "NoSpuriousFailure", Length: 3,
		Doc: "transport and migration each number their calls from 1, and share one table",
	},
	catalog.Bug{
		Name: "made-up-name", Breaks: "NoSpuriousFailure", Length: 2,
		Doc: "a connection that a peer opened is filed under its address, where nobody finds the peer",
	},
	catalog.Bug{
		Name: "reuse-ids", Breaks: "RightAnswer", Length: 5,
		Doc: "the id of a call that has timed out is given to the next call, and the late answer with it",
	},
	catalog.Bug{
		Name: "leave-entry", Breaks: "TableIsRight", Length: 3,
		Doc: "a call that has timed out stays in the table",
	},
	catalog.Fix{
		Name: "one-source",
		Doc:  "all calls over a connection take their ids from one counter (the default)",
	},
)
