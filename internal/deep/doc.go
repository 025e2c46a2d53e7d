// Package deep encodes, lists and copies values of any Go type as they lie in memory:
// with unexported fields, pointers, maps, and whatever an interface holds. Package
// inplace knows a value of a library by such an encoding.
//
//	c := deep.New(deep.Rules{Ignore: []string{"Node.logger"}})
//	encoded, err := c.Append(nil, node)
//
// Two values have the same encoding if and only if no code without unsafe can
// distinguish them, but for the spare capacity of slices and the order of maps:
//
//   - Nil and empty slices differ, and so do nil and empty maps, unless the rules say that
//     they do not.
//   - Pointers, slices and maps are numbered in the order in which they are met. A second
//     reference to the same memory is encoded as its number, so that aliases and cycles
//     are part of the encoding. Memory that two references share in part, such as two
//     windows of one array, is part of the encoding too.
//   - An interface is the name of the concrete type and its value.
//   - The entries of a map are sorted by the encodings of their keys.
//   - A function without captured variables is its name. A generic function is refused, for
//     its name is the same for all types.
//
// Types of the standard library that have parts without meaning are known: a mutex is
// nothing, as long as it is not locked; a sync.Map is a map; an atomic.Pointer is a
// pointer; a time.Location is its name.
//
// Channels, closures, unsafe pointers, locked mutexes, timers and files are refused by
// path: a [Refusal] says where it is and what to do.
//
// # Rules
//
// [Rules] name fields by the name of the type that declares them, with or without its
// package: "Node.logger" or "raft.Node.logger". "Node.*" is all fields of a type.
//
// # Cost
//
// All of this is plain reflection, some microseconds for a value of a hundred fields: it
// is for values that are met a few thousand times, not for states.
package deep
