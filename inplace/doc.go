// Package inplace has real Go code as a part of a model: any deterministic type of a
// library, unmodified, with all that is in it.
//
// A model drifts away from the code that it stands for. Where the code is deterministic,
// the code itself can be the model: a state machine with a constructor and a function that
// gives it an input. Every interleaving of its steps is then explored, and the space is
// exact, as that of any model.
//
//	var updates = inplace.ValuesOf(inplace.Value[kv.Update]{Describe: describe})
//
//	var replicas = inplace.Of(inplace.Machine[kv.Replica, View, Input, inplace.Ref[kv.Update]]{
//		New:  kv.NewReplica,
//		Step: func(r *kv.Replica, in Input) inplace.Ref[kv.Update] { ... r.Merge(updates.Get(in.Update)) ... },
//		View: func(r *kv.Replica) View { return View{r.Get("x")} },
//	})
//
//	type State struct {
//		Replicas [2]inplace.Ref[kv.Replica]            // 16 bytes each
//		Net      network.Bag[inplace.Ref[kv.Update]]
//	}
//
// In an action,
//
//	sent := replicas.Step(&s.Replicas[1], Input{Update: e.Message})
//
// and in a property, replicas.View(s.Replicas[1]). The model lists both:
//
//	Code: []model.Code{replicas, updates},
//
// The guide in GUIDE.md of this folder goes through all of this with a library of one's
// own: what fits, how to cut a step, how to choose bounds.
//
// # How it works
//
// A [Ref] is a hash of everything in an object: unexported fields, what pointers and
// interfaces refer to, maps whatever their order. Equal objects have equal references, so
// that a search takes two global states for one exactly if all parts of them are equal.
//
// A step is a local state and an input. Each is run once, on an object that is in that
// state, and remembered. Few local states make very many global ones: 25.8 million steps of
// a cluster of three raft nodes were 2,506 different steps of a node. An object that was
// given away is made again by all inputs that have led to its state, or by a copy, if the
// machine has a Copy. Objects in memory are a cache, which takes a share of the run's
// memory; the tables of local states and steps count as the run's memory too.
//
// # What it rests on
//
// A step must depend on the object and the input alone. Whoever remembers steps would never
// see that it does not, so the first thousand steps and a sample of all others are run
// again, on an object that is made anew and, where there are two ways to a local state, by
// the other way. A difference is an error that names the field and both values:
//
//	jitter is 5179386829213789401 once and 1667537677313750844 once; if no step depends on
//	it, list it in Rules.Ignore as "counter.jitter"
//
// That finds time, random numbers, global variables, the order of maps, and fields that are
// ignored and make a difference. It is a sample: what happens once in a million steps can be
// missed.
//
// New, View and Copy are put to the same test: New must make equal objects that share
// nothing and start no goroutine, a View must only look, and a Copy must be equal to its
// object and share nothing with it. An error names the function.
//
// Refused, by the path of the field, are channels, closures, unsafe pointers, locked
// mutexes, timers and files. A goroutine that a step leaves behind is an error too. Finalizers
// and global variables cannot be seen; the second run notices what they change.
//
// A reference has 128 bits, and the report has the chance that two values were ever taken
// for one. With the exact store of visited states the encodings themselves are compared.
//
// A panic of the code is a finding of the run, with the place in the library.
//
// # Identity
//
// [Rules] say what belongs to an object and what does not. Without rules everything does:
//
//   - A slice is its elements; spare capacity is no part of it. A nil slice is not an empty
//     one, unless NilIsEmpty is set.
//   - References to the same memory are not the same as references to equal memory, because
//     a write through one of them is seen through the other. Constant names fields where
//     nothing is written any more.
//   - A ring buffer is its window, if Rings names it.
//   - A type with a Form is what the form returns.
//
// # Traces
//
// A trace shows of a reference what its view says, and a change of the object as changes of
// the view:
//
//	12  Campaign(node=1)    Nodes[1]  Role Follower -> Candidate   Term 2 -> 3
//
// Where the view stays the same and the object does not, the trace shows the fields that
// have changed. A [Source] writes a run as a Go test that calls the library alone.
//
// # With the rest of Muster
//
// References go into networks, containers and histories as any other values. Objects that
// know their own number are not interchangeable: node 1 and node 2 of a cluster differ in
// what is inside of them, and Model.Symmetry must not claim otherwise; where it does, the
// search ends with an error. A run of real code keeps no checkpoints, since its states mean
// nothing in another process. Random walks and replay work as always.
package inplace
