package idempotency

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("storage/idempotency",
	"a request that its client sends twice under one key is logged once",
	New,
	catalog.Bug{
		Name: "find-then-append", Breaks: "Idempotency", Length: 5,
		Doc: "looking for the key and appending are two transactions",
	},
	catalog.Bug{
		Name: "answer-only", Breaks: "AnsweredIsLogged", Length: 3,
		Doc: "a copy is answered before its entry is in the log, and the entry is forgotten",
	},
	catalog.Fix{
		Name: "one-transaction",
		Doc:  "an entry is appended only if there is still none with its key",
	},
)
