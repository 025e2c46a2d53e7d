// Package expression is a small language for questions about a state:
//
//	Nodes[*].Phase == Holding && Holder == 2
//	!(Leases[0].Expiry > Clock) || Crashed
//	Queue[0] != "to ann" && Up["eu-west"]
//
// There are paths, literals, the comparisons == != < <= > >=, the connectives && || !
// with their precedence in Go, and brackets. Nothing in it runs code.
//
// A path is that of a trace: fields by their names, elements by their places, entries of a
// map by their keys. [*] is any element: a comparison is true if it is true of any of the
// values that its paths have, so Nodes[*].Up asks whether some node is up, and
// !(Nodes[*].Up == false) whether all are. A path that leads nowhere in a state, such as
// the place 3 of a list of two, has no value, and no comparison is true of it. State is
// the name of a state that has no fields.
//
// A literal is a number, true, false, a text in quotes, or a single word that is no field
// of the state. A value equals a literal if it is shown so in a trace; a value with a
// String method equals the number behind its text too. Numbers are ordered as numbers,
// and texts letter by letter; nothing else is ordered.
//
// A path by itself is true where its value is true.
package expression
