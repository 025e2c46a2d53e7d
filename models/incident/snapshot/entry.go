package snapshot

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("incident/snapshot",
	"a follower that is sent the same snapshot for ever (hashicorp/raft)",
	New,
	catalog.Bug{
		Name: "keep-conflict", Breaks: "FollowerCatchesUp", Length: 9,
		Doc: "a follower keeps its entries when it installs a snapshot, the conflicting ones too",
	},
	catalog.Fix{
		Name: "drop-conflict",
		Doc:  "a follower drops its log if the last entry of the snapshot conflicts with it (the default)",
	},
)
