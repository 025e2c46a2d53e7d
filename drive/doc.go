// Package drive tests real code by a model: it takes the steps of the model on the real
// system, one by one, and compares what the system answers and shows with what the model
// permits.
//
// Say package jobs has the model of a job queue, and package work is the queue itself, with
// workers. A test connects the two by an interface of two methods:
//
//	func TestQueue(t *testing.T) {
//		drive.Run(t, jobs.New(config), newSystem, options)
//	}
//
//	func (s *system) Do(step trace.Step) (outcome any, err error) {
//		switch step.Action {
//		case "Submit":
//			return nil, s.submit(step.Arguments.Text("job"))
//		case "Take":
//			return s.take(s.workers[step.Arguments.Int("consumer")])
//		...
//	}
//
//	// take lets the queue decide which job it hands out.
//	func (s *system) take(w *Worker) (outcome any, err error) {
//		...
//		return drive.Args{"job": job}, err
//	}
//
//	func (s *system) Observe(m *jobs.State) []drive.Difference {
//		...
//		return append(drive.Compare("Jobs", m.Jobs, real.Jobs), drive.Compare("Consumers", m.Consumers, real.Consumers)...)
//	}
//
// The folder examples/queue has all of it, and README.md beside this file is a guide.
//
// [Run] makes the graph of the model in memory, and from it the tests, while they run:
// there is no generated source to review, and the same options give the same tests.
//
// # What is covered
//
// By default every action with its arguments, and every action after every other one, as
// far as the model permits: some tens of steps for most models, and milliseconds for code
// in memory. Options.Cover asks for every state or every edge; with Options.View, states
// that agree on a few fields are one, so that the edges of a large model stay few:
//
//	drive.Options{Cover: drive.Edges, View: []string{"Holder", "Phase"}}
//
// With Options.Refusals, a system is asked for what the model does not permit, too: a
// full queue that accepts one more job shows nothing wrong in steps that are permitted.
//
// # What the system decides
//
// Which job a queue hands out, whether a lease ends before an acknowledgement comes: a
// model leaves such things open, and the real system decides them. Package drive keeps the
// set of all states that the model may be in. An outcome ([Args], [Instead]) narrows the
// set, Observe narrows it further, and the next step is chosen among those that the model
// permits in every state that is left. If no state is left, the system has done what the
// model does not permit, and the test fails. Actions that may happen at any time without
// being asked for, such as the end of a lease, are Options.Hidden.
//
// What a system never decides cannot be covered. A goal is given up after five trials;
// the report, which go test -v shows, names what was missed.
//
// # A failure
//
// A failing run is made shorter on the real system itself, with a new one for every
// trial: steps are left out, detours are cut, and all shorter runs are tried if they are
// few enough. Then it is shown, with the model in one column and the real system in the
// other. Here an acknowledgement counts that comes too late:
//
//	the real system differs from the model queue at step 7, Acknowledge(consumer=1):
//	the system shows none of the 2 states that the model may be in; the nearest one is compared
//
//	     step                     model                             real
//	  1  Init                     Jobs: all {Phase:Unsent}          agrees
//	  2  Submit(job=0)            Jobs[0].Phase: Unsent -> Queued   agrees
//	  3  Take(consumer=1, job=0)  Jobs[0].Phase: Queued -> Taken    agrees: job=0
//	                              Jobs[0].Holder: 0 -> 1
//	                              Consumers[1].Busy: false -> true
//	  4  Run(consumer=1)          Jobs[0].Effects: 0 -> 1           agrees
//	                              Consumers[1].Ran: false -> true
//	  5  Expire(job=0)            Jobs[0].Phase: Taken -> Queued    agrees
//	                              Jobs[0].Holder: 1 -> 0
//	  6  Take(consumer=0, job=0)  Jobs[0].Phase: Queued -> Taken    agrees: job=0
//	                              Consumers[0].Busy: false -> true
//	  7  Acknowledge(consumer=1)  Jobs[0].Phase: Taken              Jobs[0].Phase: Done
//	                              Consumers[1].Busy: true -> false
//	                              Consumers[1].Ran: true -> false
//
//	shortened from 19 steps to 6, by 304 more runs of the system; no run of at most 4 steps fails
//	again: go test -run '^TestQueue$' example.com/queue/work
//	keep:  with MUSTER_KEEP=1 the same command writes this run as a test
//
// With MUSTER_KEEP=1 in the environment the run is written as a call of [Repeat], in a
// file beside the test.
//
// # Time, and goroutines
//
// With Within: synctest.Test each run is in a bubble of package testing/synctest, where
// time is virtual: a sleep costs nothing. So the model's passing of time is a sleep in Do,
// and after whatever starts goroutines Do calls synctest.Wait, which returns when all of
// them wait. Do not call Run inside of a bubble: it runs tests of its own.
//
// The bubble does not decide in which order goroutines run that wake at one instant. A
// step must not depend on that order; what may come out either way is an outcome or a
// hidden action. A goroutine that waits for a sync.Mutex or for the network does not count
// as waiting there, so Wait does not return while it does. A system on the network is
// driven without a bubble: Do returns after the answer has come.
//
// # Flaky systems
//
// A failure that does not happen again with the same steps is shown as it was found, and
// said to be such a one. Package drive itself is deterministic: the order of steps depends
// on the options and on what the system answers.
package drive
