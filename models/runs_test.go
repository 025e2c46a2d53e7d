package models

import (
	"context"
	"slices"
	"testing"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/explore"
)

// TestWholeRuns pins every row of the protocols' pages that is about whole runs,
// with the fairness that each page states. Where the original's checker printed a
// counterexample that was not the shortest, ours is shorter.
func TestWholeRuns(t *testing.T) {
	for _, row := range []struct {
		model, property string
		with            catalog.With
		bug             string
		distinct        uint64
		length          int // of the counterexample, 0 if it holds
		stutters        bool
	}{
		{"activation", "EventualActivation", nil, "", 714, 0, false},
		{"activation", "EventualActivation", catalog.With{"nodes": "3"}, "", 23_022, 0, false},
		{"actorstate", "EventualCommitOrRollback", nil, "", 60, 0, false},
		{"actorstate", "EventuallyIdle", nil, "", 60, 0, false},
		{"actorstate", "EventualCommitOrRollback", nil, "standstill", 60, 2, true},
		{"agent", "EventualCompletion", nil, "", 860, 0, false},
		{"agent", "EventualCrashRecovery", nil, "", 860, 0, false},
		{"agent", "EventualCheckpoint", nil, "", 860, 0, false},
		{"httpapi", "EventualRecovery", oneClient, "", 4_530, 0, false},
		{"httpapi", "EventualResponse", oneClient, "", 4_530, 0, false},
		{"invocation", "CallsEventuallyComplete", catalog.With{"max-time": "20"}, "hope-for-answers", 5_391, 5, false},
		{"invocation", "WaitingAgentsResume", catalog.With{"max-time": "20"}, "hope-to-resume", 5_391, 5, false},
		{"lease", "EventualLeaseResolution", catalog.With{"max-token": "1"}, "", 6_776, 0, false},
		{"lease", "FalseSuspicionRecovery", catalog.With{"max-token": "1"}, "", 6_776, 0, false},
		{"lifecycle", "EventualActivation", nil, "", 11, 0, false},
		{"lifecycle", "EventualDeactivation", nil, "hope-to-go", 11, 9, false},
		{"lifecycle", "MessageProgress", nil, "hope-to-rest", 11, 6, false},
		{"linearizability", "EventualClaim", catalog.With{"max-history": "3"}, "", 605, 0, false},
		{"linearizability", "EventualCompletion", catalog.With{"max-history": "3"}, "", 605, 0, false},
		{"membership", "EventualMembershipConvergence", catalog.With{"nodes": "2", "max-view": "2"}, "", 1_850, 0, false},
		{"migration", "EventualMigrationCompletion", nil, "hope-to-arrive", 59, 5, true},
		{"migration", "EventualRecovery", nil, "hope-for-owner", 59, 5, true},
		{"migration", "SomeMigrationCompletes", nil, "hope-for-one", 59, 3, true},
		{"migration", "SomeRecoveryHappens", nil, "hope-for-all", 59, 5, true},
		{"registry", "EventualFailureDetection", nil, "", 6_174, 0, false},
		{"registry", "EventualCacheInvalidation", nil, "", 6_174, 0, false},
		{"teleport", "EventualRestore", nil, "", 1_508, 0, false},
		{"teleport", "EventualRestore", nil, "cross-arch", 1_924, 0, false},
		{"txn", "EventualTermination", nil, "", 56_193, 0, false},
		{"txn", "EventualTermination", smallTxn, "", 457, 0, false},
		{"txn", "EventualCommit", smallTxn, "hope-to-commit", 457, 3, true},
		{"txn", "EventualCommit", catalog.With{"values": "2"}, "hope-to-commit", 16_705, 3, true},
		{"wal", "EventualRecovery", nil, "", 26_856, 0, false},
		{"wal", "EventualCompletion", nil, "", 26_856, 0, false},
		{"wal", "NoStarvation", nil, "", 26_856, 0, false},
		{"wal", "ProgressUnderCrash", nil, "", 26_856, 0, false},
		{"wal", "EventualRecovery", smallWAL, "", 111, 0, false},
		{"wal", "EventualCompletion", smallWAL, "", 111, 0, false},
		{"wal", "NoStarvation", smallWAL, "", 111, 0, false},
		{"wal", "ProgressUnderCrash", smallWAL, "", 111, 0, false},
	} {
		t.Run(row.model+"/"+row.property, func(t *testing.T) {
			i := slices.IndexFunc(All, func(e catalog.Entry) bool { return e.Name == row.model })
			m, err := All[i].Open(catalog.Settings{With: row.with, Bug: row.bug})
			if err != nil {
				t.Fatal(err)
			}
			for _, symmetry := range []explore.SymmetryMode{explore.SymmetryOff, explore.SymmetryAuto} {
				r, err := m.Check(context.Background(), explore.Options{Properties: []string{row.property}, Symmetry: symmetry})
				if err != nil {
					t.Fatal(err)
				}
				if r.Symmetry == nil || r.Symmetry.Orbits == 0 {
					if r.Counts.Distinct != row.distinct {
						t.Errorf("%d states; want %d", r.Counts.Distinct, row.distinct)
					}
				} else if !r.Symmetry.AsymmetricStart && r.Symmetry.States != row.distinct {
					t.Errorf("orbits of %d states; want %d", r.Symmetry.States, row.distinct)
				}
				switch p := r.Properties[0]; {
				case p.Vacuous:
					t.Error("it holds because it says nothing")
				case row.length == 0 && p.Verdict != explore.Holds:
					t.Errorf("it is %s", p.Verdict)
				case row.length > 0 && p.Verdict != explore.Violated:
					t.Errorf("it is %s; want it to be violated", p.Verdict)
				case row.length > 0 && (p.Trace.Length != row.length || p.Trace.Stutters() != row.stutters):
					t.Errorf("by %d states, stuttering %v:\n%s", p.Trace.Length, p.Trace.Stutters(), p.Trace)
				}
			}
		})
	}
}

var (
	oneClient = catalog.With{"clients": "1", "agents": "1", "tokens": "1", "max-operations": "2"}
	smallTxn  = catalog.With{"keys": "1", "values": "2"}
	smallWAL  = catalog.With{"entries": "1", "operations": "1"}
)
