package cluster

import (
	"flag"
	"testing"

	"example.com/etcdraft/lib"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
	"github.com/muster-mc/muster/inplace"
)

// large also runs what takes a minute or so: go test ./cluster -large.
var large = flag.Bool("large", false, "run the showcase too")

// The counts of small configurations. Those of v3.6.0 and v3.7.0 are alike; v3.5.0 sends
// other messages.
func TestCounts(t *testing.T) {
	for _, test := range []struct {
		name   string
		config Config
		counts explore.Counts
		old    explore.Counts // of v3.5.0
	}{
		{"two terms", Config{Nodes: 2, Campaigns: 2, Proposals: 2}, counts(754, 1421, 18), counts(754, 1421, 18)},
		{"one proposal", Config{Campaigns: 1, Proposals: 1}, counts(2059, 5371, 17), counts(2113, 5461, 18)},
		{"a bag", Config{Campaigns: 1, Network: "bag"}, counts(628, 1420, 14), counts(628, 1420, 14)},
		{"two campaigns", Config{Campaigns: 2}, counts(27583, 93190, 21), counts(26959, 91414, 21)},
		{"a restart", Config{Campaigns: 1, Proposals: 1, Restarts: 1}, counts(13868, 40558, 18), explore.Counts{}},
		{"pre-vote", Config{Campaigns: 1, PreVote: true}, counts(496, 1258, 15), explore.Counts{}},
		{"heartbeats", Config{Campaigns: 1, Heartbeats: 1}, counts(3970, 11971, 14), explore.Counts{}},
		{"transfers", Config{Campaigns: 1, Transfers: 1}, counts(14920, 47296, 22), explore.Counts{}},
		{"snapshots", Config{Campaigns: 1, Proposals: 1, Snapshots: 1}, counts(5290, 15118, 18), explore.Counts{}},
		{"joint configurations", Config{Campaigns: 1, Changes: 1}, counts(5419, 14563, 17), explore.Counts{}},
		{"fine steps", Config{Nodes: 2, Campaigns: 1, Fine: true, Restarts: 1}, counts(179, 247, 23), explore.Counts{}},
		{"fine steps of three", Config{Campaigns: 1, Campaigners: "0", Fine: true, Restarts: 1, Proposals: 1}, counts(62627, 188216, 44), explore.Counts{}},
		{"ticks", Config{Nodes: 2, Campaigns: 1, CheckQuorum: true, Ticks: 3}, counts(1160, 2649, 17), explore.Counts{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			want := test.counts
			if lib.IsOld {
				want = test.old
			}
			if want.Distinct == 0 {
				t.Skip("not pinned for this version")
			}
			mctest.Counts(t, mctest.Holds(t, New(test.config), explore.Options{}), want)
		})
	}
}

func counts(distinct, generated uint64, depth int) explore.Counts {
	return explore.Counts{Distinct: distinct, Generated: generated, Depth: depth}
}

// The library runs in few of the transitions, and the number does not depend on the workers.
func TestStepsRun(t *testing.T) {
	if lib.IsOld {
		t.Skip("the counts are those of later versions")
	}
	for _, workers := range []int{1, 3} {
		r := mctest.Holds(t, New(Config{Campaigns: 2}), explore.Options{Workers: workers})
		nodes := r.Code.Parts[0]
		if nodes.States != 294 || nodes.Steps != 1296 {
			t.Errorf("%d workers: %d local states and %d steps, want 294 and 1296", workers, nodes.States, nodes.Steps)
		}
	}
}

// showcase is what led to the repair of reads: a read is asked again.
var showcase = Config{Campaigns: 2, Campaigners: "0,1", Reads: "2,1"}

// In v3.6.0 a leader that was replaced answers a read as if it still led, because an answer
// to an earlier question under the same context counts for the later one. v3.7.0 is
// repaired.
func TestShowcase(t *testing.T) {
	switch {
	case !*large:
		t.Skip("it takes a minute; -large runs it")
	case lib.Version == "go.etcd.io/raft/v3 v3.6.0":
		r := mctest.Breaks(t, New(showcase), explore.Options{}, "ReadIndexIsFresh", 19)
		mctest.Counts(t, r, counts(2032624, 10565227, 19))
		mctest.Reproduction(t, New(showcase), r, "ReadIndexIsFresh", "../reproduction/stale_read_test.go")
	case lib.Version == "go.etcd.io/raft/v3 v3.7.0":
		r := mctest.Holds(t, New(showcase), explore.Options{})
		mctest.Counts(t, r, counts(3908555, 25829920, 31))
		if nodes := r.Code.Parts[0]; nodes.States != 361 || nodes.Steps != 2506 {
			t.Errorf("%d local states and %d steps, want 361 and 2506", nodes.States, nodes.Steps)
		}
	}
}

// In v3.5.0 a leader can be made to send what a follower is known to have.
func TestNextFollowsMatch(t *testing.T) {
	reordered := Config{Nodes: 2, Campaigns: 1, Proposals: 2, Network: "bag"}
	if lib.IsOld {
		mctest.Counts(t, mctest.Breaks(t, New(reordered), explore.Options{}, "NextFollowsMatch", 14), explore.Counts{Distinct: 357})
		return
	}
	mctest.Counts(t, mctest.Holds(t, New(reordered), explore.Options{}), counts(723, 1673, 20))
}

// Objects that know their number are not interchangeable.
func TestNodesAreNotSymmetric(t *testing.T) {
	k := newCode(Config{Nodes: 3})
	if k.nodes.Start(1) == k.nodes.Start(2) {
		t.Error("nodes 1 and 2 are equal")
	}
	var _ inplace.Ref[lib.Node] = k.nodes.Start(1)
}
