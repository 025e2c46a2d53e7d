package timers

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("actor/timers",
	"actors with three timers each that ping each other (give --max-depth or --bound)",
	New,
	catalog.Bug{
		Name: "pong-twice", Breaks: "NoMorePongsThanPings", Length: 5,
		Doc: "a ping is answered twice",
	},
	catalog.Fix{
		Name: "bounded", With: catalog.With{"pingers": "2", "bound": "2"},
		Doc: "two actors send two pings each, which is a space with an end",
	},
)
