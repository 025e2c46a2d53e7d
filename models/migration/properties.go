package migration

import (
	"fmt"
	"math/bits"

	"github.com/muster-mc/muster/model"
)

func (p *protocol) properties() []model.Property[State] {
	list := []model.Property[State]{
		p.every("MigrationAtomicity", p.atomic, "has arrived without its state"),
		p.every("NoStateLoss", p.keepsState, "has lost its state"),
		p.every("SingleActivationDuringMigration", p.activeOnce, "was started where it had not been stopped"),
		p.every("MigrationRollback", p.rolledBack, "failed to migrate, has no owner, and nobody looks for one"),
		p.every("FailureIsFollowed", p.failureIsFollowed, "failed to migrate, and nobody looks for an owner"),
		model.AlwaysStep("EndsWithOwner", p.endsWithOwner),
		model.Always("TypeInvariant", p.typeInvariant),
		model.Reachable("SomeoneArrives", p.someoneArrives),
	}
	if p.MaxCrashes > 1 {
		list = append(list,
			model.Reachable("TargetStepsIn", p.targetStepsIn),
			model.Reachable("NodeReturns", p.nodeReturns))
	}
	if p.Instances {
		list = append(list,
			p.every("OneInstance", p.oneInstance, "runs on several nodes at once"),
			p.every("ArrivedWithState", p.arrivedWithState, "has arrived at a node that does not have what this migration should have handed over"))
	}
	if p.Rollback {
		list = append(list, model.Always("NeverStranded", p.neverStranded))
	}
	return list
}

// every claims something of each actor; wrong says what is the matter with the
// first one of which it is not true.
func (p *protocol) every(name string, holds func(*Actor) bool, wrong string) model.Property[State] {
	first := func(s *State) int {
		for i := range p.Actors {
			if !holds(&s.Actors[i]) {
				return i
			}
		}
		return p.Actors
	}
	return model.Always(name, func(s *State) bool { return first(s) == p.Actors }).
		Explained(func(s *State) string { return fmt.Sprintf("actor %d %s", first(s), wrong) })
}

// atomic: whoever has arrived brought the state along.
func (p *protocol) atomic(a *Actor) bool {
	return a.Phase != Completed || a.Received == a.Data
}

func (p *protocol) keepsState(a *Actor) bool { return a.Data != Lost }

func (p *protocol) activeOnce(a *Actor) bool { return a.Activity != DualActive }

// rolledBack: a migration that failed leaves an owner, or a search for one.
func (p *protocol) rolledBack(a *Actor) bool {
	return a.Phase != Failed || a.Location != Nobody || a.Recovering
}

// failureIsFollowed: whoever failed to migrate is looked after, whatever the
// registry says of its owner.
func (p *protocol) failureIsFollowed(a *Actor) bool { return a.Phase != Failed || a.Recovering }

// endsWithOwner: when a migration is over, the actor is active at its target, or,
// if it failed, at one of its ends that is alive.
func (p *protocol) endsWithOwner(before, after *State) bool {
	for i := range p.Actors {
		was, is := &before.Actors[i], &after.Actors[i]
		arrived := was.Phase != Completed && is.Phase == Completed
		recovered := was.Recovering && !is.Recovering
		switch {
		case (arrived || recovered) && is.Activity == Migrating:
			return false
		case arrived && is.Location != was.Target:
			return false
		case recovered && is.Location != was.Source && is.Location != was.Target:
			return false
		case recovered && !after.alive(is.Location):
			return false
		}
	}
	return true
}

// targetStepsIn: nobody but the target of a migration that failed can become the owner,
// and it can.
func (p *protocol) targetStepsIn(s *State) bool {
	for i := range p.Actors {
		if a := &s.Actors[i]; a.Recovering && !s.alive(a.Source) && s.alive(p.heir(s, a)) {
			return true
		}
	}
	return false
}

// nodeReturns: a node has crashed, and all are there.
func (p *protocol) nodeReturns(s *State) bool {
	for n := range p.Nodes {
		if !s.alive(Node(n)) {
			return false
		}
	}
	return s.Crashes > 0
}

// typeInvariant: an actor has a location, and a migration has two ends from its
// start until the actor has an owner again. What is left is in range by its
// Go type.
func (p *protocol) typeInvariant(s *State) bool {
	for i := range p.Actors {
		a := &s.Actors[i]
		ends := a.underWay() || a.Phase == Failed
		if a.Location == Nobody || (a.Source != Nobody) != ends || (a.Target != Nobody) != ends {
			return false
		}
	}
	return int(s.Crashes) <= p.MaxCrashes
}

// oneInstance is what SingleActivationDuringMigration is about: a word that
// says "Active" cannot be active twice, nodes can.
func (p *protocol) oneInstance(a *Actor) bool {
	return bits.OnesCount8(uint8(a.RunsOn)) <= 1
}

// arrivedWithState is what MigrationAtomicity is about: Received is never
// reset, so from the second attempt on it may speak of an earlier one.
func (p *protocol) arrivedWithState(a *Actor) bool {
	return a.Phase != Completed || a.Copies.has(a.Location)
}

// neverStranded: a migration under way can go on, or can be given up.
func (p *protocol) neverStranded(s *State) bool {
	for i := range p.Actors {
		a := &s.Actors[i]
		if a.underWay() && !p.canProceed(s, a) && !p.mayGiveUp(s, a) {
			return false
		}
	}
	return true
}

func (p *protocol) someoneArrives(s *State) bool {
	for _, a := range s.Actors[:p.Actors] {
		if a.Phase == Completed {
			return true
		}
	}
	return false
}
