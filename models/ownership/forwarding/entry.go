package forwarding

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("ownership/forwarding",
	"two nodes look for an actor, both find it nowhere, and one is faster to claim it",
	New,
	catalog.Bug{
		Name: "fail-on-existing", Breaks: "NoSpuriousError", Length: 5,
		Doc: "a claim that comes second ends in an error, although the actor is running",
	},
	catalog.Bug{
		Name: "claim-unchecked", Breaks: "SingleActivation", Length: 5,
		Doc: "a claim relies on the look-up before it and does not look again",
	},
	catalog.Fix{
		Name: "forward",
		Doc:  "a claim that comes second sends its request to the node that came first",
	},
)
