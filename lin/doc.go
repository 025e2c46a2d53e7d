// Package lin tells whether the answers that clients got from a model are those of a sequential
// object: linearizability and sequential consistency.
//
//	type State struct {
//		...
//		Seen lin.RegisterMonitor[ClientID, Value]
//	}
//
//	s.Seen.Call(client, lin.Write(value)) // where the client calls
//	s.Seen.Answer(client, answer)         // where the client accepts the answer
//
//	lin.Linearizable("Linearizable", func(s *State) *lin.RegisterMonitor[ClientID, Value] { return &s.Seen }),
//
// A history is linearizable if each call can have taken effect at one moment between the call and
// its answer, on an object that serves one call at a time (M. P. Herlihy and J. M. Wing,
// Linearizability: A Correctness Condition for Concurrent Objects, 1990). A call without an
// answer has taken effect or not.
//
// # When to record
//
// Answer belongs where the client accepts the answer, and not where the network delivers a message.
// A client that gets an answer a second time, or one to a call that it has given up, ignores it: no
// call ends by it. Package actor calls System.Received at that moment.
//
// # Monitor and History
//
// A [Monitor] is what the answers so far still allow: the states in which the object can be, each
// with the pending calls that have taken effect. It forgets everything else, so that states of the
// model with different pasts become one. A [History] is the past as a whole. It has what sequential
// consistency needs, and the counts that other checkers give:
//
//	a register with one server            the history in the state    the monitor in the state
//	2 clients, a write and a read each            93 states                   79 states
//	3 clients                                  4,243                       2,254
//	4 clients                                400,233                     106,137
//
// Both are parts of a state and contain slices, as model.Set does: do not use a copy after a
// change to either of them. In a search a monitor of flat types allocates nothing as long as the answers can be
// explained in up to eight ways.
//
// # Objects
//
// [Register], [WriteOnce], [CAS], [Map], [Queue], [Stack], [Set] and [Lock] are there. Another object is
// a comparable type with a method, a pure function:
//
//	type Counter struct{ N uint8 }
//
//	// Apply adds, and answers the number before.
//	func (c Counter) Apply(add uint8) (after Counter, answer uint8, ok bool) {
//		return Counter{c.N + add}, c.N, true
//	}
//
//	Seen lin.Monitor[ClientID, Counter, uint8, uint8]
//
// A method Reads(arguments) bool is optional. It reports whether an operation never changes the object, in
// whatever state. The search for an order of a History then takes such operations as soon as they fit, and
// tries no others in their place.
//
// An object that can have more than one answer in a state is not described by such a function. An
// operation that has to wait returns false: a lock that is held is acquired later.
//
// # Symmetry
//
// Clients and values of types that model.Model.Symmetry names are renamed in a Monitor and a History
// as anywhere in a state. A [Set] and the keys of a [Map] are places in a word and an array that
// no tag can name, so their types must not be declared interchangeable.
//
// # Violations
//
// The report of a violation, and the page of its trace, show the calls as [Lanes], the answer
// that cannot be explained, and the answers that could. The lanes are made of what the monitor
// was told in each step, which the trace shows too, and which is no part of the state.
package lin
