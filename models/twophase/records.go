package twophase

import "github.com/muster-mc/muster/conform"

// Records says how logs of a real two-phase commit are read: one file for the transaction
// manager, and one for each resource manager, whose number is the field rm.
//
//	{"msg": "prepared", "rm": 1}        a resource manager has promised to commit
//	{"msg": "committed", "rm": 1}       it has committed
//	{"msg": "aborted", "rm": 1}         it has aborted, of itself or because it was told to
//	{"msg": "told prepared", "rm": 1}   the transaction manager has heard of the promise
//	{"msg": "decided commit"}           it has decided
//	{"msg": "decided abort"}
//
// The processes share nothing but messages, so that one order of their records is tried.
func Records(c Config) conform.Log[State] {
	rm := conform.Args{"rm": conform.Field("rm")}
	return conform.Log[State]{
		Model: New(c),
		Records: map[string]conform.Record[State]{
			"prepared":       {Action: "RMPrepare", Args: rm},
			"committed":      {Action: "RMReceiveCommit", Args: rm},
			"told prepared":  {Action: "TMReceivePrepared", Args: rm},
			"decided commit": {Action: "TMCommit"},
			"decided abort":  {Action: "TMAbort"},
			"aborted": {Either: []conform.Record[State]{
				{Action: "RMChooseToAbort", Args: rm},
				{Action: "RMReceiveAbort", Args: rm},
			}},
		},
		Independent: true,
	}
}
