package jobs

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("queue", "a bounded job queue with at-least-once delivery", New,
	catalog.Bug{
		Name: "acknowledge-first", Breaks: "NoJobIsLost", Length: 4,
		Doc: "a consumer acknowledges a job when it takes it, and then crashes",
	},
	catalog.Bug{
		Name: "no-key", Breaks: "NoEffectTwice", Length: 7,
		Doc: "a job is not stored under a key, so a second run takes effect too",
	},
	catalog.Bug{
		Name: "forget-taken", Breaks: "WithinCapacity", Length: 5, With: catalog.With{"capacity": "1"},
		Doc: "a job that was taken gives its place away, and comes back",
	},
)
