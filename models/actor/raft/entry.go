package raft

import "github.com/muster-mc/muster/catalog"

// Model is the model on the command line. An Entry is one of a log here.
var Model = catalog.Define("actor/raft",
	"Raft with servers that crash and forget (give --max-depth)",
	New,
	catalog.Bug{
		Name: "nothing-durable", Breaks: "ElectionSafety", Length: 9,
		Doc: "nothing survives a crash (the default)",
	},
	catalog.Bug{
		Name: "commit-alone", Breaks: "StateMachineSafety", Length: 9, With: catalog.With{"durable": "true"},
		Doc: "a leader delivers an entry when the entry is in its own log",
	},
)
