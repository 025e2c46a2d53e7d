package txn

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("txn",
	"transactions that read from a snapshot and are validated at commit",
	New,
	catalog.Bug{
		Name: "no-conflict-detection", Breaks: "SerializableIsolation", Length: 7,
		Doc: "commit does not look at what the transaction read",
	},
	catalog.Bug{
		Name: "stop-at-first-key", Breaks: "ConflictDetection", Length: 8,
		Doc: "commit looks at the first key that the transaction read, and leaves the loop",
	},
	catalog.Bug{
		Name: "validate-writes", Breaks: "Serializable", Length: 9,
		Doc:  "commit looks at the keys that the transaction wrote: snapshot isolation, with its write skew",
		With: catalog.With{"serializable": "true"},
	},
	catalog.Bug{
		Name: "tear-commit", Breaks: "AtomicCommit", Length: 5,
		Doc: "commit installs the first write and loses the others",
	},
	catalog.Bug{
		Name: "forget-own-writes", Breaks: "ReadYourWrites", Length: 3,
		Doc: "a transaction does not look for a key among its own writes",
	},
	catalog.Bug{
		Name: "read-latest", Breaks: "SnapshotReads", Length: 5,
		Doc: "reads go to the store as it is now, not to the snapshot",
	},
	catalog.Bug{
		Name: "install-blanks", Breaks: "TypeOK", Length: 3,
		Doc: "commit copies the whole write buffer, keys that were not written included",
	},
	catalog.Bug{
		Name: "open-end", Breaks: "EventualTermination", Length: 2,
		Doc: "a transaction may stay open for ever",
	},
	catalog.Bug{
		Name: "hope-to-commit", Breaks: "EventualCommit", Length: 3,
		Doc: "claim that a transaction without a conflict commits: it can be aborted all the same",
	},
	catalog.Bug{
		Name: "install-only", Breaks: "CommitIsMarked", Length: 4,
		Doc: "commit installs the writes, and the transaction stays open",
	},
	catalog.Fix{
		Name: "serial-order",
		Doc:  "the rule that isolation is about, under which three transactions are as good as two",
		With: catalog.With{"transactions": "3", "keys": "1", "values": "2", "serializable": "true"},
	},
)
