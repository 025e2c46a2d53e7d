// Package trace is a run of a model as people and programs read it: the steps
// that were taken, what each changed, and the state it led to.
//
// A trace is made step by step. [Trace.Append] works out the changes:
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
// The first step shows the state it starts from, without what goes without
// saying: zeros, unless a String method gives them a name, and repetition,
// which becomes "all Idle" or, further in, [Idle ...]. In later steps + is an
// element that came and - one that went. What a line says is exactly the
// Changes of its step; TextOptions.Full adds the whole state.
//
// # Values
//
// A state is kept as a [Value], a tree without Go types, so that a trace can
// outlive the program that made it. [ValueOf] builds it by these rules, the
// first that applies:
//
//  1. A type that has a String method, on it or on its pointer, is the text
//     that this returns, unless it panics. What is behind the text is
//     remembered: if it changes while the text stays, the change is shown.
//  2. Bools, integers and strings are themselves.
//  3. A []byte is its text if that can be printed, else 0x and hex digits.
//  4. Slices and arrays are lists. A slice field with the tag
//     muster:"unordered" is sorted, for its order means nothing.
//  5. Maps are sorted by key.
//  6. Structs are their fields, unexported ones too; without those named _ or
//     with the tag muster:"-". A struct of one unordered field, such as
//     model.Set, is that field.
//  7. A pointer is what it points to, or nil.
//
// Values are shown as Go shows them, {Kind:Prepared From:1} and [1 2 3]; a map
// like a struct and a set like a slice. A text is quoted only where one could
// not see otherwise what belongs to it.
//
// A run that goes on for ever has a loop, which is marked. The last state is then
// that at which the loop begins, or the run stutters: it stays where it is.
//
//	3  Suspect(node=1)    Nodes[1].Suspected: false -> true
//	   -- from here on, for ever:
//	4  Expire(node=1)     Leases[1]: 3 -> 0
//	5  Renew(node=1)      Leases[1]: 0 -> 3
//	   -- back to 3
//
// What follows says how the loop is fair to each action that is owed fairness.
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
// "fairness": "weak", "reason": "taken", "state": 4}], with the members of arguments and state in the model's order. Unmarshalled,
// it gives the same text as before.
//
// # Other tools, other forms
//
// [Trace.ITF] writes the Informal Trace Format of Apalache, and [ReadITF] reads
// it. The fields of the state are its variables. Of a Value it makes
//
//	a bool, a text    what they are in JSON
//	a number          {"#bigint": "12"}
//	a list            an array
//	an unordered one  {"#set": [...]}, or an array if something is in it twice
//	a map             {"#map": [[key, value], ...]}
//	a struct          an object
//	nil               {"#unserializable": "nil"}
//
// and the #meta of each state has the action and the arguments that led to it.
// Tuples, {"#tup": [...]}, which Go has not, are read and written as such.
package trace
