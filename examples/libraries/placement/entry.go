package placement

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("placement", "the hash ring of serialx/hashring in two routers, whose members change", New,
	catalog.Bug{
		Name: "shared-map", Breaks: "RingIsThatOfItsWeights",
		Doc: "a router changes the map of weights that it has given to the ring, and gives it the map again",
	},
	catalog.Bug{
		Name: "out-of-order", Breaks: "RoutersAgree",
		Doc: "changes of the membership overtake each other on their way to a router",
	},
	catalog.Bug{
		Name: "modulo", Breaks: "OnlyKeysOfTheChangeMove",
		Doc: "a router takes the key's number modulo the number of servers, instead of the ring",
	},
)
