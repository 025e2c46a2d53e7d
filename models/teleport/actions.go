package teleport

import "github.com/muster-mc/muster/model"

// modify: an agent works, which may leave its state as it was.
func (p *protocol) modify(s *State, c *model.Choice) bool {
	if s.Restoring != 0 {
		return false
	}
	agent := c.Int("agent", p.Agents)
	s.VMs[agent] = Value(c.Int("value", p.Values))
	return true
}

// create takes a snapshot under a name that is not used yet.
func (p *protocol) create(s *State, c *model.Choice) bool {
	if s.Restoring != 0 {
		return false
	}
	snapshot := &s.Snapshots[c.Int("snapshot", p.Snapshots)]
	if snapshot.Kind != NotTaken && p.Bug != "overwrite-snapshot" {
		return false
	}
	agent := c.Int("agent", p.Agents)
	kind := model.Pick(c, "kind", []Kind{Suspend, Teleport, Checkpoint})
	*snapshot = Snapshot{kind, uint8(agent), s.VMs[agent], s.Host}
	return true
}

// beginRestore checks, once and for all, that the snapshot fits the host.
func (p *protocol) beginRestore(s *State, c *model.Choice) bool {
	if s.Restoring != 0 {
		return false
	}
	index := c.Int("snapshot", p.Snapshots)
	snapshot := &s.Snapshots[index]
	if snapshot.Kind == NotTaken && p.Bug != "restore-missing" {
		return false
	}
	if !archFits(snapshot, s.Host) && p.Bug != "cross-arch" {
		return false
	}
	if !versionFits(snapshot, s.Host) && p.Bug != "any-version" {
		return false
	}
	s.Restoring, s.Partial = ref(index), p.Bug != "mark-late"
	return true
}

func (p *protocol) completeRestore(s *State, _ *model.Choice) bool {
	if s.Restoring == 0 {
		return false
	}
	agent := s.restored().Agent
	if p.Bug == "restore-first-agent" {
		agent = 0
	}
	s.VMs[agent] = s.restored().Saved
	s.Restoring, s.Partial = 0, false
	return true
}

// abortRestore gives up, and the agent stays as it was.
func (p *protocol) abortRestore(s *State, _ *model.Choice) bool {
	if s.Restoring == 0 {
		return false
	}
	s.Restoring = 0
	s.Partial = p.Bug == "abort-half-way"
	return true
}

// switchArch moves everything to a host of another architecture.
func (p *protocol) switchArch(s *State, c *model.Choice) bool {
	if s.Restoring != 0 && p.Bug != "move-while-restoring" {
		return false
	}
	arch := Arch(c.Int("arch", p.Architectures))
	if arch == s.Host.Arch {
		return false
	}
	s.Host.Arch = arch
	return true
}

// upgrade installs any other version, older ones too.
func (p *protocol) upgrade(s *State, c *model.Choice) bool {
	if s.Restoring != 0 {
		return false
	}
	major, minor := Major(c.Int("major", p.Majors)), Minor(c.Int("minor", p.Minors))
	if major == s.Host.Major && minor == s.Host.Minor {
		return false
	}
	s.Host.Major, s.Host.Minor = major, minor
	return true
}

// archFits: processor state goes on only where it came from.
func archFits(snapshot *Snapshot, host System) bool {
	return snapshot.Kind == Checkpoint || snapshot.On.Arch == host.Arch
}

func versionFits(snapshot *Snapshot, host System) bool {
	return snapshot.On.Major == host.Major && snapshot.On.Minor == host.Minor
}

// restored is the snapshot that is being restored. There must be one.
func (s *State) restored() *Snapshot { return &s.Snapshots[s.Restoring-1] }
