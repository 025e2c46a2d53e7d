// Package mctest checks models in go test.
//
// Say New makes the model of a lock, which nodes claim by compare and swap, and Config
// can seed a bug into it. One test says that the model holds, and how large its space
// is; another says how the bug breaks it:
//
//	func TestLock(t *testing.T) {
//		r := mctest.Holds(t, New(Config{Nodes: 3}), explore.Options{})
//		mctest.Counts(t, r, explore.Counts{Initial: 1, Distinct: 20, Depth: 5})
//	}
//
//	func TestLockWithoutCompareAndSwap(t *testing.T) {
//		mctest.Breaks(t, New(Config{Bug: "no-cas"}), explore.Options{}, "AtMostOneHolder", 5)
//	}
//
// [Breaks] belongs beside every [Holds]. A model that only holds may hold because
// nothing happens in it. One that breaks as expected, by the named property and in as
// few states as before, shows that the property can fail.
//
// A failure shows each violated property with its shortest counterexample, and ends
// with the command that repeats the test:
//
//	lock is violated (9 states, depth 5)
//
//	AtMostOneHolder is violated, in 5 states: nodes 0 and 1 both hold it
//	  1  Init               Holder: nobody   Nodes: all {Phase:Idle}
//	  2  Read(node=0)       Nodes[0].Phase: Idle -> Reading
//	  3  Read(node=1)       Nodes[1].Phase: Idle -> Reading
//	  4  Acquire(node=0)    Holder: nobody -> 0   Nodes[0].Phase: Reading -> Holding
//	  5  Acquire(node=1)    Holder: 0 -> 1   Nodes[1].Phase: Reading -> Holding
//
//	again: go test -run '^TestLock$' example.com/lock
//
// # Symmetry
//
// A model can declare that the values of a type are interchangeable (Model.Symmetry). Then
// one state is searched of all those that differ in the names of such values only, and the
// search checks on a sample of them that the declaration is true. [Symmetric] proves it:
//
//	func TestLockIsSymmetric(t *testing.T) {
//		m := New(Config{Nodes: 3})
//		m.Symmetry = []model.Symmetry{model.Scalars[Holder](3).From(1)}
//		mctest.Symmetric(t, m, explore.Options{})
//	}
//
// That takes longer than a search of all states, so such a test has a small model, and the
// tests of the large ones rely on it.
//
// # Files
//
// [Golden] compares a report with a file: verdicts, counts, coverage and traces. The
// command MUSTER_UPDATE=1 go test writes the file.
//
// [Reproduction] does the same with a run of real code, written as a test that calls the
// code alone.
//
// A run that violated a property of states or steps, or came to a deadlock or a panic,
// can stay as a test. With MUSTER_KEEP=1 in the environment, [Holds] writes such a test
// into the folder of the test that called it.
// For the failure above the file is avoids_atmostoneholder5ab3b1b7_test.go:
//
//	// TestLock found this run, which violated AtMostOneHolder.
//	func TestAvoidsAtMostOneHolder5ab3b1b7(t *testing.T) {
//		mctest.Avoids(t, New(Config{Bug: "no-cas"}), "AtMostOneHolder",
//			"Init",
//			"Read(node=0)",
//			"Read(node=1)",
//			"Acquire(node=0)",
//			"Acquire(node=1)",
//		)
//	}
//
// The test fails until the model is repaired. It is quick, however large the model
// becomes, since it takes these steps and no others. The model in the test is the
// argument that Holds was called with. An argument that depends on more than the
// constants of a test cannot be copied; the log then says why there is no file.
//
// # In the browser
//
// With MUSTER_EXPLORE=1 in the environment, a test that fails in [Holds] or [Breaks] opens
// the model in the browser, at the counterexample, and waits until an interrupt. [Explore]
// does so wherever it is called.
//
// # Warnings
//
// Suspicious results that are no failure, such as an action that was never enabled, are
// logged. go test -v shows them.
//
// # Time
//
// A run that would take longer than the -timeout of go test ends shortly before it, as
// incomplete. So the test fails with the counts so far, and go test does not kill it.
//
// # GitHub Actions
//
// In a workflow of GitHub Actions, where GITHUB_ACTIONS is true, a failure ends with a
// workflow command, ::error, by which GitHub shows the failure beside the line of the
// test. The workflow needs nothing but a step that runs go test.
package mctest
