package paxos

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("actor/paxos",
	"single-decree Paxos: three servers decide on one of the values that clients write",
	New,
	catalog.Bug{
		Name: "accept-lower", Breaks: "Linearizable", Length: 18,
		Doc: "a server accepts in a ballot lower than the one that it has promised",
	},
	catalog.Bug{
		Name: "own-value", Breaks: "Linearizable", Length: 18,
		Doc: "a leader proposes its own value, whatever others have accepted",
	},
)
