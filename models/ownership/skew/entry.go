package skew

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("ownership/skew",
	"leases that every node judges by its own clock, and clocks that are fast or slow",
	New,
	catalog.Bug{
		Name: "no-margin", Breaks: "LeaseUniqueness", Length: 5,
		Doc: "a lease is taken over as soon as it has run out by the next node's clock",
	},
	catalog.Bug{
		Name: "one-clock-margin", Breaks: "LeaseUniqueness", Length: 7,
		Doc: "the margin covers the error of one clock, and two are wrong",
	},
	catalog.Bug{
		Name: "claim-for-peer", Breaks: "HolderIsRegistered", Length: 2,
		Doc: "a claim that is relayed is registered under the name of the peer that relayed it",
	},
	catalog.Fix{
		Name: "margin",
		Doc:  "a lease is taken over only when twice the skew has gone by after its end",
		With: catalog.With{"margin": "2"},
	},
)
