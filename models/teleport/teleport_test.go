package teleport

import (
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
	"github.com/muster-mc/muster/models/internal/orbittest"
)

func TestCounts(t *testing.T) {
	for _, want := range []struct {
		name   string
		config Config
		counts explore.Counts
		orbits uint64
	}{
		{"default", Config{},
			explore.Counts{Initial: 4, Distinct: 1_508, Generated: 4_840, Depth: 7}, 780},
		{"1 snapshot", Config{Snapshots: 1},
			explore.Counts{Initial: 4, Distinct: 84, Generated: 268, Depth: 5}, 84},
		{"3 snapshots", Config{Snapshots: 3},
			explore.Counts{Initial: 4, Distinct: 25_012, Generated: 81_124, Depth: 8}, 4_732},
		{"3 of everything, 1 snapshot", Config{Architectures: 3, Majors: 3, Minors: 3, Values: 3, Snapshots: 1},
			explore.Counts{Initial: 81, Distinct: 20_979, Generated: 260_901, Depth: 5}, 2_071},
		{"8 values, 1 snapshot", Config{Values: 8, Snapshots: 1}, explore.Counts{Initial: 16, Distinct: 1_296, Depth: 5}, 206},
	} {
		t.Run(want.name, func(t *testing.T) {
			mctest.Counts(t, orbittest.Holds(t, New(want.config), explore.Options{}, want.orbits), want.counts)
		})
	}
}

func TestBugs(t *testing.T) { orbittest.Bugs(t, Entry) }

// TestVersions: TLC reads "another major or another minor version" as two ways
// to upgrade, and generates an upgrade that changes both twice. With two of
// each, that is one of the three upgrades possible anywhere.
func TestVersions(t *testing.T) {
	r := orbittest.Holds(t, New(Config{Majors: 2, Minors: 2}), explore.Options{}, 25_872)
	mctest.Counts(t, r, explore.Counts{Initial: 16, Distinct: 50_960, Generated: 272_848, Depth: 8})
	for _, a := range r.Actions {
		if tlc := r.Counts.Generated + a.Enabled/3; a.Name == "Upgrade" && tlc != 311_264 {
			t.Errorf("TLC would generate %d; want 311,264", tlc)
		}
	}
}

// TestCrossArchWhole pins the space beyond the first violation, in which the
// other properties still hold.
func TestCrossArchWhole(t *testing.T) {
	want := explore.Counts{Initial: 4, Distinct: 1_924, Generated: 6_088, Depth: 7}
	m := New(Config{Bug: "cross-arch"})
	o := explore.Options{KeepGoing: true, Symmetry: explore.SymmetryOff}
	mctest.Counts(t, mctest.Breaks(t, m, o, "ArchitectureValidation", 4), want)
	for _, p := range m.Properties {
		if p.Name != "ArchitectureValidation" {
			o.Properties = []string{p.Name}
			mctest.Counts(t, mctest.Holds(t, m, o), want)
		}
	}
}

// TestTraces pins the shortest counterexample of one property at a time.
func TestTraces(t *testing.T) {
	for _, want := range []struct {
		config   Config
		property string
		length   int
	}{
		{Config{Bug: "cross-arch"}, "ArchitectureValidation", 4},
		{Config{Bug: "move-while-restoring"}, "ArchitectureValidation", 4},
		{Config{Minors: 2, Bug: "any-version"}, "VersionCompatibility", 4},
		{Config{Majors: 2, Bug: "any-version"}, "VersionCompatibility", 4},
		{Config{Bug: "abort-half-way"}, "NoPartialRestore", 4},
		{Config{Bug: "overwrite-snapshot"}, "SnapshotConsistency", 3},
		{Config{Agents: 2, Bug: "restore-first-agent"}, "RestoreExact", 4},
		{Config{Bug: "restore-missing"}, "TypeInvariant", 2},
	} {
		t.Run(want.config.Bug+"/"+want.property, func(t *testing.T) {
			o := explore.Options{Properties: []string{want.property}}
			mctest.Breaks(t, New(want.config), o, want.property, want.length)
		})
	}
}
