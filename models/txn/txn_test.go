package txn

import (
	"slices"
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
)

// allStates are counted here, and not orbits: those are in the tests of all models.
var allStates = explore.Options{Symmetry: explore.SymmetryOff}

// withoutIsolation leaves out the two rules that are wrong for three
// transactions.
var withoutIsolation = []string{"TypeOK", "AtomicCommit", "ReadYourWrites", "SnapshotReads"}

// TestCounts runs with the deadlock check on.
func TestCounts(t *testing.T) {
	two := Config{Keys: 1, Values: 2}
	three := Config{Transactions: 3, Keys: 1, Values: 2}
	undetected := Config{Bug: "no-conflict-detection"}
	for _, row := range []struct {
		name                string
		config              Config
		properties          []string
		distinct, generated uint64
		depth               int
	}{
		{"shipped", Config{}, nil, 56_193, 338_051, 13},
		{"1 key, 2 values", two, nil, 457, 1_515, 9},
		{"4 values", Config{Values: 4}, nil, 140_801, 998_003, 13},
		{"3 transactions, 2 values", three, withoutIsolation, 15_103, 62_122, 13},
		{"3 transactions, 3 values", Config{Transactions: 3, Keys: 1, Values: 3}, withoutIsolation, 42_569, 202_212, 13},
		{"3 transactions, AtomicCommit", three, []string{"AtomicCommit"}, 15_103, 62_122, 13},
		{"undetected, TypeOK", undetected, []string{"TypeOK"}, 59_777, 341_635, 13},
		{"undetected, AtomicCommit", undetected, []string{"AtomicCommit"}, 59_777, 341_635, 13},
		{"undetected, ReadYourWrites", undetected, []string{"ReadYourWrites"}, 59_777, 341_635, 13},
		{"undetected, SnapshotReads", undetected, []string{"SnapshotReads"}, 59_777, 341_635, 13},
	} {
		t.Run(row.name, func(t *testing.T) {
			r := mctest.Holds(t, New(row.config), explore.Options{Symmetry: explore.SymmetryOff, Properties: row.properties})
			counts(t, r, row.distinct, row.generated, row.depth)
		})
	}
}

// TestUndetected: without conflict detection both rules are broken, and the
// space is the one that the original has then.
func TestUndetected(t *testing.T) {
	m := New(Config{Bug: "no-conflict-detection"})
	for _, name := range []string{"SerializableIsolation", "ConflictDetection"} {
		mctest.Breaks(t, m, explore.Options{Symmetry: explore.SymmetryOff, Properties: []string{name}}, name, 7)
	}
	r := mctest.Breaks(t, m, explore.Options{Symmetry: explore.SymmetryOff, KeepGoing: true}, "SerializableIsolation", 7)
	counts(t, r, 59_777, 341_635, 13)
}

// TestThreeTransactions: the two pairwise rules are wrong. They are broken with
// conflict detection in place, by transactions that could have run one after
// the other.
func TestThreeTransactions(t *testing.T) {
	config := Config{Transactions: 3, Keys: 1, Values: 2}
	for _, name := range []string{"SerializableIsolation", "ConflictDetection"} {
		mctest.Breaks(t, New(config), explore.Options{Symmetry: explore.SymmetryOff, Properties: []string{name}}, name, 10)
	}
	mctest.Breaks(t, New(config), allStates, "SerializableIsolation", 10)

	config.Serializable = true
	counts(t, mctest.Holds(t, New(config), allStates), 35_471, 148_002, 13)
}

// TestSerializable: a serial order can always be found, unless conflicts go
// undetected.
func TestSerializable(t *testing.T) {
	r := mctest.Holds(t, New(Config{Serializable: true}), allStates)
	counts(t, r, 200_033, 1_216_798, 13)
	lost := Config{Serializable: true, Bug: "no-conflict-detection"}
	mctest.Breaks(t, New(lost), allStates, "Serializable", 8)
}

// TestOrbits: the more types are taken for interchangeable, the fewer orbits.
func TestOrbits(t *testing.T) {
	for _, row := range []struct {
		types             int
		orbits, generated uint64
	}{
		{1, 28_161, 169_699}, // transactions
		{2, 14_325, 86_463},  // and keys
		{3, 7_633, 46_339},   // and values
	} {
		m := New(Config{})
		m.Symmetry = slices.Clone(m.Symmetry)
		for i := range m.Symmetry[row.types:] {
			m.Symmetry[row.types+i].Size = 1
		}
		r := mctest.Holds(t, m, explore.Options{Symmetry: explore.SymmetryOn, SafetyOnly: true})
		counts(t, r, row.orbits, row.generated, 13)
		if r.Symmetry.States != 56_193 {
			t.Errorf("%d types: %d states; want 56193", row.types, r.Symmetry.States)
		}
	}
}

func counts(t *testing.T, r *explore.Report, distinct, generated uint64, depth int) {
	t.Helper()
	c := r.Counts
	if c.Initial != 1 || c.Distinct != distinct || c.Generated != generated || c.Depth != depth {
		t.Errorf("got %d initial, %d distinct, %d generated, depth %d; want 1, %d, %d, %d",
			c.Initial, c.Distinct, c.Generated, c.Depth, distinct, generated, depth)
	}
}
