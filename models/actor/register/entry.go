package register

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("actor/register",
	"servers with a register each, and clients that write to one and read from the next",
	New,
	catalog.Bug{
		Name: "unstored", Breaks: "Linearizable", Length: 5,
		Doc: "a server answers a write and does not store it",
	},
	catalog.Bug{
		Name: "read-once", Breaks: "Linearizable", Length: 8,
		Doc: "a read takes the value out of the register",
	},
)
