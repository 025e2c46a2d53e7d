package abd

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("actor/abd",
	"a register on several servers, a majority of which stores every value",
	New,
	catalog.Bug{
		Name: "half", Breaks: "Linearizable", Length: 5,
		Doc: "half of the servers count as a majority",
	},
	catalog.Bug{
		Name: "local-read", Breaks: "Linearizable", Length: 9,
		Doc:  "a read is answered with the value of the server that is asked",
		With: catalog.With{"clients": "1", "servers": "3"},
	},
)
