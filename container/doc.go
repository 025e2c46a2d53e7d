// Package container has the containers of a model's state whose order matters: [Queue], a
// first-in-first-out queue, [Log], to which entries are appended, and [Ring], which keeps the
// last elements only. Sets and bags are in package model.
//
// # Memory
//
// A container is part of the state and lies in an array of the type's own, whose length is its
// capacity:
//
//	type State struct {
//		Inbox  [3]container.Queue[Message, [4]Message]
//		Log    container.Log[Entry, [5]Entry]
//		Recent container.Ring[Request, [2]Request]
//	}
//
// So a container is a value: assigning copies it, == compares it, and nothing is allocated. An
// element that leaves is replaced by a zero, so two containers with the same content are the same
// state. The arrays of [Array] can be used. A queue or a log can have a slice instead,
// container.Queue[Message, []Message], and then has room for 255 elements. It takes less memory
// in a state where it is mostly short, and more time. A copy of it shares the slice, as the copy
// of a model.Set does: do not use a copy after a change to either of them.
//
// The zeros behind the elements are no values: names of nodes in a container can be declared
// interchangeable (model.Symmetry), the one that is 0 too.
//
// Elements of single bytes, or structs of them, leave no padding beside the container's own
// counts, which are bytes too. The documentation of package model says what padding costs.
//
// # Traces
//
// A trace shows the content, and a step by what came and what left, from front to back:
//
//	4  Receive(node=1)    Inbox[1]: - prepare(2)
//	5  Put                Log: + [3] put x   Log.Committed: 1 -> 2
//	6  Crash              Log: - [3] put x
//
// A log shows the place of an entry, from 0 on. In JSON and in ITF the content is a list. Entries
// that are compacted have not been undone, so they are not shown as gone; what is shown is up
// to where the log is compacted. A snapshot that is installed shows the entries that it throws
// away, those that lie behind it:
//
//	7  Compact    Log.Compacted: 0 -> 2
//	8  Install    Log: - [3] put x   Log.Compacted: 2 -> 3
//
// # Room
//
// Push and Append panic if there is no room, because an element that was silently left out would
// be a message that the model loses by mistake. An action that must wait for room tests Full
// first and returns false.
package container
