package membership

import (
	"flag"
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
)

// allStates are counted here, and not orbits: those are in the tests of all models.
var allStates = explore.Options{Symmetry: explore.SymmetryOff}

// The default configuration has 8.3 million states, and the largest one 53.
var slow = flag.Bool("slow", false, "check the large configurations too")

func TestCounts(t *testing.T) {
	type row struct {
		name   string
		config Config
		counts explore.Counts
	}
	rows := []row{
		{"2 nodes, 2 views", Config{Nodes: 2, MaxView: 2},
			explore.Counts{Initial: 1, Distinct: 1_850, Generated: 10_251, Depth: 16}},
	}
	if *slow {
		rows = append(rows,
			row{"default", Config{},
				explore.Counts{Initial: 1, Distinct: 8_313_096, Generated: 88_011_553, Depth: 41}},
			row{"announced recovery", Config{AnnounceRecovery: true},
				explore.Counts{Initial: 1, Distinct: 8_140_296, Generated: 86_007_649, Depth: 37}},
			row{"unique numbers", Config{UniqueNumbers: true, MaxView: 4},
				explore.Counts{Initial: 1, Distinct: 53_357_768, Generated: 579_643_641, Depth: 44}},
		)
	}
	for _, want := range rows {
		t.Run(want.name, func(t *testing.T) {
			mctest.Counts(t, mctest.Holds(t, New(want.config), allStates), want.counts)
		})
	}
}

// TestNoQuorumWhole pins the space beyond the first violation, in which the
// other properties still hold.
func TestNoQuorumWhole(t *testing.T) {
	c := Config{Nodes: 2, MaxView: 3, Bug: "no-quorum"}
	want := explore.Counts{Initial: 1, Distinct: 3_394, Generated: 18_603, Depth: 19}
	o := explore.Options{Symmetry: explore.SymmetryOff, KeepGoing: true}
	mctest.Counts(t, mctest.Breaks(t, New(c), o, "NoSplitBrain", 8), want)
	for _, name := range []string{"TypeOK", "JoinAtomicity"} {
		o.Properties = []string{name}
		mctest.Counts(t, mctest.Holds(t, New(c), o), want)
	}
}

// TestTraces pins the shortest counterexample of one property at a time.
func TestTraces(t *testing.T) {
	for _, want := range []struct {
		config   Config
		property string
		length   int
	}{
		{Config{Bug: "no-quorum"}, "NoSplitBrain", 8},
		{Config{Nodes: 2, Bug: "no-quorum"}, "NoSplitBrain", 8},
		{Config{AnnounceRecovery: true, Bug: "silent-recovery"}, "LeaveDetectionWeak", 9},
		{Config{MaxView: 4}, "MembershipConsistency", 9},
		{Config{MaxView: 4, UniqueNumbers: true, Bug: "local-number"}, "MembershipConsistency", 9},
		{Config{MaxView: 4, UniqueNumbers: true, Bug: "silent-strike"}, "MembershipConsistency", 8},
		{Config{Bug: "keep-view"}, "JoinAtomicity", 4},
		{Config{Nodes: 2, MaxView: 2, Bug: "unchecked-number"}, "TypeOK", 6},
	} {
		t.Run(want.config.Bug+"/"+want.property, func(t *testing.T) {
			o := explore.Options{Symmetry: explore.SymmetryOff, Properties: []string{want.property}}
			mctest.Breaks(t, New(want.config), o, want.property, want.length)
		})
	}
}

// TestTwoNodesForgetNobody: of two nodes nobody is left to list the one that
// failed, so that an unannounced recovery does no harm.
func TestTwoNodesForgetNobody(t *testing.T) {
	c := Config{Nodes: 2, AnnounceRecovery: true}
	mctest.Holds(t, New(c), allStates)
	c.Bug = "silent-recovery"
	mctest.Holds(t, New(c), allStates)
}

func TestNodeSet(t *testing.T) {
	s := NodeSet(0).with(0).with(2)
	if s.String() != "{0 2}" || s.len() != 2 || s.without(0).has(0) || NodeSet(0).String() != "{}" {
		t.Errorf("got %v", s)
	}
}
