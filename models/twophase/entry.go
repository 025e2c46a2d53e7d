package twophase

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("twophase",
	"two-phase commit: resource managers agree to commit or abort (Lamport's TwoPhase)",
	New,
	catalog.Logs(Records),
	catalog.Bug{
		Name: "commit-early", Breaks: "Consistent", Length: 4,
		Doc: "the transaction manager commits before everyone is prepared",
	},
	catalog.Bug{
		Name: "break-promise", Breaks: "Consistent", Length: 10,
		Doc: "a resource manager aborts although it has promised to commit",
	},
	catalog.Bug{
		Name: "lost-commit", Breaks: "CommitReachesAll", Length: 8,
		Doc:  "nobody sends the decision to commit again when it was lost",
		With: catalog.With{"live": "true"},
	},
	catalog.Bug{
		Name: "lost-abort", Breaks: "AbortReachesAll", Length: 2,
		Doc:  "nobody sends the decision to abort again when it was lost",
		With: catalog.With{"live": "true"},
	},
)
