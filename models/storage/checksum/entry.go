package checksum

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("storage/checksum",
	"a snapshot that changes in the store, and the checksum that should tell",
	New,
	catalog.Bug{
		Name: "short-checksum", Breaks: "SnapshotIntegrity", Length: 3,
		Doc: "the checksum has so few values that other data have the same one",
	},
	catalog.Bug{
		Name: "data-only", Breaks: "SnapshotIntegrity", Length: 3,
		Doc: "the checksum does not cover the metadata",
	},
	catalog.Fix{
		Name: "digest",
		Doc:  "a digest of data and metadata that no other snapshot shares",
	},
)
