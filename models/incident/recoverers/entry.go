package recoverers

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("incident/recoverers",
	"two recoverers that put back the same task, the second one while a worker runs it (asynq)",
	New,
	catalog.Bug{
		Name: "put-back-by-id", Breaks: "OneWorker", Length: 10,
		Doc: "a recoverer puts back what it has listed if a task of that id is active, whoever has its lease now",
	},
	catalog.Fix{
		Name: "put-back-by-attempt",
		Doc:  "a recoverer puts back only the attempt that it has listed (the default)",
	},
)
