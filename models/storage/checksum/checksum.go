// Package checksum models a snapshot that is stored with a checksum, which is
// verified before the snapshot is restored. While it lies in the store it may
// change: a write was torn, a bit flipped, somebody tampered with it. What is
// restored must be what was saved.
//
// A cryptographic digest has so many values that no two snapshots are ever seen
// to share one. So here it is the snapshot itself. A checksum that has fewer
// values than there are snapshots gives several of them the same one.
package checksum

import (
	"fmt"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

// What a snapshot may hold, and how many values a short checksum has.
const (
	contents = 16
	versions = 2
	sums     = 4
)

// Config seeds bugs into the model.
type Config struct {
	Bug string // "" or the name of a seeded bug
}

// Data is the memory of a machine.
type Data uint8

// Snapshot is what is saved.
type Snapshot struct {
	Data    Data
	Version uint8 // metadata: how to read the data
}

// saved is what was there when the snapshot was taken.
var saved = Snapshot{}

// Phase is what has become of the snapshot.
type Phase uint8

const (
	Stored Phase = iota
	Restored
	Refused // it does not agree with its checksum
)

func (ph Phase) String() string { return [...]string{"Stored", "Restored", "Refused"}[ph] }

// State is a global state. It starts with the snapshot as it was saved.
type State struct {
	Snapshot Snapshot // as the store has it now
	Phase    Phase
}

type protocol struct{ Config }

// New returns the model.
func New(c Config) *model.Model[State] {
	p := &protocol{catalog.Settle(c)}
	return &model.Model[State]{
		Name: "storage/checksum",
		Actions: []model.Action[State]{
			{Name: "Corrupt", Do: p.corrupt, Fault: "partial-write"},
			{Name: "Restore", Do: p.restore},
		},
		Properties: []model.Property[State]{
			model.Always("SnapshotIntegrity", p.snapshotIntegrity).Explained(p.whatIsWrong),
			model.Reachable("Restored", func(s *State) bool { return s.Phase == Restored }),
		},
		Terminal: func(s *State) bool { return s.Phase != Stored },
		Symmetry: []model.Symmetry{model.Scalars[Data](p.alike()).From(int(saved.Data) + 1)},
	}
}

// alike is how many data are interchangeable: all but those that were saved. A short
// checksum tells them apart.
func (p *protocol) alike() int {
	if p.Bug == "short-checksum" {
		return 1
	}
	return contents - 1
}

// corrupt: what was saved is replaced by anything else. Its checksum stays.
func (p *protocol) corrupt(s *State, c *model.Choice) bool {
	if s.Phase != Stored || s.Snapshot != saved {
		return false
	}
	broken := Snapshot{Data(c.Int("data", contents)), uint8(c.Int("version", versions))}
	if broken == saved {
		return false
	}
	s.Snapshot = broken
	return true
}

// restore: the checksum of what is there is compared with the one that was
// stored.
func (p *protocol) restore(s *State, _ *model.Choice) bool {
	if s.Phase != Stored {
		return false
	}
	s.Phase = Refused
	if p.checksum(s.Snapshot) == p.checksum(saved) {
		s.Phase = Restored
	}
	return true
}

func (p *protocol) checksum(of Snapshot) Snapshot {
	switch p.Bug {
	case "short-checksum":
		of.Data %= sums
	case "data-only":
		of.Version = 0
	}
	return of
}

// snapshotIntegrity: what is restored is what was saved.
func (p *protocol) snapshotIntegrity(s *State) bool {
	return s.Phase != Restored || s.Snapshot == saved
}

func (p *protocol) whatIsWrong(s *State) string {
	return fmt.Sprintf("%+v was saved, and %+v is restored under the same checksum", saved, s.Snapshot)
}
