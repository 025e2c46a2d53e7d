package batch

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("storage/batch",
	"a transaction that buffers operations for a database with a limit",
	New,
	catalog.Bug{
		Name: "no-limit", Breaks: "BufferBounded", Length: 5,
		Doc: "operations are buffered without end, and the database refuses them at commit",
	},
	catalog.Bug{
		Name: "count-sets", Breaks: "BufferBounded", Length: 5,
		Doc: "the limit is checked, but deletions are not counted",
	},
	catalog.Bug{
		Name: "drop-deletes", Breaks: "AcceptedIsBuffered", Length: 2,
		Doc: "a deletion is accepted, and never buffered",
	},
	catalog.Fix{
		Name: "check-when-buffered",
		Doc:  "an operation beyond the limit is refused at once",
	},
)
