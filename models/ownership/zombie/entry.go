package zombie

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("ownership/zombie",
	"a node that loses its lease goes on running the actor, until a guard stops it",
	New,
	catalog.Bug{
		Name: "no-guard", Breaks: "SingleActivation", Length: 5,
		Doc:  "the registry hands the actor on when its lease has run out, and nothing stops the old node",
		With: catalog.With{"guard": "none"},
	},
	catalog.Bug{
		Name: "tokens-only", Breaks: "SingleActivation", Length: 5,
		Doc:  "the storage compares tokens, but the old node goes on serving",
		With: catalog.With{"guard": "tokens"},
	},
	catalog.Bug{
		Name: "unchecked-write", Breaks: "NoStaleWrite", Length: 6,
		Doc: "a node looks at its lease when it takes a request, and not again when it writes",
	},
	catalog.Bug{
		Name: "clock-only", Breaks: "FencingMonotonic", Length: 9,
		Doc:  "the node looks at its lease when it sends a write, and the storage takes it whenever it comes",
		With: catalog.With{"guard": "clock", "delays": "true"},
	},
	catalog.Bug{
		Name: "unregister-unowned", Breaks: "SingleActivation", Length: 7,
		Doc: "a node that stops the actor clears the lease, even when it is another node's by now",
	},
	catalog.Bug{
		Name: "unheard-renewal", Breaks: "GrantIsHeard", Length: 4,
		Doc: "a renewal reaches the registry, and the node goes on with the old end",
	},
	catalog.Bug{
		Name: "keep-lease", Breaks: "StoppedIsGivenBack", Length: 3,
		Doc: "a node stops the actor and leaves the lease to run out",
	},
	catalog.Fix{
		Name: "self-fencing",
		Doc:  "a node acts only while its own copy of the lease has not run out",
		With: catalog.With{"guard": "clock"},
	},
	catalog.Fix{
		Name: "both",
		Doc:  "besides, the storage refuses tokens older than the newest one",
		With: catalog.With{"guard": "both"},
	},
	catalog.Fix{
		Name: "both-with-delays",
		Doc:  "the storage's guard also covers what the node's cannot: writes that arrive late",
		With: catalog.With{"guard": "both", "delays": "true"},
	},
)
