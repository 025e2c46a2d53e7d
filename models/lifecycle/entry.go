package lifecycle

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("lifecycle",
	"one virtual actor: activation on demand, a mailbox, deactivation when idle",
	New,
	catalog.Bug{
		Name: "invoke-any-state", Breaks: "NoResurrection", Length: 2,
		Doc: "calls are accepted whatever the actor's phase",
	},
	catalog.Bug{
		Name: "invoke-activating", Breaks: "LifecycleOrdering", Length: 3,
		Doc: "calls are accepted while the actor is still being activated",
	},
	catalog.Bug{
		Name: "invoke-deactivating", Breaks: "NoNewInvokesWhileDeactivating", Length: 8,
		Doc: "calls are accepted while the actor is being deactivated",
	},
	catalog.Bug{
		Name: "deactivate-pending", Breaks: "GracefulDeactivation", Length: 5,
		Doc:  "deactivation does not look whether messages wait; it matters only where the idle time does not see to it",
		With: catalog.With{"idle-timeout": "0"},
	},
	catalog.Bug{
		Name: "invoke-and-deactivate", Breaks: "NoResurrection", Length: 2,
		Doc: "invoke-any-state and deactivate-pending together",
	},
	catalog.Bug{
		Name: "impatient", Breaks: "IdleTimeoutRespected", Length: 4,
		Doc: "an actor is deactivated before it has been idle for long enough",
	},
	catalog.Bug{
		Name: "discard-mailbox", Breaks: "NothingDropped", Length: 5,
		Doc:  "deactivation empties the mailbox instead of waiting until it is empty",
		With: catalog.With{"idle-timeout": "0"},
	},
	catalog.Bug{
		Name: "one-too-many", Breaks: "TypeOK", Length: 6,
		Doc: "a full mailbox takes one more message",
	},
	catalog.Bug{
		Name: "stuck-activation", Breaks: "EventualActivation", Length: 2,
		Doc: "an activation may never be completed",
	},
	catalog.Bug{
		Name: "hope-to-go", Breaks: "EventualDeactivation", Length: 9,
		Doc: "claim that an actor which was idle for long enough goes away: a message can always come in between",
	},
	catalog.Bug{
		Name: "hope-to-rest", Breaks: "MessageProgress", Length: 6,
		Doc: "claim that the mailbox is empty from time to time: messages can come as fast as they are worked off",
	},
)
