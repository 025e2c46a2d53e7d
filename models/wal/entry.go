package wal

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("wal",
	"a write-ahead log: append, complete or fail, clean up, and recovery after a crash",
	New,
	catalog.Bug{
		Name: "full-by-one", Breaks: "TypeOK", Length: 4,
		Doc:  "the test for a full log is off by one",
		With: catalog.With{"clients": "2"},
	},
	catalog.Bug{
		Name: "redo-wrong-field", Breaks: "Durability", Length: 5,
		Doc: "recovery writes the request's key where its data belong",
	},
	catalog.Bug{
		Name: "no-flush", Breaks: "Durability", Length: 5,
		Doc:  "an entry is marked completed before the store has flushed its effect",
		With: catalog.With{"cache": "true"},
	},
	catalog.Bug{
		Name: "no-key-check", Breaks: "Idempotency", Length: 3,
		Doc:  "a retried request is logged without a look at its key",
		With: catalog.With{"retries": "true"},
	},
	catalog.Bug{
		Name: "mark-only", Breaks: "AtomicVisibility", Length: 3,
		Doc: "an entry is marked completed and nothing is written",
	},
	catalog.Bug{
		Name: "truncate-tail", Breaks: "NothingVanishes", Length: 4,
		Doc: "recovery takes a pending last entry for a torn write and cuts it off",
	},
	catalog.Bug{
		Name: "forget-keys", Breaks: "AcceptedOnce", Length: 5,
		Doc:  "keys are looked for in the log only, and cleanup has removed the entry",
		With: catalog.With{"retries": "true"},
	},
	catalog.Bug{
		Name: "idle-server", Breaks: "EventualCompletion", Length: 2,
		Doc: "nobody sees to it that what is pending is completed or fails",
	},
	catalog.Bug{
		Name: "stay-down", Breaks: "ProgressUnderCrash", Length: 2,
		Doc: "the server may stay down for ever",
	},
	catalog.Bug{
		Name: "endless-recovery", Breaks: "EventualRecovery", Length: 3,
		Doc: "recovery may never come to its end",
	},
	catalog.Bug{
		Name: "favourite", Breaks: "NoStarvation", Length: 2,
		Doc:  "only the first client's entries are worked off",
		With: catalog.With{"clients": "2", "entries": "1", "operations": "1"},
	},
	catalog.Bug{
		Name: "number-by-length", Breaks: "NumberedApart", Length: 6,
		Doc: "an entry is numbered by its place in the log, which cleanup gives to another one",
	},
	catalog.Bug{
		Name: "keep-key", Breaks: "KeysAreSpent", Length: 2,
		Doc: "a client gives its next request the key of the last one, which is then taken for a repetition",
	},
	catalog.Bug{
		Name: "fail-late", Breaks: "EntriesStay", Length: 4,
		Doc: "a request that times out is marked as failed, although it was completed meanwhile",
	},
	catalog.Bug{
		Name: "write-only", Breaks: "WriteIsMarked", Length: 3,
		Doc: "the effect is written and the mark is forgotten",
	},
	catalog.Fix{
		Name: "remember-keys",
		Doc:  "clients retry, and the log remembers how far each of them has come",
		With: catalog.With{"retries": "true"},
	},
	catalog.Fix{
		Name: "flush-first",
		Doc:  "the store has a cache, and an entry is completed only when it is flushed",
		With: catalog.With{"cache": "true"},
	},
)
