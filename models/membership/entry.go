package membership

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("membership",
	"cluster membership: join, leave, heartbeats, partitions, a primary elected with terms",
	New,
	catalog.Bug{
		Name: "no-quorum", Breaks: "NoSplitBrain", Length: 8,
		Doc: "a node elects itself without a majority and without a new term, and no primary ever gives way",
	},
	catalog.Bug{
		Name: "keep-view", Breaks: "JoinAtomicity", Length: 4,
		Doc: "a node that has left keeps its view of the cluster",
	},
	catalog.Bug{
		Name: "local-number", Breaks: "MembershipConsistency", Length: 9,
		Doc:  "a node numbers its new view from its own last one, and so does another node",
		With: catalog.With{"max-view": "4", "unique-numbers": "true"},
	},
	catalog.Bug{
		Name: "silent-strike", Breaks: "MembershipConsistency", Length: 8,
		Doc:  "a node strikes a member that it suspects, and keeps the view number",
		With: catalog.With{"max-view": "4", "unique-numbers": "true"},
	},
	catalog.Bug{
		Name: "unchecked-number", Breaks: "TypeOK", Length: 6,
		Doc:  "a view number runs past its bound when a member is struck",
		With: catalog.With{"nodes": "2", "max-view": "2"},
	},
	catalog.Bug{
		Name: "silent-recovery", Breaks: "LeaveDetectionWeak", Length: 9,
		Doc:  "a failed node comes back while others still list it",
		With: catalog.With{"announce-recovery": "true"},
	},
	catalog.Bug{
		Name: "hope-to-converge", Breaks: "EventualMembershipConvergence", Length: 8,
		Doc:  "claim that all views are the same in the end: nodes may send heartbeats for ever instead",
		With: catalog.With{"nodes": "2"},
	},
	catalog.Bug{
		Name: "modest-founder", Breaks: "FounderLeads", Length: 2,
		Doc: "the first node waits for an election that needs a second one",
	},
	catalog.Bug{
		Name: "lead-while-leaving", Breaks: "PrimaryIsActive", Length: 3,
		Doc: "a primary that leaves goes on believing that it is one",
	},
	catalog.Bug{
		Name: "keep-term", Breaks: "FailedIsBlank", Length: 7,
		Doc:  "a node that was declared failed remembers its term",
		With: catalog.With{"nodes": "2"},
	},
	catalog.Bug{
		Name: "rejoin-at-once", Breaks: "StatusFollows", Length: 8,
		Doc:  "a failed node asks to be let in before it has gone",
		With: catalog.With{"nodes": "2"},
	},
	catalog.Bug{
		Name: "silent-departure", Breaks: "ChangesAreNumbered", Length: 6,
		Doc:  "a departure does not change the number of the view",
		With: catalog.With{"nodes": "2"},
	},
)
