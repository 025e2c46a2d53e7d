package join

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("cluster/join",
	"nodes join a cluster, and ask one registry who runs an actor",
	New,
	catalog.Bug{
		Name: "join-stub", Breaks: "SingleActivation", Length: 5,
		Doc: "joining goes through the seed nodes, logs them, and leaves each node with a registry of its own",
	},
	catalog.Bug{
		Name: "local-fallback", Breaks: "SingleActivation", Length: 6,
		Doc: "a node that cannot reach the registry makes do with one of its own",
	},
	catalog.Bug{
		Name: "register-seed", Breaks: "RunsWhereRegistered", Length: 3,
		Doc: "a claim is entered under the name of the seed node through which it came",
	},
	catalog.Bug{
		Name: "keep-entry", Breaks: "ReleaseFrees", Length: 4,
		Doc: "a node stops the actor, and its entry in the registry stays",
	},
	catalog.Fix{
		Name: "shared-registry",
		Doc:  "one registry for all; who cannot reach it claims nothing (the default)",
	},
)
