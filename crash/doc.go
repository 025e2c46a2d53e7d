// Package crash makes the actions by which processes crash and restart. Tags say which fields
// of a process are on disk; the others are lost.
//
//	type Server struct {
//		Term, Vote uint8                              `crash:"durable"`
//		Log        container.Log[Entry, [4]Entry]     `crash:"durable"`
//		Role       Role                               `crash:"lost"`
//		Votes      uint8                              `crash:"lost"`
//	}
//
//	var servers = crash.Processes[State, Server]{
//		Number: 3, At: func(s *State, i int) *Server { return &s.Servers[i] },
//	}
//
//	Actions: []model.Action[State]{
//		{Name: "SaveVote", Do: saveVote},
//		servers.Crash("Crash"),
//		servers.Torn("SaveVote", saveVote),
//	}
//
// # What survives
//
// A field with the tag crash:"durable" survives a crash, and one with crash:"lost" becomes zero.
// A field without a tag is lost, but a struct, or an array of structs, in which fields have
// tags is decided by these. A forgotten tag is a model of another program than the one that
// runs. A test says that none was forgotten:
//
//	func TestTags(t *testing.T) { crash.Decided[Server](t) }
//
// Processes.Restart sets what a process has after a crash beside its durable fields.
//
// A durable field with the methods of [Log], such as container.Log, survives as far as it was
// synced. Of the entries behind that, any number of the last ones can be lost: a disk may have
// written them, fsync or not. The number is an argument of the action, lost=2.
//
// # Partial writes
//
// Processes.Torn makes of an action that writes two or more durable fields of a process the
// action in which the process crashes between two of these writes. The fields that were written
// stay, and nothing else is done of what the action does: no other field is changed and no
// message is sent, as in a process that acts on what it has written after the write. The fields
// are written in the order in which they are declared. The argument written names the last of
// them. Processes.Reordered is for a disk that writes in any order: any of the written fields are
// there after the crash, and not all, such as written=Vote where the term was written first.
// Nothing of a log that is not synced is lost in that crash: the crash after it can lose that.
//
// # Faults
//
// Crashes are of the fault "crash" and partial writes of the fault "torn write", so that a run
// can leave out either. Bound the number of crashes by a count in the state, which Restart
// counts up and May compares, or the space can be needlessly large.
package crash
