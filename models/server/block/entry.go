package block

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("server/block",
	"requests append lines to a block, and the first one creates it",
	New,
	catalog.Bug{
		Name: "check-then-act", Breaks: "UniqueBlockPerLabel", Length: 5,
		Doc: "whether the block exists is asked first, and acted upon later",
	},
	catalog.Bug{
		Name: "write-back", Breaks: "NoLostLine", Length: 5,
		Doc: "the block is read, and written back whole with one more line",
	},
	catalog.Bug{
		Name: "append-unseen", Breaks: "LinesAreInABlock", Length: 3,
		Doc: "a line is appended to a block that nobody has created",
	},
	catalog.Fix{
		Name: "atomic",
		Doc:  "one operation appends to the block or creates it (the default)",
	},
)
