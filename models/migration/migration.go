// Package migration models the move of an actor from one node to another, in
// three steps that a coordinator takes one after the other: PREPARE asks the
// target to make room, TRANSFER hands the actor's state over, COMPLETE lets the
// target run the actor. Nodes crash and come back meanwhile. The protocol
// promises that an actor which has arrived brought its state along, that it
// never runs twice, and that a migration which fails leaves an owner behind.
package migration

import (
	"fmt"
	"strings"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

const (
	maxNodes  = 4
	maxActors = 3
)

// Config sizes the model, and switches on what goes beyond the original.
type Config struct {
	Nodes      int  `flag:"nodes" default:"2" min:"2" max:"4" help:"nodes that actors can live on"`
	Actors     int  `flag:"actors" default:"1" min:"1" max:"3" help:"actors, each of which migrates on its own"`
	MaxCrashes int  `flag:"max-crashes" default:"2" min:"0" max:"250" help:"node crashes in one run; after the last one no node comes back"`
	Rollback   bool `flag:"rollback" help:"give a migration up when its target dies, even though its source lives"`
	Instances  bool `flag:"instances" help:"follow on which nodes an actor runs, and which were handed its state"`
	Bug        string
}

// Node is a node by number, or Nobody.
type Node int8

// Nobody is where a node could be named, but none is.
const Nobody Node = -1

func (n Node) String() string {
	if n == Nobody {
		return "nobody"
	}
	return fmt.Sprint(int8(n))
}

// NodeSet is a set of nodes, a bit each.
type NodeSet uint8

func (set *NodeSet) add(n Node)     { *set |= 1 << n }
func (set *NodeSet) remove(n Node)  { *set &^= 1 << n }
func (set NodeSet) has(n Node) bool { return n != Nobody && set&(1<<n) != 0 }

func (set NodeSet) String() string {
	var names []string
	for n := range Node(maxNodes) {
		if set.has(n) {
			names = append(names, n.String())
		}
	}
	return "{" + strings.Join(names, " ") + "}"
}

// Health is whether a node is there.
type Health uint8

const (
	Alive Health = iota
	Crashed
)

func (h Health) String() string { return [...]string{"Alive", "Crashed"}[h] }

// Phase is how far an actor's migration has come.
type Phase uint8

const (
	Idle         Phase = iota
	Preparing          // the target is asked to make room
	Transferring       // the state is on its way
	Completing         // the target has the state, but does not run the actor yet
	Completed          // for good: an actor migrates once
	Failed             // waits to be recovered
)

func (ph Phase) String() string {
	return [...]string{"Idle", "Preparing", "Transferring", "Completing", "Completed", "Failed"}[ph]
}

// Activity is whether an actor serves requests.
type Activity uint8

const (
	Active Activity = iota
	Migrating
	DualActive // started where it had never been stopped
)

func (a Activity) String() string { return [...]string{"Active", "Migrating", "DualActive"}[a] }

// Data is what there is of an actor's state.
type Data uint8

const (
	Nothing Data = iota
	Whole
	Lost
)

func (d Data) String() string { return [...]string{"Nothing", "Whole", "Lost"}[d] }

// ActorID is an actor: its place in the state.
type ActorID uint8

// Actor is an actor and its migration.
type Actor struct {
	Location   Node // where the registry says it lives
	Activity   Activity
	Data       Data
	Phase      Phase
	Source     Node // of the migration under way
	Target     Node
	Received   Data // what was handed over; survives the target's crash, and the migration
	Recovering bool // somebody has to find a new owner

	// Only with Config.Instances.
	RunsOn NodeSet // the nodes that run it
	Copies NodeSet // the nodes that were handed its state since this migration began
}

// State is a global state.
type State struct {
	Actors  [maxActors]Actor `muster:"by=ActorID"`
	Nodes   [maxNodes]Health `muster:"by=Node"`
	Crashes uint8            // so far
}

type protocol struct{ Config }

// New returns the model.
func New(c Config) *model.Model[State] {
	p := &protocol{catalog.Settle(c)}
	return &model.Model[State]{
		Name: "migration",
		Init: p.init,
		Actions: []model.Action[State]{
			{Name: "Start", Do: p.start},
			{Name: "Prepare", Do: p.prepare},
			{Name: "Transfer", Do: p.transfer},
			{Name: "Complete", Do: p.complete},
			{Name: "HandleFailure", Do: p.handleFailure},
			{Name: "RecoverActor", Do: p.recoverActor},
			{Name: "Crash", Do: p.crash, Fault: "crash"},
			{Name: "RecoverNode", Do: p.recoverNode},
			{Name: "Idle", Do: p.idle},
		},
		Properties: append(p.properties(), p.liveness()...),
		Progress:   true,
		Symmetry:   []model.Symmetry{model.Scalars[Node](p.Nodes).Bits(NodeSet(0)), model.Scalars[ActorID](p.Actors)},
	}
}

// init: all actors live on the first node, which makes the start asymmetric, and
// nothing else. Actors that there are not live nowhere.
func (p *protocol) init(s *State, _ *model.Choice) bool {
	for i := range s.Actors {
		a := &s.Actors[i]
		a.Source, a.Target = Nobody, Nobody
		if i >= p.Actors {
			a.Location = Nobody
			continue
		}
		a.Data = Whole
		if p.Instances {
			a.RunsOn.add(a.Location)
		}
	}
	return true
}

func (s *State) alive(n Node) bool { return s.Nodes[n] == Alive }
