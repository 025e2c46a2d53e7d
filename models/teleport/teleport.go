// Package teleport models virtual machines that are saved as snapshots and
// restored later, perhaps on another host: of another architecture, or with
// another version of the platform.
//
// A snapshot that holds processor state fits only the architecture it was taken
// on; a checkpoint, which holds application state alone, fits any. The version
// must match in both cases. The protocol promises that no snapshot is restored
// where it does not fit, that an agent gets back exactly what was saved, and
// that a restore that was given up leaves nothing behind.
package teleport

import (
	"strconv"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

const (
	maxAgents    = 3
	maxSnapshots = 4
	alikeMost    = 6 // values of a type that are declared to be interchangeable
)

// Config sizes the model and seeds bugs into it.
type Config struct {
	Architectures int    `flag:"architectures" default:"2" min:"2" max:"3" help:"processor architectures of the hosts"`
	Majors        int    `flag:"majors" default:"1" min:"1" max:"250" help:"major versions of the platform"`
	Minors        int    `flag:"minors" default:"1" min:"1" max:"250" help:"minor versions of the platform"`
	Agents        int    `flag:"agents" default:"1" min:"1" max:"3" help:"agents, a virtual machine each"`
	Snapshots     int    `flag:"snapshots" default:"2" min:"1" max:"4" help:"snapshots that can be taken"`
	Values        int    `flag:"values" default:"2" min:"2" max:"250" help:"states that a virtual machine can be in"`
	Bug           string // "" or the name of a seeded bug
}

// Arch is a processor architecture.
type Arch uint8

const (
	Arm64 Arch = iota
	X86_64
	RISCV64
)

func (a Arch) String() string { return [...]string{"Arm64", "X86_64", "RISCV64"}[a] }

// Kind is what a snapshot is for, and so what it holds.
type Kind uint8

const (
	NotTaken   Kind = iota
	Suspend         // memory and processor state, to go on here
	Teleport        // memory and processor state, to go on elsewhere
	Checkpoint      // application state alone
)

func (k Kind) String() string {
	return [...]string{"NotTaken", "Suspend", "Teleport", "Checkpoint"}[k]
}

// Major and Minor are the two parts of a version of the platform.
type (
	Major uint8
	Minor uint8
)

// System is what a host runs on.
type System struct {
	Arch  Arch
	Major Major
	Minor Minor
}

// Value is a state that a virtual machine can be in.
type Value uint8

// Snapshot is a saved virtual machine. Its fields are zero until it is taken,
// and never change again.
type Snapshot struct {
	Kind  Kind
	Agent uint8
	Saved Value  // the state of the virtual machine
	On    System // where it was taken
}

// Ref refers to a snapshot, or to none.
type Ref uint8

// ref refers to the snapshot with this index.
func ref(index int) Ref { return Ref(index + 1) }

func (r Ref) String() string {
	if r == 0 {
		return "none"
	}
	return strconv.Itoa(int(r) - 1)
}

// State is a global state: one host at a time, and every snapshot ever taken.
type State struct {
	VMs       [maxAgents]Value // by agent
	Host      System
	Snapshots [maxSnapshots]Snapshot `muster:"by=Ref"`
	Restoring Ref
	Partial   bool // the virtual machine is partly overwritten
}

type protocol struct{ Config }

// New returns the model.
func New(c Config) *model.Model[State] {
	p := &protocol{catalog.Settle(c)}
	return &model.Model[State]{
		Name: "teleport",
		Init: p.start,
		Actions: []model.Action[State]{
			{Name: "Modify", Do: p.modify},
			{Name: "Create", Do: p.create},
			{Name: "BeginRestore", Do: p.beginRestore},
			{Name: "CompleteRestore", Do: p.completeRestore, Fair: p.fairness()},
			{Name: "AbortRestore", Do: p.abortRestore, Fault: "cancellation", Fair: p.fairness()},
			{Name: "SwitchArch", Do: p.switchArch},
			{Name: "Upgrade", Do: p.upgrade},
		},
		Properties: append([]model.Property[State]{
			model.Always("TypeInvariant", p.typeInvariant),
			model.Always("ArchitectureValidation", p.fitsArchitecture).Explained(p.misfit),
			model.Always("VersionCompatibility", p.fitsVersion).Explained(p.misfit),
			model.Implies("NoPartialRestore", p.partial, p.restoring),
			model.Implies("RestoreIsMarked", p.restoring, p.partial),
			model.AlwaysStep("SnapshotConsistency", p.snapshotsTrue),
			model.ImpliesStep("RestoreExact", restoreEnds, p.restoreExact),
			model.Reachable("CheckpointMoves", p.checkpointMoves),
			model.Reachable("RestoreUndoes", p.restoreUndoes),
		}, p.liveness()...),
		Symmetry: []model.Symmetry{
			model.Scalars[Ref](p.Snapshots).From(1),
			allButZero[Value](p.Values), allButZero[Arch](p.Architectures),
			allButZero[Major](p.Majors), allButZero[Minor](p.Minors),
		},
	}
}

// allButZero declares that the values of a type with n values are interchangeable, except
// for zero, which a snapshot has before it is taken. Agents are not declared: their array
// begins with that exception. The number of values has a limit, because the permutations
// of all types together must fit a word.
func allButZero[T model.Integer](n int) model.Symmetry {
	return model.Scalars[T](min(max(n-1, 1), alikeMost)).From(1)
}

// start: any agent may be in any state, on any host.
func (p *protocol) start(s *State, c *model.Choice) bool {
	for agent := range p.Agents {
		s.VMs[agent] = Value(c.Int("vm", p.Values))
	}
	s.Host.Arch = Arch(c.Int("arch", p.Architectures))
	s.Host.Major = Major(c.Int("major", p.Majors))
	s.Host.Minor = Minor(c.Int("minor", p.Minors))
	return true
}
