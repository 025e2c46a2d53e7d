package limiter

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("limiter", "rate.Limiter of golang.org/x/time, called in every order", New,
	catalog.Bug{
		Name: "new-limiter", Breaks: "WithinTheRate",
		Doc: "a service that reads its configuration anew makes a new limiter, whose bucket is full",
	},
	catalog.Bug{
		Name: "charge-refused", Breaks: "EachRefusalIsRight",
		Doc: "a hull refuses what would have to wait, and does not cancel the reservation",
	},
)
