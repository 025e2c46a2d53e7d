// Package model says what a model is: a state, the actions that change it, and
// the properties that must hold. Package explore then walks every state that
// the actions can reach.
//
// # A first model
//
// The state is a Go struct. Say two workers share a counter, and each reads it,
// adds one to what it read, and writes that back:
//
//	type State struct {
//		Counter int8
//		Workers [2]struct {
//			Phase Phase // Idle, Read or Done
//			Seen  int8
//		}
//	}
//
// An [Action] is a name and a function that changes a state in place. It
// returns false, before it changes anything, when it is not enabled. What is
// open, such as who moves next, it asks of a [Choice]: the engine calls it once
// for every combination of answers.
//
//	func read(s *State, c *model.Choice) bool {
//		w := &s.Workers[c.Int("worker", 2)]
//		if w.Phase != Idle {
//			return false
//		}
//		w.Phase, w.Seen = Read, s.Counter
//		return true
//	}
//
//	func write(s *State, c *model.Choice) bool {
//		w := &s.Workers[c.Int("worker", 2)]
//		if w.Phase != Read {
//			return false
//		}
//		w.Phase, s.Counter = Done, w.Seen+1
//		return true
//	}
//
// A [Model] puts them together with the properties. [Always] is an invariant,
// [AlwaysStep] speaks of the states before and after each step, and [Reachable]
// asks that something good can happen at all. [Implies] is an Always that tells
// whether there was anything that it applied to, and [ImpliesStep] an AlwaysStep.
// [Every], [EveryTwo] and [Some] say a claim of the elements of an array, such as the servers.
//
//	var counter = &model.Model[State]{
//		Name: "counter",
//		Actions: []model.Action[State]{
//			{Name: "Read", Do: read},
//			{Name: "Write", Do: write},
//		},
//		Properties: []model.Property[State]{
//			model.Always("NothingIsLost", func(s *State) bool {
//				return !bothDone(s) || s.Counter == 2
//			}),
//		},
//		Terminal: bothDone,
//	}
//
// In a test, mctest.Holds(t, counter, explore.Options{}) fails with the
// shortest run that loses an update:
//
//	1  Init               Workers: [{Phase:Idle} {Phase:Idle}]
//	2  Read(worker=0)     Workers[0].Phase: Idle -> Read
//	3  Read(worker=1)     Workers[1].Phase: Idle -> Read
//	4  Write(worker=0)    Counter: 0 -> 1   Workers[0].Phase: Read -> Done
//	5  Write(worker=1)    Workers[1].Phase: Read -> Done
//
// # States
//
// A state may hold integers of any size, bools, strings, arrays, slices, maps,
// pointers without cycles, and structs of these, unexported fields too. Floats,
// functions, channels, interfaces and recursive types are refused, by the path
// of the field, before the search begins. A nil slice or map and an empty one
// are the same state.
//
// Make it small. Two states that differ in anything are two states, so a field
// that nothing reads multiplies the work: leave it out, or set it to zero when
// it no longer matters.
//
// The form of a state decides on the speed. Write the natural form first: it is fast
// enough for some million states. The time for a generated state, by that of a struct
// of integers, bools and fixed arrays without padding:
//
//   - the same with padding: 2 times
//   - slices, [Set] and [Bag] of messages: 2 to 2.5 times
//   - a [Set] of numbers in place of [Bits]: 3 times
//   - strings in place of numbers: 4.5 times
//   - a map: 6 times
//   - a map of pointers to structs: 7.5 times
//
// Padding is memory that Go leaves unused, so that a field is aligned: put wider fields
// first, and let the sizes of the fields add up to a multiple of the widest. [Bits] is a
// set of small numbers, such as nodes, in one word.
//
// The form decides on the memory too. An array takes the same memory in each state,
// whether its elements are in use or not, and a slice takes one byte and the elements
// that it has: an array with room for the worst case can take more memory than the
// slice, and save time only. A word of [Bits] takes eight bytes.
//
// A queue or a log is not a slice that an action shifts: package container of this
// module has both as values, whose changes a trace shows as what came and what left.
//
// A field with the tag `muster:"-"` is not part of the state: it is zero
// whenever an action starts, and for every predicate of states, Constraint included. Only
// a property of steps sees what the action has left in it, in the state after the
// step; the trace shows that with the step's changes. A slice with the tag `muster:"unordered"` is the
// same state in any order of its elements; [Set] and [Bag] are made of it.
//
// # Interchangeable values
//
// Nodes, clients and keys that differ in nothing but their number multiply the states of
// a model: n of them by up to n!. A model that says so is searched by one state of each
// kind. Three lines say it: a type of their own for the values, a tag at each array that
// has an element for each value, and Symmetry:
//
//	type NodeID uint8 // 0 is none, 1 to 5 are nodes
//
//	type Cluster struct {
//		Leader NodeID  // is found by its type
//		Up     [5]bool `muster:"by=NodeID"`
//	}
//
// and in the model
//
//	Symmetry: []model.Symmetry{model.Scalars[NodeID](5).From(1)},
//
// What is said must be true: no action may prefer the smaller number, or the first one
// that is free; let it choose. The engine checks that while it searches, and names the
// action or property that does not treat all values alike. Traces are runs of the model
// as always: node 1 is node 1 from the first state to the last. See [Symmetry].
//
// # Names in traces
//
// A trace shows a value by its String method, if the type or its pointer has one:
//
//	type Node uint8
//
//	func (n Node) String() string { return [...]string{"ann", "bob", "cay"}[n] }
//
// States are compared by value and never by text. Arguments are named by their texts,
// in replay and where fairness tells arguments apart, so different values should have
// different texts. The first step of a trace leaves out zeros, but not those that a
// String method names. A String method may be called on any value of the type, the
// zero value too. If it panics, the trace shows the value as if there were no method.
//
// # Initial states
//
// A run begins in the zero state, unless the model has an Init. Init fills in a zero
// state, and may ask a Choice as an action does: every combination of answers is one
// initial state. Returning false rejects a combination. Here Init makes six of nine:
//
//	func start(s *Pair, c *model.Choice) bool {
//		s.Leader, s.Backup = model.Pick(c, "leader", nodes), model.Pick(c, "backup", nodes)
//		return s.Leader != s.Backup
//	}
//
// The answers are the arguments of the first step of a trace:
//
//	1  Init(leader=cay, backup=ann)    Leader: cay   Backup: ann
//	2  Fail [fault: crash]             Down: false -> true
//
// # Actions
//
// An action is given a copy of its own, so changing it in place, through slices,
// maps and pointers too, changes no other copy. Two rules make the search sound, and both
// are checked while it runs:
//
//   - Return false before changing anything. Test first, then change.
//   - Do the same thing every time. Nothing may depend on the order in which Go
//     ranges over a map, on time, or on what another call left behind.
//
// Int chooses among the numbers up to a limit, [Pick] among the elements of a
// slice, [Member] among those of [Bits]. To choose among those
// who can take the step is faster than to choose among all and turn most of them
// down. Choosing from nothing, Int("node", 0) or from an empty set or slice,
// disables the action: what it does afterwards is thrown away.
//
// [Choice.Range] and [Choice.Other] answer a part of the numbers, [Subset] and
// [Quorum] sets of them, [Permute] orders, and Take of a [Set] or a [Bag] an element
// that is then taken out. An election among five voters chose among all 32 sets
// with Int in one model, and made 165 million attempts for 5.4 million that were
// enabled; Quorum makes none that is turned down. [Show] gives the answers of a
// model's own way to choose their meaning in traces.
//
// [Choice.Guard] gives a name to a reason why an action is not enabled:
//
//	if !c.Guard("the leader is down", s.Down) || !c.Guard("it is another node", next != s.Backup) ||
//		!c.Guard("leader and backup differ", s.Leader != s.Backup) {
//		return false
//	}
//
// A guard changes no verdict. After a whole search the report's Vacuity lists guards
// that were never the reason. In the model of this example, leader and backup always
// differ, so the last guard is on that list: either the model does not need the guard,
// or the case that the guard is for cannot occur, by mistake.
//
// An action with a Fault, such as "crash" or "loss", injects a failure. A run
// can leave out all actions of one kind, which shows what the protocol owes to
// its absence.
//
// # Whole runs
//
// [Eventually], [LeadsTo], [Recurs], [Settles] and, in general, [Temporal] claim
// something of every run: that a request is answered, that a failure is noticed in
// the end. Such a claim needs to know what a run owes: one that is free to stop
// anywhere keeps no promise. Action.Fair says that an action which stays possible
// takes place at last, Model.Progress that something does.
//
//	Actions: []model.Action[Desk]{
//		{Name: "Ask", Do: ask},
//		{Name: "Serve", Do: serve, Fair: model.WeakEach, FairBy: []string{"client"}},
//	},
//	Properties: []model.Property[Desk]{
//		model.LeadsToEach("EachIsServed", "client", clients, waiting, served),
//	},
//
// Serve asks for a client and for the size of a job. With [Weak] a run owes some Serve,
// perhaps always of the same client. With [WeakEach] it owes each combination of the
// arguments, each size to each client. FairBy names the arguments that count: here a
// run owes each client a Serve of any size.
//
// A counterexample is a run that goes round in a circle or stays where it is, with
// the reason why that is fair. explore/LIVENESS.md defines all of this.
//
// # Bounds and ends
//
// A model with a counter that never stops has no end. Constraint bounds it: a
// state outside is still checked, but not counted and not expanded. What holds
// then holds within the constraint, and the report says so.
//
// A state without a successor is a deadlock, and a violation, unless Terminal
// says that this is where things end, or AllowDeadlock is set.
//
// The folder examples/recipes of this module's repository shows models of a lossy
// network, a timeout, a crash budget and clients' histories, and ways to look at them.
package model
