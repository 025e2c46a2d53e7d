package httpapi

import "github.com/muster-mc/muster/catalog"

// small is the corrected protocol in the smallest size that shows a bug.
var small = catalog.With{"agents": "1", "tokens": "1", "max-operations": "2", "reserve": "true"}

// strict is the same with fingerprints, which matter for more than one agent.
var strict = catalog.With{
	"agents": "2", "tokens": "1", "max-operations": "1", "reserve": "true", "fingerprint": "true",
}

// single is the protocol as published with one client, which it serves well.
var single = catalog.With{"clients": "1", "agents": "1", "tokens": "1", "max-operations": "2"}

// Entry is the model on the command line. Its bugs are seeded into the
// corrected protocol: the default breaks its promise without any.
var Entry = catalog.Define("httpapi",
	"HTTP requests with idempotency tokens, and a server that crashes (broken as published)",
	New,
	catalog.Bug{
		Name: "crash-keeps-phase", Breaks: "TypeOK", Length: 4, With: small,
		Doc: "a crash drops the requests, and leaves their executions behind",
	},
	catalog.Bug{
		Name: "reserve-per-connection", Breaks: "IdempotencyGuarantee", Length: 7, With: small,
		Doc: "a token is reserved on its own connection only",
	},
	catalog.Bug{
		Name: "failures-not-kept", Breaks: "ExactlyOnceExecution", Length: 7, With: small,
		Doc: "only the answers of requests that succeeded are kept",
	},
	catalog.Bug{
		Name: "get-from-replica", Breaks: "ReadAfterWriteConsistency", Length: 7, With: small,
		Doc: "reads may be served by a replica that has not heard of the creation",
	},
	catalog.Bug{
		Name: "store-in-memory", Breaks: "AtomicOperation", Length: 5, With: small,
		Doc: "agents are lost in a crash, and the answers survive it",
	},
	catalog.Bug{
		Name: "cache-in-memory", Breaks: "DurableOnSuccess", Length: 5, With: small,
		Doc: "answers are lost in a crash, and the agents survive it",
	},
	catalog.Bug{
		Name: "resend-message", Breaks: "TokenExecutesOnce", Length: 7, With: strict,
		Doc: "a message is sent again although its token has an answer",
	},
	catalog.Bug{
		Name: "fingerprint-by-kind", Breaks: "AnswerFitsRequest", Length: 6, With: strict,
		Doc: "a token is thought to fit a request of the same kind for another agent",
	},
	catalog.Bug{
		Name: "unseen-request", Breaks: "EventualResponse", Length: 2, With: single,
		Doc: "a request may never be looked at",
	},
	catalog.Bug{
		Name: "stay-down", Breaks: "EventualRecovery", Length: 2, With: single,
		Doc: "a server that has crashed may stay down for ever",
	},
	catalog.Bug{
		Name: "record-without-client", Breaks: "ExecutionIsRecorded", Length: 4, With: small,
		Doc: "an execution is recorded without the client that asked for it",
	},
	catalog.Bug{
		Name: "ask-again", Breaks: "AnsweredIsOver", Length: 5, With: small,
		Doc: "a client does not take its request off its list when the answer comes",
	},
	catalog.Bug{
		Name: "fingerprint-of-answer", Breaks: "OwnRequestFits", Length: 6, With: strict,
		Doc: "a fingerprint is made when the answer is known, and partly of that",
	},
	catalog.Fix{
		Name: "reserve", With: small,
		Doc: "a request waits while another with its token is executed",
	},
	catalog.Fix{
		Name: "reserve-and-fingerprint", With: strict,
		Doc: "moreover, a token that comes with another request is rejected",
	},
)
