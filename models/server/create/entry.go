package create

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("server/create",
	"a server creates something, writes it to disk and tells the client, and may crash",
	New,
	catalog.Bug{
		Name: "reply-first", Breaks: "DurableOnSuccess", Length: 4,
		Doc: "the client is told before the write, which goes on in the background",
	},
	catalog.Bug{
		Name: "ignore-error", Breaks: "DurableOnSuccess", Length: 5,
		Doc: "an error of the storage is logged, and the client is told that all is well",
	},
	catalog.Bug{
		Name: "forget-disk", Breaks: "FoundWhenUp", Length: 6,
		Doc: "a server that restarts begins with an empty memory",
	},
	catalog.Bug{
		Name: "abort-all", Breaks: "AnswerStands", Length: 5,
		Doc: "after a crash every request counts as failed, those that were answered too",
	},
	catalog.Fix{
		Name: "persist-first",
		Doc:  "the client is told when the write has succeeded (the default)",
	},
)
