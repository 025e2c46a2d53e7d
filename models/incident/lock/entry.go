package lock

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("incident/lock",
	"a lock that is granted after its lease ended, and a write without a fencing token (etcd)",
	New,
	catalog.Bug{
		Name: "grant-unchecked", Breaks: "GrantedWithLease", Length: 4,
		Doc: "who has waited for the lock gets it, though the lease ended meanwhile",
	},
	catalog.Bug{
		Name: "no-fence", Breaks: "WritesInOrder", Length: 8,
		Doc: "the storage takes every write, whatever revision its lock had",
	},
	catalog.Fix{
		Name: "checked-and-fenced",
		Doc:  "the lease is looked at when the lock is granted, and the storage compares revisions (the default)",
	},
)
