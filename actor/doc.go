// Package actor has actors: participants of a protocol that react to messages, to timers
// and to their own restart, each in a state of its own. It adds to package network the
// actors' side: roles, timers, crashes.
//
//	type State struct {
//		Servers [3]Server
//		Clients [2]Client
//		Net     network.Bag[Message]
//		Down    network.IDs
//	}
//
//	var system = actor.System[State, Message]{
//		Net: func(s *State) network.Net[Message] { return &s.Net },
//		Roles: []actor.Role[State, Message]{
//			actor.RoleOf(func(s *State) []Server { return s.Servers[:] }, actor.Handlers[Server, Message, Timer]{
//				Start:   func(a *Server, _ *network.Out[Message]) { a.Timers.Set(Election) },
//				Receive: receive,
//				Timeout: timeout,
//				Timers:  func(a *Server) *actor.Timers[Timer] { return &a.Timers },
//			}),
//			actor.RoleOf(func(s *State) []Client { return s.Clients[:] }, actor.Handlers[Client, Message, actor.NoTimers]{...}),
//		},
//		Crashes: actor.Crashes[State]{Down: func(s *State) *network.IDs { return &s.Down }, DownMost: 1},
//	}
//
//	&model.Model[State]{Init: system.Start, Actions: system.Actions(), ...}
//
// The actors lie in arrays of the model's own state, so a property reads s.Servers[1].Term,
// and a trace shows what changed there. RoleOf forgets the type of the actors once; nothing
// is allocated in a step. Servers are the actors 1 to 3 here and clients 4 and 5. A model
// can have actions of its own beside those of the actors, and System.Step makes one in which an actor does
// something unasked.
//
// # Rules
//
// What is a step, and what a step does, is decided so:
//
//	a message is delivered        the handler runs, then the message leaves, then what the handler sent enters
//	a message is not handled      in a Bag and a Set it stays and that is no step; on Links it is consumed, a step
//	a Set                         keeps the message that was delivered
//	a timer goes off              it is off before the handler runs, and the handler can set it again
//	a timer changes nothing       if the actor is equal to what it was, its timers too, and sent nothing, that is no step
//	an actor crashes              its timers go off; its state is shown as it was until it restarts
//	an actor is down              messages to it stay in flight
//	an actor restarts             it has its durable fields, the rest is zero; Restart runs, or Start
//
// The counts of states depend on each of these rules. There are two actors here. The first
// one sends messages to the second at the start, or both set timers:
//
//	what                                                                 states   generated   otherwise
//	a Bag with two messages that no actor handles                        1        1           4, if they were consumed
//	Links with the same                                                  3        3           1, if they stayed
//	a Bag with two messages, both handled and nothing else               4        5
//	a Set with the same                                                  1        3           1 and 1, if that were no step
//	a Set with the same, and LastDelivered                               3        7
//	a message sent twice, counted up to 3, in a Bag                      3        3
//	the same in a Set                                                    4        4           2, if it left at delivery
//	a timer each, which goes off                                         4        5           3, if actors were not told apart
//	two timers each, which are renewed and no more                       1        1           1 and 5, if that were a step
//	a timer each, which counts to 3 and goes off                         25       41
//	a message, and one of the two is down at a time                      6        11
//	the same, and both can be down                                       8        19
//	no message, and two crashes in all                                   8        13          4 and 9, if they were not counted
//
// Equal is meant by value. A handler that assigns what was there already has changed
// nothing, whereas a message that a handler has handled is a step in any case, since the
// message leaves.
//
// # Crashes
//
// Tags of package crash on the fields of an actor say what a crash leaves: crash:"durable"
// or crash:"lost". An actor without such tags loses everything. A crash is of the fault
// "crash". It is bounded by the number of actors that are down at the same time, which
// costs nothing, or by a count of all crashes in the state, or by both. With the first bound
// alone an actor can crash and restart for ever, which is finite only if what Start does is.
//
// # Histories
//
// System.Received is told of a message when the actor that it was sent to has handled it,
// and not when the network delivers it. An answer that a client no longer waits for is
// delivered too, on Links even as a step, and no operation ends by it: a history that takes
// note of deliveries reports answers that the client has not got.
//
// # Symmetry
//
// Actors are values of network.ID. Those that are interchangeable are declared by
// network.Interchangeable. Start must do the same for each of them, or the search has more than
// one initial state to stand for.
package actor
