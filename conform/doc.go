// Package conform compares a system with its model: is a log of the system a run of the
// model?
//
// A model that is never compared with the system drifts away from it. The comparison needs
// no access to the system but a log that says what happened, in the terms of the model. A
// [Log] binds the kinds of records to the actions of the model:
//
//	var desk = conform.Log[State]{
//		Model: New(Config{}),
//		Records: map[string]conform.Record[State]{
//			"taken": {Action: "Take", Args: conform.Args{"job": conform.Field("job")},
//				After: func(s *State, r conform.Fields) conform.Mismatch {
//					return conform.Equal("waiting", len(s.Waiting), r.Int("waiting"))
//				}},
//			"started": {}, // seen, and no step of the model
//		},
//	}
//
//	func TestLog(t *testing.T) { conform.Accepts(t, desk, "testdata/run.ndjson") }
//
// [Accepts] is for tests, [Check] for everything else, and the command conform of package
// command for models of a catalogue.
//
// # What is compared
//
// A log is NDJSON: one object of JSON in each line. One of its fields names the kind of the
// record, msg unless Log.Kind says otherwise, so that the lines of log/slog's JSONHandler
// are records as they are. A record stands for one step of the model, for several, for one
// of several, or for none. It may give the answers to questions that the action asks, in
// full ([Field], [Is]) or in part ([Where]); every answer to the other questions is tried.
// It may show a part of the state, before or after the step, and [Equal] compares that.
// So a log need not say everything: whatever it leaves out is open, and the model may be in
// one of many states.
//
// Steps that leave no record at all, such as a message that is lost, are [Hidden]. They are
// looked for only where the next record is not possible without them, the fewest first, and
// no more of them between two records than the log allows.
//
// # Several logs
//
// With one file for each node, each file orders its own records, and the model orders the
// files: a message is received after it was sent. All orders that the model allows are
// tried. If clocks can be trusted to some degree, Log.Clock and Log.Skew leave fewer. If
// nodes share nothing but messages, Log.Independent leaves one, and the time is in
// proportion to the records.
//
// # Verdicts
//
// Accepted means that the model has a run that matches all records. The run is part of the
// [Report], and so are the properties of states and steps that it violates: a system that
// does what its model does can still do wrong. Other runs may match the same records; the
// one that is judged is the first one found.
//
// Rejected means that there is no such run. The report has the most records that any run
// matches, the states that the model may be in after them, and for the first of these
// states why the next record is not possible: the guards that refused, for how many
// choices; that no answer is the one in the record; or the step is possible, and what was
// observed differs. The last record that matches is not always where the mistake is: a
// wrong state can go unnoticed for a while. So the report says too whether the record was
// possible some records earlier.
//
// Incomplete means that no such run was found and that a bound was reached: on states, on
// time, or on hidden steps. It is never called accepted, and never rejected.
//
// A check is the same on every run. It visits each state once for each place in the logs,
// and keeps it, so that time and memory are in proportion to the records where the log
// says enough to leave few states.
//
// # What it rests on
//
// The search for a run is that of trace validation with TLC ("Validating Traces of
// Distributed Programs Against TLA+ Specifications", Cirstea, Kuppe, Loillier, Merz, 2024),
// depth first as in "Smart Casual Verification of the Confidential Consortium Framework"
// (Howard, Kuppe, Ashton, Chamayou, Crooks, NSDI 2025): the log
// narrows the model's behaviours instead of having to fix one of them.
package conform
