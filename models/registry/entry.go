package registry

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("registry",
	"a cluster's registry: heartbeats, failure detection, placements and stale caches",
	New,
	catalog.Bug{
		Name: "skip-both", Breaks: "PlacementConsistency", Length: 6,
		Doc:  "a claim looks neither at the node's status nor at whether it is up",
		With: catalog.With{"actors": "1", "max-heartbeat-miss": "1"},
	},
	catalog.Bug{
		Name: "skip-status", Breaks: "PlacementConsistency", Length: 5,
		Doc:  "a claim does not look at the node's status, and a failed node that lives on makes one",
		With: catalog.With{"actors": "1", "max-heartbeat-miss": "1", "heartbeat-loss": "true"},
	},
	catalog.Bug{
		Name: "overwrite", Breaks: "NoTakeover", Length: 3,
		Doc: "a claim does not look whether the actor is placed already",
	},
	catalog.Bug{
		Name: "claim-unasked", Breaks: "ClaimIsPlaced", Length: 2,
		Doc: "a node takes an actor for its own, and does not tell the registry",
	},
	catalog.Bug{
		Name: "overcount", Breaks: "TypeOK", Length: 5,
		Doc: "the count of missed heartbeats runs past its bound by one",
	},
	catalog.Bug{
		Name: "keep-running", Breaks: "SingleActivation", Length: 7,
		Doc:  "a node whose heartbeats get no answer keeps its actors running",
		With: catalog.With{"actors": "1", "heartbeat-loss": "true"},
	},
	catalog.Bug{
		Name: "sleepy-detector", Breaks: "EventualFailureDetection", Length: 4,
		Doc: "the registry counts missed heartbeats, and may never act on them",
	},
	catalog.Bug{
		Name: "sticky-cache", Breaks: "EventualCacheInvalidation", Length: 2,
		Doc: "nobody sees to it that caches are put right",
	},
	catalog.Bug{
		Name: "claim-unheard", Breaks: "ClaimIsHeard", Length: 2,
		Doc: "a claim is granted, and the node that made it is not told",
	},
	catalog.Fix{
		Name: "stop-unheard",
		Doc:  "heartbeats get lost, but a node that is not heard stops its actors before they are given away",
		With: catalog.With{"actors": "1", "heartbeat-loss": "true"},
	},
)
