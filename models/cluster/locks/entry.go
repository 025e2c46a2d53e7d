package locks

import (
	"github.com/muster-mc/muster/catalog"
)

// Entry is the model on the command line.
var Entry = catalog.Define("cluster/locks",
	"operations of a registry that take two locks one after the other",
	New,
	catalog.Bug{
		Name: "crossed-order", Breaks: "Deadlock", Length: 3,
		Doc: "heartbeats lock the tracker, then the nodes; registration does it the other way round",
	},
	catalog.Fix{
		Name: "same-order",
		Doc:  "everybody locks the nodes first (the default)",
	},
)
