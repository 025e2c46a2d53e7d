package invocation

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("invocation",
	"agents call one another: cycles and deep chains are refused, calls time out",
	New,
	catalog.Bug{
		Name: "deadline-for-start", Breaks: "TypeOK", Length: 3,
		Doc: "a call is stored with its deadline where its start belongs",
	},
	catalog.Bug{
		Name: "resume-on-sent-chain", Breaks: "NoDeadlock", Length: 8,
		Doc:  "after a timeout the caller goes on with the chain it sent, itself on it",
		With: catalog.With{"max-depth": "3", "timeout": "1"},
	},
	catalog.Bug{
		Name: "stale-directory", Breaks: "SingleActivationDuringCall", Length: 6,
		Doc:  "an idle agent is activated without looking whether it is active elsewhere",
		With: catalog.With{"nodes": "2"},
	},
	catalog.Bug{
		Name: "skip-depth-check", Breaks: "DepthBounded", Length: 8,
		Doc:  "calls are made however long their chain is",
		With: catalog.With{"agents": "3", "max-depth": "1"},
	},
	catalog.Bug{
		Name: "no-wait", Breaks: "BoundedPendingCalls", Length: 10,
		Doc: "a caller does not wait for the answer before it makes the next call",
	},
	catalog.Bug{
		Name: "skip-cycle-check", Breaks: "CycleDetectedEarly", Length: 6,
		Doc:  "a call is made although its target is on its chain",
		With: catalog.With{"max-depth": "3"},
	},
	catalog.Bug{
		Name: "lost-wakeup", Breaks: "WaiterHasOneCall", Length: 9,
		Doc: "a call that timed out is dropped without waking the caller",
	},
	catalog.Bug{
		Name: "direct-waits-only", Breaks: "NoWaitCycle", Length: 7,
		Doc:  "wait cycles are looked for between two agents only",
		With: catalog.With{"agents": "3", "refuse-wait-cycles": "true"},
	},
	catalog.Bug{
		Name: "match-by-chain", Breaks: "NoStaleReply", Length: 9,
		Doc:  "an answer is matched to a call by its chain, which a second call shares",
		With: catalog.With{"timeout": "1", "match-replies": "true"},
	},
	catalog.Bug{
		Name: "hope-for-answers", Breaks: "CallsEventuallyComplete", Length: 5,
		Doc:  "claim that calls come to an end: another agent can come and go for ever meanwhile",
		With: catalog.With{"max-time": "20"},
	},
	catalog.Bug{
		Name: "hope-to-resume", Breaks: "WaitingAgentsResume", Length: 5,
		Doc:  "claim that who waits goes on in the end",
		With: catalog.With{"max-time": "20"},
	},
	catalog.Bug{
		Name: "half-deactivate", Breaks: "IdleIsFree", Length: 3,
		Doc: "an agent is taken off its node, and goes on working",
	},
	catalog.Bug{
		Name: "forget-serving", Breaks: "ServingIsKnown", Length: 5,
		Doc:  "a call is taken up, and not noted",
		With: catalog.With{"match-replies": "true"},
	},
	catalog.Bug{
		Name: "interrupt", Breaks: "CallerWaits", Length: 6,
		Doc:  "a call is taken up by an agent that waits for an answer",
		With: catalog.With{"match-replies": "true"},
	},
	catalog.Fix{
		Name: "refuse-wait-cycles",
		Doc:  "agents that would wait for one another are refused, not left to time out",
		With: catalog.With{"max-time": "10", "refuse-wait-cycles": "true"},
	},
	catalog.Fix{
		Name: "match-replies",
		Doc:  "an agent answers the call that it is serving, and no other",
		With: catalog.With{"max-time": "10", "match-replies": "true"},
	},
)
