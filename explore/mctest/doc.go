// Package mctest checks models in go test.
//
// A model that must hold, one that must not, and the size of its space:
//
//	func TestLease(t *testing.T) {
//		r := mctest.Holds(t, lease.New(lease.Config{Nodes: 3}), explore.Options{})
//		mctest.Counts(t, r, explore.Counts{Initial: 1, Distinct: 6776, Depth: 13})
//	}
//
//	func TestLeaseWithoutCompareAndSwap(t *testing.T) {
//		m := lease.New(lease.Config{Bug: "no-cas"})
//		mctest.Breaks(t, m, explore.Options{}, "AtMostOneHolder", 5)
//	}
//
// A model that is known to break and does so, by the property that was named
// and in as few steps as before, says that the checking works; one that only
// holds may hold because nothing happens in it. So [Breaks] belongs beside
// every [Holds].
//
// A failure shows each property that is broken with its shortest
// counterexample, and ends with the command that repeats it:
//
//	lease is violated (10 states, depth 5)
//
//	AtMostOneHolder is violated, in 5 states: nodes 0 and 1 both hold it
//	  1  Init               Holder: nobody   Nodes: [{Phase:Idle} {Phase:Idle}]
//	  2  Read(node=0)       Nodes[0].Phase: Idle -> Reading
//	  3  Read(node=1)       Nodes[1].Phase: Idle -> Reading
//	  4  Acquire(node=0)    Holder: nobody -> 0   Nodes[0].Phase: Reading -> Holding
//	  5  Acquire(node=1)    Holder: 0 -> 1   Nodes[1].Phase: Reading -> Holding
//
//	again: go test -run '^TestLease$' example.com/lease
//
// # What stays
//
// [Golden] compares all that a run came to, counts and traces too, with a file,
// which MUSTER_UPDATE=1 go test writes.
//
// A run that violated something can stay as a test of its own. With MUSTER_KEEP=1
// in the environment, [Holds] writes one into the folder of the test that called
// it, such as avoids_nothingislost1b4ab2cf_test.go:
//
//	// TestCounter found this run, which violated NothingIsLost.
//	func TestAvoidsNothingIsLost1b4ab2cf(t *testing.T) {
//		mctest.Avoids(t, counter, "NothingIsLost",
//			"Init",
//			"Read(worker=0)",
//			"Read(worker=1)",
//			"Write(worker=0)",
//			"Write(worker=1)",
//		)
//	}
//
// It fails until the model is repaired, and is quick, however large the model
// grows. The model in it is the expression that Holds was called with; one that
// depends on more than a test's constants is not kept, and the log says why.
//
// # What is said besides
//
// What is suspicious but no failure, such as an action that was never enabled,
// is logged: go test -v shows it.
//
// A run that would outlast go test's -timeout ends a little before it, as
// incomplete, for then it can say how far it came.
package mctest
