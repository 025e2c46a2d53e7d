// Package trace represents a run of a model for people and programs: the steps, the
// changes that each step made, and the states.
//
// A trace is made step by step. [Trace.Append] computes the changes:
//
//	var t trace.Trace
//	t.Append("Init", nil, trace.ValueOf(&state))
//	t.Append("Read", trace.ArgumentsOf(odometer.Arguments()), trace.ValueOf(&state))
//	t.Text(os.Stdout, trace.TextOptions{})
//
// # Text
//
// [Trace.Text] writes one line a step: its number, the action with its
// arguments, and what changed in the state, in the order of its fields.
//
//	1  Init               Holder: nobody   Nodes: [{Phase:Idle} {Phase:Idle}]
//	2  Read(node=0)       Nodes[0].Phase: Idle -> Reading
//	3  Acquire(node=0)    Holder: nobody -> 0   Epoch: 0 -> 1   Sent: + {Kind:Granted To:0}
//	4  Lose(node=0)       Sent: - {Kind:Granted To:0}
//
// The first step shows the initial state. It leaves out zeros, unless a String method
// gives them a name, and shortens repetition to "all Idle" or, inside of a value, to
// [Idle ...]. In later steps + marks an added element and - a removed one. A line shows
// exactly the Changes of its step. Two or more changes of one element are grouped behind
// the element's name, and a fault is marked:
//
//	5  Crash(node=0) [fault: crash]    Nodes[0]  Phase Holding -> Down   Seen 1 -> 0
//
// TextOptions.Full adds the whole state, in which a list of structs is a table:
//
//	Epoch     1
//	Nodes     Phase    Seen
//	  [0]     Holding  1
//	  [1..3]  all {Phase:Idle}
//
// A model's arrays are as large as its largest configuration needs. A trace cannot
// distinguish an unused element from a node to which nothing happens, so it hides
// neither. An element is idle if it does not change in the whole run and is zero except
// for texts. Idle elements are shown without zeros, and equal ones side by side as one.
//
// # Values
//
// A state is kept as a [Value], a tree without Go types, so that a trace can
// outlive the program that made it. [ValueOf] builds it by these rules, the
// first that applies:
//
//  1. A type with a String method, on the type or on its pointer, is the text that
//     the method returns, unless the method panics. The value behind the text is kept
//     too: if the value changes and the text does not, the change is still shown.
//     A set of numbers, model.Bits, is shown as {0 2}.
//  2. A type with a TraceValue method, on the type or on its pointer, is the value that
//     the method returns; see [Valuer]. The containers of package container show their
//     elements by it.
//  3. Bools, integers and strings are themselves. A string that is not UTF-8, or
//     contains \x, has the form of Go without quotes.
//  4. A []byte is its text if that can be printed and does not begin with 0x,
//     else 0x and hex digits.
//  5. Slices and arrays are lists. A slice field with the tag
//     muster:"unordered" is sorted, since its order has no meaning.
//  6. Maps are sorted by key.
//  7. Structs are their fields, unexported ones too; without those named _ or
//     with the tag muster:"-". A struct of one unordered field, such as
//     model.Set, is that field.
//  8. A pointer is the value that it points to, or nil.
//
// Of a queue a change shows the elements that came and that left, and of a log the entries
// with their places:
//
//	6  Receive(node=1)    Inbox: - prepare(2)
//	7  Put                Log: + [3] put x   Log.Committed: 1 -> 2
//
// Values are shown as Go shows them, {Kind:Prepared From:1} and [1 2 3]; a map
// like a struct and a set like a slice. A text is quoted only if its limits would be
// unclear otherwise.
//
// Distinct answers to a question have distinct texts: if the String methods of two answers
// return the same text, [ArgumentsOf] adds the values behind, as in later(1).
//
// An infinite run has a loop, which is marked. The last state then equals the state at
// which the loop begins, or the run stutters: it stays in its last state.
//
//	3  Suspect(node=1)    Nodes[1].Suspected: false -> true
//	   -- from here on, for ever:
//	4  Expire(node=1)     Leases[1]: 3 -> 0
//	5  Renew(node=1)      Leases[1]: 0 -> 3
//	   -- back to 3
//
// The lines after it give, for each demand of fairness, the reason why the loop is fair.
// They also name the actions without fairness that are enabled in the loop and never
// taken there, which are often the cause of an infinite run. Faults are not named, since
// a fault need not happen.
//
// # JSON
//
// A trace marshals to
//
//	{"length": 2, "steps": [{
//	    "action": "Acquire",
//	    "arguments": {"node": 0},
//	    "changes": [{"path": "Holder", "before": "nobody", "after": "0"}],
//	    "state": {"Holder": "0", "Epoch": 1, "Nodes": [...]}
//	}, ...]}
//
// and, if it has a loop, "loop": 3 and "fair": [{"action": "Expire(node=1)",
// "fairness": "weak", "reason": "taken", "state": 4}]. The members of arguments and
// state are in the model's order. The step of a fault has "fault", the kind of fault. An
// unmarshalled trace has the same text, except that in a whole state a set is then a list,
// and a log without marks shows them.
//
// # Other formats
//
// [Trace.ITF] writes the Informal Trace Format of Apalache, and [ReadITF] reads it. The
// fields of the state are the variables. Values are written as
//
//	a bool, a text    the same in JSON
//	a number          {"#bigint": "12"}
//	a list            an array; a queue and the entries of a log too
//	an unordered one  {"#set": [...]}, or an array if it has an element twice
//	a set's text      {"#set": [...]}, if a String method returns the text of an
//	                  unordered slice, or {0 2} for the number with these bits, 5,
//	                  as that of model.Bits does; in arguments a text
//	a map             {"#map": [[key, value], ...]}
//	a struct          an object
//	nil               {"#unserializable": "nil"}
//
// and the #meta of each state has the action and the arguments that led to it. Tuples,
// {"#tup": [...]}, which Go does not have, keep their form.
package trace
