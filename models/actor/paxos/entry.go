package paxos

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("actor/paxos",
	"TODO",
	New,
)
