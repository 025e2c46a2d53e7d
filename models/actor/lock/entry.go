package lock

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("actor/lock",
	"threads that increment a shared counter under a lock",
	New,
	catalog.Bug{
		Name: "never-wait", Breaks: "OneHasTheLock", Length: 3,
		Doc: "a thread takes the lock although another has it",
	},
	catalog.Bug{
		Name: "never-read", Breaks: "NothingIsLost", Length: 8,
		Doc: "a thread takes the counter to be what it was at the start",
	},
)
