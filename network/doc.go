// Package network has networks as parts of a model's state, and the actions by which
// their messages are delivered, lost, delivered again and held up.
//
//	type State struct {
//		Servers [3]Server
//		Net     network.Bag[Message]
//	}
//
//	var protocol = network.Protocol[State, Message]{
//		Net:     func(s *State) network.Net[Message] { return &s.Net },
//		Receive: receive,
//		Faults:  network.Faults[State]{Lossy: true},
//	}
//
//	func receive(s *State, e network.Envelope[Message], out *network.Out[Message]) bool {
//		...
//		out.Send(e.From, Message{Kind: Granted})
//		return true
//	}
//
//	Actions: append(protocol.Actions(), model.Action[State]{Name: "Campaign", Do: campaign}),
//
// An action of the model's own sends by the network's method, s.Net.Send(from, to, m).
// Package actor has the rest of a participant: timers, crashes, roles.
//
// # Kinds
//
//	kind   a message is delivered   order                    not handled       a state's list has
//	Bag    once                     any                      stays, no step    each message as often as it is in flight
//	Set    any number of times      any                      stays, no step    each message once
//	Links  once                     as sent, for each pair   consumed, a step  each message with its place
//
// A Bag is the usual choice. A Set has fewer states than a Bag that is sent the same
// message again and again, but it never forgets: an old message can always come back. Links
// stand for connections. Between Bag and Links there is Links with Faults.Overtaking: a
// message can overtake others of its link, and those it overtakes are lost. Connections
// that break and are made again do that, and so a model of them has far fewer states than
// one with a Bag.
//
// # Messages
//
// M is any comparable type of which a state can consist. The natural form in Go of several
// types of messages is one struct with a kind and the fields of all of them, those that a
// kind has no use for being zero:
//
//	type Message struct {
//		Kind  Kind // Prepare, Promise, ...
//		Term  uint8
//		Value Value
//	}
//
// A switch over the kind then has the names at hand, == compares messages, and no message
// is allocated. An interface with one struct for each type would be allocated for each
// message and cannot be in a state. Where the types have little in common, a kind and one
// struct for each of them (type Message struct { Kind; Vote VoteRequest; Log LogRequest })
// keeps their fields apart, at the price of larger messages. A String method that shows
// a message by its kind makes traces short.
//
// # Faults
//
// Each fault is an action of its own with a name by which a run leaves it out: Lose and
// Overtake are of the fault "loss", Duplicate of "duplication", Partition of "partition". So
// one model with all faults gives the counts of the reliable network by --without-fault
// loss, and so on.
//
// A duplicate is a message that is delivered and stays. It does not make the network
// larger, as a second copy would, and it can come again later all the same.
//
// # Bounds
//
// A protocol that repeats its messages can fill a network without end. Within is a
// constraint on the number of messages in flight. A state beyond it is checked and not
// expanded, and the report says how many there were:
//
//	Constraint: network.Within(protocol.Net, 4),
//
// In a Bag and a Set a message that is not handled stays. Where it will never be handled, since its term or its
// ballot has passed, it only multiplies the states. Protocol.Obsolete says which messages
// those are, and they are removed.
//
// # Symmetry
//
// The participants are values of type ID, from 1 on, and sets of them are of type IDs. A
// model whose participants 1 to n are interchangeable declares
//
//	Symmetry: []model.Symmetry{network.Interchangeable(1, n)},
//
// and has the tag muster:"by=ID" at arrays that have an element for each of them. Where two groups of participants
// are interchangeable, each by itself, both have names, which the tags of their arrays name:
//
//	Symmetry: []model.Symmetry{
//		network.Interchangeable(1, 3).Named("server"), network.Interchangeable(4, 2).Named("client"),
//	},
//
// The kinds
// of network need no declaration. A message of a type of its own is renamed as far as it has
// fields of type ID, so that a field in which nobody is meant must be zero.
//
// # Traces
//
// A message is shown with its sender and receiver, 1->2:prepare(2). In a sequence diagram
// and in the page of a trace it is an arrow from the one to the other.
package network
