package prevote

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("incident/prevote",
	"two nodes with Pre-Vote that never elect a leader (etcd)",
	New,
	catalog.Bug{
		Name: "drop-lower-term", Breaks: "ALeaderIsElected", Length: 6,
		Doc: "a pre-vote of a lower term is dropped without an answer",
	},
	catalog.Fix{
		Name: "answer-lower-term",
		Doc:  "a pre-vote of a lower term is rejected with the term of the node that rejects it (the default)",
	},
)
