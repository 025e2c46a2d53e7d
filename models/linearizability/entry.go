package linearizability

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("linearizability",
	"a directory of actors, and the history of answers that its clients saw",
	New,
	catalog.Bug{
		Name: "owner-from-one", Breaks: "TypeOK", Length: 5,
		Doc: "a read counts nodes from one, where everybody else counts from zero",
	},
	catalog.Bug{
		Name: "replica-read", Breaks: "ReadYourWrites", Length: 5,
		Doc: "a read may be served by a replica that has not heard of the claim",
	},
	catalog.Bug{
		Name: "replica-reread", Breaks: "MonotonicReads", Length: 7,
		Doc: "a client that reads again may be served by a replica that lags",
	},
	catalog.Bug{
		Name: "dispatch-unowned", Breaks: "DispatchConsistency", Length: 3,
		Doc: "a dispatch is accepted without looking for an owner",
	},
	catalog.Bug{
		Name: "half-release", Breaks: "OwnershipConsistency", Length: 5,
		Doc: "a release clears the node and forgets the client",
	},
	catalog.Bug{
		Name: "answer-twice", Breaks: "AnsweredOnce", Length: 3,
		Doc: "an operation that was answered stays pending, and takes effect again",
	},
	catalog.Bug{
		Name: "claim-unseen", Breaks: "SequentialPerActor", Length: 5,
		Doc: "a claim is granted on an ownership that was read too early to see the owner",
	},
	catalog.Bug{
		Name: "lost-read", Breaks: "EventualCompletion", Length: 2,
		Doc: "a read may never be answered",
	},
	catalog.Bug{
		Name: "lost-claim", Breaks: "EventualClaim", Length: 2,
		Doc: "a claim may never be answered",
	},
	catalog.Bug{
		Name: "forget-number", Breaks: "NumberedApart", Length: 5,
		Doc: "an answer is recorded without the number of its operation",
	},
	catalog.Bug{
		Name: "uncounted-release", Breaks: "ChangesAreCounted", Length: 5,
		Doc: "a release does not count as a change",
	},
)
