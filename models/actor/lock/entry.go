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
		Name: "unlock-early", Breaks: "NothingIsLost", Length: 7,
		Doc: "a thread unlocks when it has read the counter, before it writes",
	},
)
