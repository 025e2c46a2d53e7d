package expiry

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("memory/expiry",
	"a memory of limited size whose items expire, counted byte by byte",
	New,
	catalog.Bug{
		Name: "stale-old-size", Breaks: "CapacityBound", Length: 6,
		Doc: "an expired item that is set again is subtracted twice: removed as expired, and again as replaced",
	},
	catalog.Bug{
		Name: "count-expired", Breaks: "ReportedSizeIsLive", Length: 4,
		Doc: "the size that is reported contains items that are expired",
	},
	catalog.Bug{
		Name: "no-prune", Breaks: "RoomForLive", Length: 4,
		Doc: "an item is refused because of expired ones, which nobody removes",
	},
	catalog.Bug{
		Name: "keep-age", Breaks: "SetIsYoung", Length: 4,
		Doc: "an item that is set again keeps the age of the one before",
	},
	catalog.Fix{
		Name: "recompute",
		Doc:  "expired items are removed first, and what is left under the key is subtracted then",
	},
)
