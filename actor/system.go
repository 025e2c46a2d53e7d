package actor

import (
	"fmt"
	"slices"
	"sync"

	"github.com/muster-mc/muster/crash"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/network"
)

// System is a network and the actors that send and receive its messages. S is the type of
// the state and M that of the messages. [System.Start] makes the initial state and
// [System.Actions] the actions.
type System[S any, M comparable] struct {
	// Net returns the network of a state.
	Net func(s *S) network.Net[M]

	// Roles are the actors. Their IDs are consecutive: those of the first role are 1 to
	// n, and the second one goes on with n+1.
	Roles []Role[S, M]

	// Faults are those of the network. Participants need not be set.
	Faults network.Faults[S]

	Crashes Crashes[S]

	// Obsolete is that of network.Protocol.
	Obsolete func(s *S, e network.Envelope[M]) bool

	// Selective says that the handlers turn many messages down. A search then asks them once in a state,
	// on copies of the actors, which messages they handle, and tries to deliver only those. The steps are
	// the same. It saves time where handlers turn down more than they handle, and costs some elsewhere.
	Selective bool

	// Sending, Received and LastDelivered are those of network.Protocol. Sending is told of the
	// messages of all handlers, those of Start and Timeout too.
	Sending, Received func(s *S, e network.Envelope[M])
	LastDelivered     func(s *S) *network.Last[M]

	// Fair is the fairness of Deliver, Timeout and Restart. None means that a message can
	// be in flight for ever, and a timer need never go off.
	Fair model.Fairness

	_ struct{}
}

// Crashes says which actors crash. The zero value means none.
type Crashes[S any] struct {
	// Down returns where a state keeps the set of crashed actors, and adds the actions
	// Crash and Restart.
	Down func(s *S) *network.IDs

	// Who are the actors that can crash. Empty means all.
	Who network.IDs

	// DownMost is how many can be down at the same time. Zero means all.
	DownMost int

	// Count returns where a state counts the crashes. A run has at most CountMost
	// crashes. Nil means that a run has any number, and that they are not counted.
	Count     func(s *S) *uint8
	CountMost int

	_ struct{}
}

// actorsMost is the number of actors that a system can have: those that IDs can hold.
const actorsMost = 63

// runner has what the actions share. Workers call them at the same time, so each call
// takes an Out from the pool.
type runner[S any, M comparable] struct {
	System[S, M]
	*network.Protocol[S, M]
	outs *sync.Pool
	all  network.IDs
	who  []actor[S, M] // by ID.Index
}

// actor is one of the actors of a role.
type actor[S any, M comparable] struct {
	role *Role[S, M]
	i    int // its number in the role
}

func (y System[S, M]) runner() *runner[S, M] {
	n := 0
	for _, r := range y.Roles {
		n += r.count
	}
	if n == 0 || n > actorsMost {
		panic(fmt.Sprintf("actor: a System has 1 to %d actors; its Roles have %d", actorsMost, n))
	}
	r := &runner[S, M]{System: y, all: network.Among(n), outs: &sync.Pool{New: func() any { return new(network.Out[M]) }}}
	for k := range y.Roles {
		for i := range y.Roles[k].count {
			r.who = append(r.who, actor[S, M]{&y.Roles[k], i})
		}
	}
	if r.System.Faults.Participants == 0 {
		r.System.Faults.Participants = n
	}
	r.Protocol = &network.Protocol[S, M]{
		Net: y.Net, Receive: r.receive, Faults: r.System.Faults, Fair: y.Fair, Obsolete: y.Obsolete,
		Sending: y.Sending, Received: y.Received, LastDelivered: y.LastDelivered,
		Reachable: func(*S) network.IDs { return r.all },
	}
	if y.Selective {
		r.Taker = r.newTaker
	}
	if y.Crashes.Down != nil {
		r.Reachable = func(s *S) network.IDs { return r.all &^ *y.Crashes.Down(s) }
	}
	return r
}

// Start calls the Start handlers in the order of the IDs. It is the Init of a model, or the
// end of one.
func (y System[S, M]) Start(s *S, _ *model.Choice) bool {
	r := y.runner()
	for id := range r.all.All() {
		role, i := r.roleOf(id)
		out := r.out(id)
		role.start(s, i, out)
		r.emit(s, out)
	}
	return true
}

// Actions returns the actions of the network, and the actions Timeout, Crash and Restart
// if they can occur.
func (y System[S, M]) Actions() []model.Action[S] {
	r := y.runner()
	list := r.Protocol.Actions()
	if slices.ContainsFunc(y.Roles, func(r Role[S, M]) bool { return r.timeout != nil }) {
		list = append(list, model.Action[S]{Name: "Timeout", Do: r.timeout, Fair: y.Fair})
	}
	if y.Crashes.Down != nil {
		list = append(list,
			model.Action[S]{Name: "Crash", Do: r.crash, Fault: crash.Fault},
			model.Action[S]{Name: "Restart", Do: r.restart, Fair: y.Fair})
	}
	return list
}

// roleOf returns the role of an actor, and its number in the role.
func (r *runner[S, M]) roleOf(id network.ID) (*Role[S, M], int) {
	a := &r.who[id.Index()] // there is one, for the network has asked Reachable
	return a.role, a.i
}

func (r *runner[S, M]) receive(s *S, e network.Envelope[M], out *network.Out[M]) bool {
	role, i := r.roleOf(e.To)
	return role.receive(s, i, e, out)
}
