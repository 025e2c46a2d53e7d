package fence

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("fence", "a lock with leases, and a storage with fencing tokens", New,
	catalog.Bug{
		Name: "no-fence", Breaks: "WritesNeverGoBack", Length: 7,
		Doc: "the storage accepts whatever token a write carries",
	},
	catalog.Bug{
		Name: "blind-release", Breaks: "OnlyTheHolderEndsALease", Length: 6,
		Doc: "a client releases the lock without a look at who holds it",
	},
	catalog.Bug{
		Name: "no-expiry", Breaks: "OneHolderAtATime", Length: 4,
		Doc: "a lease runs out, and its holder keeps the lock",
	},
)
