// Package raftcore is a core of Raft to build models on: what a server of a cluster does when a message comes,
// when its timer goes off, when a client writes and reads, when the members change, when it takes a
// snapshot and when it has crashed (D. Ongaro and J. Ousterhout, In Search of an Understandable Consensus
// Algorithm, 2014, and Ongaro's thesis, Consensus: Bridging Theory and Practice, of the same year).
//
// A [Node] is the state of a server. The methods of [Raft] are the steps, which change a node and send
// messages. They do nothing by themselves: the model decides which steps there are, and how often.
//
//	type State struct {
//		Nodes [3]raftcore.Node[Value] `muster:"by=ID"`
//		Net   network.Bag[raftcore.Message[Value]]
//		Past  raftcore.Past[Value]
//	}
//
//	var raft = raftcore.Raft[Value]{Members: network.Among(3)}
//
//	system := actor.System[State, Message]{
//		...
//		Received: func(s *State, e Envelope) { s.Past.See(&raft, e.To, &s.Nodes[e.To.Index()]) },
//		Obsolete: func(s *State, e Envelope) bool { return raft.Ignores(&s.Nodes[e.To.Index()], e.From, e.Message) },
//	}
//
// The Example is a whole model, and the catalogue's actor/raftcore has all features and their bounds.
//
// # Steps
//
//	Receive   a message is handled
//	Campaign  the timer of a server goes off: it stands for election in the next term
//	Propose   a client's write reaches a leader
//	Read      a client's read reaches a leader, which asks whether it still leads (ReadIndex)
//	Change    a leader adds a server or removes one, one at a time
//	Compact   a server replaces what is committed by a snapshot
//	Restart   a server is up again after a crash, by package crash and the tags of Node
//
// # Properties
//
// [Properties] are the five guarantees of Raft, and two that clients care about: that what was acknowledged
// is stored, and that reads are fresh. Some are about what the state of the servers no longer tells, such as a
// leader that has crashed. So the state has a [Past], which is told of each step.
//
// # What is smaller than in a server
//
// A search has to reach the interesting states. So the core leaves out behaviour that the guarantees do not
// depend on:
//
//   - A leader has one request to a follower under way at a time, and sends all that is missing in the next one.
//     It begins with what follows its committed entries, and goes back when the follower refuses.
//   - Nothing is sent again. A message in flight is delivered sometime, or never.
//   - A message of an older term has no answer, and a vote that is not given has none. A candidate and a leader
//     learn of a newer term by its requests.
//   - What is appended is on the disk in the same step. A crash between the two is one before the step.
//   - A heartbeat is sent when a follower does not know what is committed, and for reads.
//
// [Raft.Ignores] says which messages mean nothing any more. A model that removes them has far fewer states: with
// three servers, two terms and one write, 4,200 in place of some 20,000.
//
// # Flaws
//
// [Flaw] has defects that implementations have had. A model that is built on the core shows with them that its
// properties find what they are for.
package raftcore
