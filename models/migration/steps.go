package migration

import "github.com/muster-mc/muster/model"

// targetAlive is the reason that several steps have in common.
const targetAlive = "the target is alive"

// start: the coordinator picks a target, and the source stops the actor.
func (p *protocol) start(s *State, c *model.Choice) bool {
	a := &s.Actors[c.Int("actor", p.Actors)]
	if !c.Reason("the actor is not migrating", a.Phase == Idle) || !c.Reason("the actor is active", a.Activity == Active) || !c.Reason("the node of the actor is alive", s.alive(a.Location)) {
		return false
	}
	target := Node(c.Int("target", p.Nodes))
	if !c.Reason("the target is another node", target != a.Location) || !c.Reason(targetAlive, s.alive(target)) {
		return false
	}
	a.Phase, a.Source, a.Target = Preparing, a.Location, target
	if p.Bug != "keep-serving" {
		a.Activity, a.RunsOn = Migrating, 0
	}
	a.Copies = 0 // the actor may have changed since an earlier attempt
	return true
}

// prepare: the target has made room.
func (p *protocol) prepare(s *State, c *model.Choice) bool {
	a := &s.Actors[c.Int("actor", p.Actors)]
	if !c.Reason("the migration is being prepared", a.Phase == Preparing) || !c.Reason(targetAlive, s.alive(a.Target)) {
		return false
	}
	a.Phase = Transferring
	return true
}

// transfer: the source hands the state over.
func (p *protocol) transfer(s *State, c *model.Choice) bool {
	a := &s.Actors[c.Int("actor", p.Actors)]
	if !c.Reason("the state is being transferred", a.Phase == Transferring) || !c.Reason("the source is alive", s.alive(a.Source)) || !c.Reason(targetAlive, s.alive(a.Target)) {
		return false
	}
	a.Phase = Completing
	if p.Bug == "skip-transfer" || p.Bug == "stale-receipt" && a.Received != Nothing {
		return true
	}
	a.Received = a.Data
	if p.Instances {
		a.Copies.add(a.Target)
	}
	return true
}

// complete: the target takes over. It no longer needs the source.
func (p *protocol) complete(s *State, c *model.Choice) bool {
	a := &s.Actors[c.Int("actor", p.Actors)]
	if !c.Reason("the migration is being completed", a.Phase == Completing) || !c.Reason(targetAlive, s.alive(a.Target)) {
		return false
	}
	if p.Bug == "clear-first" {
		a.Source, a.Target = Nobody, Nobody
	}
	from := a.Location
	p.activate(a, a.Target)
	if p.Bug == "old-address" {
		a.Location = from
	}
	a.Phase, a.Source, a.Target = Completed, Nobody, Nobody
	return true
}

// activate: the node becomes the owner and runs the actor.
func (p *protocol) activate(a *Actor, n Node) {
	if a.Activity == Active {
		a.Activity = DualActive
	} else {
		a.Activity = Active
	}
	a.Location = n
	if p.Instances && n != Nobody {
		a.RunsOn.add(n)
	}
}

var ends = []string{"source", "target"}

// handleFailure: the coordinator notices that one end is dead, and gives up.
func (p *protocol) handleFailure(s *State, c *model.Choice) bool {
	a := &s.Actors[c.Int("actor", p.Actors)]
	if !c.Reason("a migration is under way", a.underWay()) || !c.Reason("the migration cannot go on", p.mayGiveUp(s, a)) {
		return false
	}
	noticed := a.Source
	if model.Pick(c, "dead", ends) == "target" {
		noticed = a.Target
	}
	if !c.Reason("that end is dead", !s.alive(noticed)) {
		return false
	}
	a.Phase, a.Recovering = Failed, true
	if p.Bug == "drop-failed" {
		a.Location, a.Recovering = Nobody, false
	}
	if p.Bug == "silent-failure" {
		a.Recovering = false
	}
	return true
}

func (a *Actor) underWay() bool { return Preparing <= a.Phase && a.Phase <= Completing }

// mayGiveUp: the original's coordinator sees nothing but a dead source. While
// the source lives, a migration whose target died waits for it to come back,
// unless there is Config.Rollback.
func (p *protocol) mayGiveUp(s *State, a *Actor) bool {
	if p.canProceed(s, a) {
		return false
	}
	return !s.alive(a.Source) || p.Rollback && p.Bug != "ignore-dead-target"
}

// canProceed: everyone whom the rest of the migration needs is alive.
func (p *protocol) canProceed(s *State, a *Actor) bool {
	return s.alive(a.Target) && (s.alive(a.Source) || a.Phase == Completing)
}

// recoverActor: the source gets the actor back, or else the target gets it,
// with its state read from storage if it was not handed over.
func (p *protocol) recoverActor(s *State, c *model.Choice) bool {
	a := &s.Actors[c.Int("actor", p.Actors)]
	if !c.Reason("the actor is recovering", a.Recovering) {
		return false
	}
	owner := p.heir(s, a)
	if !c.Reason("the new owner is alive", s.alive(owner)) {
		return false
	}
	if p.Bug == "recover-empty" && owner == a.Target && a.Received == Nothing {
		a.Data = Lost
	}
	p.activate(a, owner)
	a.Phase, a.Source, a.Target, a.Recovering = Idle, Nobody, Nobody, false
	return true
}

// heir is the end of a failed migration that gets the actor, if it is alive.
func (p *protocol) heir(s *State, a *Actor) Node {
	if s.alive(a.Source) {
		return a.Source
	}
	return a.Target
}

// crash: the node forgets what it ran. What it was handed is on its disk.
func (p *protocol) crash(s *State, c *model.Choice) bool {
	if !c.Reason("nodes may still crash", int(s.Crashes) < p.MaxCrashes) {
		return false
	}
	n := Node(c.Int("node", p.Nodes))
	if !c.Reason("the node is alive", s.alive(n)) {
		return false
	}
	s.Nodes[n] = Crashed
	s.Crashes++
	for i := range s.Actors {
		s.Actors[i].RunsOn.remove(n)
		if p.Bug == "volatile-copy" {
			s.Actors[i].Copies.remove(n)
		}
	}
	return true
}

// recoverNode: a node comes back, and runs nothing until it is told to. The
// original ties this to the crashes that are left.
func (p *protocol) recoverNode(s *State, c *model.Choice) bool {
	if !c.Reason("nodes may still crash", int(s.Crashes) < p.MaxCrashes) {
		return false
	}
	n := Node(c.Int("node", p.Nodes))
	if !c.Reason("the node is dead", !s.alive(n)) {
		return false
	}
	s.Nodes[n] = Alive
	if p.Bug == "restart-resumes" {
		p.resume(s, n)
	}
	return true
}

// resume: a seeded bug. The node runs whatever the registry says lives on it,
// even what is moving away.
func (p *protocol) resume(s *State, n Node) {
	for i := range p.Actors {
		if p.Instances && s.Actors[i].Location == n {
			s.Actors[i].RunsOn.add(n)
		}
	}
}

var idlers = []string{"coordinator", "faults", "everyone"}

// idle: the coordinator, whatever breaks nodes, or everyone lets a moment pass.
// Nothing changes, so no state is ever a deadlock. The original counts these
// steps, and so do we.
func (p *protocol) idle(s *State, c *model.Choice) bool {
	who := model.Pick(c, "who", idlers)
	return who != "faults" || int(s.Crashes) < p.MaxCrashes
}
