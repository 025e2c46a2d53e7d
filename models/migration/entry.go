package migration

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("migration",
	"an actor moves to another node (prepare, transfer, complete) while nodes crash",
	New,
	catalog.Bug{
		Name: "skip-transfer", Breaks: "MigrationAtomicity", Length: 5,
		Doc: "the migration goes on although no state was handed over",
	},
	catalog.Bug{
		Name: "recover-empty", Breaks: "NoStateLoss", Length: 5,
		Doc: "a target that recovers an actor does not read its state from storage",
	},
	catalog.Bug{
		Name: "keep-serving", Breaks: "SingleActivationDuringMigration", Length: 5,
		Doc: "the source is not told to stop the actor when its migration starts",
	},
	catalog.Bug{
		Name: "drop-failed", Breaks: "MigrationRollback", Length: 4,
		Doc: "a failed migration takes the actor out of the registry and forgets to have it recovered",
	},
	catalog.Bug{
		Name: "clear-first", Breaks: "TypeInvariant", Length: 5,
		Doc: "the record of the migration is cleared before the new owner is read from it",
	},
	catalog.Bug{
		Name: "restart-resumes", Breaks: "OneInstance", Length: 7,
		Doc:  "a node that comes back runs the actors it finds registered to it, even those on the move",
		With: catalog.With{"instances": "true"},
	},
	catalog.Bug{
		Name: "volatile-copy", Breaks: "ArrivedWithState", Length: 6,
		Doc:  "the target acknowledges the state before it is on its disk",
		With: catalog.With{"instances": "true"},
	},
	catalog.Bug{
		Name: "stale-receipt", Breaks: "ArrivedWithState", Length: 12,
		Doc:  "a second attempt skips the transfer because the first one left a receipt",
		With: catalog.With{"instances": "true", "rollback": "true"},
	},
	catalog.Bug{
		Name: "ignore-dead-target", Breaks: "NeverStranded", Length: 3,
		Doc:  "only the source's death ends a migration, so a dead target strands it",
		With: catalog.With{"rollback": "true"},
	},
	catalog.Bug{
		Name: "hope-to-arrive", Breaks: "EventualMigrationCompletion", Length: 5,
		Doc: "claim that a migration ends: its target can be the last node to crash",
	},
	catalog.Bug{
		Name: "hope-for-owner", Breaks: "EventualRecovery", Length: 5,
		Doc: "claim that a lost actor finds an owner as long as a node is up: the last one may go down too",
	},
	catalog.Bug{
		Name: "hope-for-one", Breaks: "SomeMigrationCompletes", Length: 3,
		Doc: "claim that some actor migrates: all nodes can crash before",
	},
	catalog.Bug{
		Name: "hope-for-all", Breaks: "SomeRecoveryHappens", Length: 5,
		Doc: "claim that a lost actor finds an owner",
	},
	catalog.Bug{
		Name: "silent-failure", Breaks: "FailureIsFollowed", Length: 4,
		Doc: "a migration that failed is marked so, and nobody is asked to recover the actor",
	},
	catalog.Bug{
		Name: "old-address", Breaks: "EndsWithOwner", Length: 5,
		Doc: "the target runs the actor, and the registry goes on naming the source",
	},
	catalog.Fix{
		Name: "rollback",
		Doc:  "a dead end on either side makes the coordinator give up, and the source gets the actor back",
		With: catalog.With{"rollback": "true", "instances": "true"},
	},
)
