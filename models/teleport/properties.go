package teleport

import "fmt"

// typeInvariant: everything in its range, and what is being restored exists.
func (p *protocol) typeInvariant(s *State) bool {
	for _, value := range s.VMs[:p.Agents] {
		if int(value) >= p.Values {
			return false
		}
	}
	for i := range s.Snapshots {
		if !p.wellFormed(&s.Snapshots[i]) {
			return false
		}
	}
	return p.exists(s.Host) && int(s.Restoring) <= p.Snapshots &&
		(s.Restoring == 0 || s.restored().Kind != NotTaken)
}

func (p *protocol) wellFormed(snapshot *Snapshot) bool {
	if snapshot.Kind == NotTaken {
		return *snapshot == Snapshot{}
	}
	return snapshot.Kind <= Checkpoint && int(snapshot.Agent) < p.Agents &&
		int(snapshot.Saved) < p.Values && p.exists(snapshot.On)
}

func (p *protocol) exists(host System) bool {
	return int(host.Arch) < p.Architectures && int(host.Major) < p.Majors && int(host.Minor) < p.Minors
}

// fitsArchitecture: what is being restored fits the host's architecture.
func (p *protocol) fitsArchitecture(s *State) bool {
	return s.Restoring == 0 || archFits(s.restored(), s.Host)
}

// fitsVersion: what is being restored fits the host's version.
func (p *protocol) fitsVersion(s *State) bool {
	return s.Restoring == 0 || versionFits(s.restored(), s.Host)
}

func (p *protocol) misfit(s *State) string {
	snapshot := s.restored()
	return fmt.Sprintf("a %v snapshot taken on %v %d.%d is being restored on %v %d.%d", snapshot.Kind,
		snapshot.On.Arch, snapshot.On.Major, snapshot.On.Minor, s.Host.Arch, s.Host.Major, s.Host.Minor)
}

// partial and restoring: a virtual machine is partly overwritten during a restore
// only.
func (p *protocol) partial(s *State) bool   { return s.Partial }
func (p *protocol) restoring(s *State) bool { return s.Restoring != 0 }

// snapshotsTrue: a new snapshot says what there was when it was taken, and none
// ever changes.
func (p *protocol) snapshotsTrue(before, after *State) bool {
	for i, was := range before.Snapshots {
		is := after.Snapshots[i]
		if is == was {
			continue
		}
		if was.Kind != NotTaken || is.Saved != before.VMs[is.Agent] || is.On != before.Host {
			return false
		}
	}
	return true
}

func restoreEnds(before, after *State) bool { return before.Restoring != 0 && after.Restoring == 0 }

// restoreExact: a restore that ends either did nothing, or gave one agent back
// exactly what was saved, and touched nothing else.
func (p *protocol) restoreExact(before, after *State) bool {
	snapshot := before.restored()
	want := before.VMs
	want[snapshot.Agent] = snapshot.Saved
	return (after.VMs == before.VMs || after.VMs == want) &&
		after.Host == before.Host && after.Snapshots == before.Snapshots
}

// checkpointMoves: a snapshot is restored on another architecture than its own.
func (p *protocol) checkpointMoves(s *State) bool {
	return s.Restoring != 0 && s.restored().On.Arch != s.Host.Arch
}

// restoreUndoes: what is being restored differs from what is there.
func (p *protocol) restoreUndoes(s *State) bool {
	return s.Restoring != 0 && s.restored().Saved != s.VMs[s.restored().Agent]
}
