package activation

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("activation",
	"optimistic claim of one actor by several nodes: read, then compare and swap",
	New,
	catalog.Bug{
		Name: "stale-commit", Breaks: "SingleActivation", Length: 7,
		Doc: "a claim that read version 0 commits whatever the record says by now",
	},
	catalog.Bug{
		Name: "version-only", Breaks: "SingleActivation", Length: 7,
		Doc: "a claim commits when the version is unchanged, without a look at the holder",
	},
	catalog.Bug{
		Name: "holder-only", Breaks: "ClaimIsCurrent", Length: 8,
		Doc: "a claim commits when the actor is free, though the record has changed since it was read",
	},
	catalog.Bug{
		Name: "keep-running", Breaks: "ConsistentHolder", Length: 5,
		Doc: "a node frees the record and leaves the actor running",
	},
	catalog.Bug{
		Name: "delete-record", Breaks: "ChangeRaisesVersion", Length: 5,
		Doc: "a release deletes the record, and its version starts again from 0",
	},
	catalog.Bug{
		Name: "remember-next", Breaks: "TypeOK", Length: 3,
		Doc: "a claim remembers the version it is going to write instead of the one it read",
	},
	catalog.Bug{
		Name: "forgotten-commit", Breaks: "EventualActivation", Length: 3,
		Doc: "a node that has read the record may never get round to its commit",
	},
	catalog.Bug{
		Name: "lost-answer", Breaks: "HolderRuns", Length: 4,
		Doc: "a commit whose answer is lost is given up by the node, and not by the registry",
	},
)
