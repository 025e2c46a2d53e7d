package lease

import "github.com/muster-mc/muster/catalog"

// Entry is the model on the command line.
var Entry = catalog.Define("lease",
	"leases with expiry, skewed clocks, crashes, false suspicion and fencing tokens",
	New,
	catalog.Bug{
		Name: "no-check", Breaks: "LeaseUniqueness", Length: 3,
		Doc: "an acquisition does not wait for the answer to whether the lease is free",
	},
	catalog.Bug{
		Name: "rob-suspect", Breaks: "LeaseUniqueness", Length: 4,
		Doc: "a valid lease is taken from a node that is only suspected",
	},
	catalog.Bug{
		Name: "renew-unowned", Breaks: "NoTakeover", Length: 3,
		Doc: "a renewal does not look whose lease it renews",
	},
	catalog.Bug{
		Name: "renew-from-expiry", Breaks: "LeaseValidityBounds", Length: 3,
		Doc: "a renewal adds to the old expiry, so that renewals pile up",
	},
	catalog.Bug{
		Name: "keep-belief", Breaks: "BeliefConsistency", Length: 3,
		Doc: "a node gives its lease back and goes on as if it had it",
	},
	catalog.Bug{
		Name: "half-release", Breaks: "TypeOK", Length: 3,
		Doc: "a release clears the holder and leaves the expiry",
	},
	catalog.Bug{
		Name: "reset-token", Breaks: "FencingTokenMonotonic", Length: 3,
		Doc: "a release deletes the whole record, and tokens start again from 1",
	},
	catalog.Bug{
		Name: "early-handover", Breaks: "GracePeriodRespected", Length: 3,
		Doc: "a lease is given away in its grace period instead of after it",
	},
	catalog.Bug{
		Name: "wait-for-release", Breaks: "ExpiredLeaseClaimable", Length: 4,
		Doc: "a lease that has expired is not given away until its holder releases it",
	},
	catalog.Bug{
		Name: "stale-clock", Breaks: "ClockSkewSafety", Length: 5,
		Doc: "a node that restarts goes on with the clock it had when it crashed",
	},
	catalog.Bug{
		Name: "no-margin", Breaks: "LeaseUniqueness", Length: 6,
		Doc:  "a node whose clock may be slow uses its lease to the last tick",
		With: catalog.With{"slow-clocks": "true"},
	},
	catalog.Bug{
		Name: "no-fencing", Breaks: "NoStaleWrite", Length: 9,
		Doc:  "the storage takes every write, whatever its token",
		With: catalog.With{"writes": "true"},
	},
	catalog.Bug{
		Name: "nobody-asks", Breaks: "EventualLeaseResolution", Length: 7,
		Doc:  "a free lease may never be asked for, so that nothing corrects a holder whose clock is slow",
		With: catalog.With{"nodes": "1", "slow-clocks": "true", "grace": "0"},
	},
	catalog.Bug{
		Name: "grudge", Breaks: "FalseSuspicionRecovery", Length: 7,
		Doc: "a suspicion may never be dropped, though the node is up",
	},
	catalog.Bug{
		Name: "unheard-renewal", Breaks: "GrantIsHeard", Length: 4,
		Doc: "a renewal reaches the registry, and the node goes on with the old end",
	},
	catalog.Fix{
		Name: "margin",
		Doc:  "clocks may be slow, but holders stop a grace period early that covers the skew",
		With: catalog.With{"slow-clocks": "true"},
	},
	catalog.Fix{
		Name: "fencing",
		Doc:  "writes may arrive late, but the storage compares tokens",
		With: catalog.With{"writes": "true", "max-token": "2"},
	},
)
