// Package rename models how a program replaces a file: it writes a second file, gives it the name
// of the first, and syncs both the file and the directory. The operating system writes what is not
// synced when it likes.
package rename

import (
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/container"
	"github.com/muster-mc/muster/crash"
	"github.com/muster-mc/muster/model"
)

const blocks = 2

// Config seeds bugs into the model.
type Config struct {
	Bug string // "" or the name of a seeded bug
}

// Step is what the program does.
type Step uint8

const (
	Write Step = iota
	SyncFile
	Rename
	SyncDirectory
	Finish
)

func (s Step) String() string {
	return [...]string{"Write", "SyncFile", "Rename", "SyncDirectory", "Finish"}[s]
}

// File is what has the name.
type File uint8

func (f File) String() string { return [...]string{"old", "new"}[f] }

// Block is a part of a file.
type Block uint8

func (b Block) String() string { return "block " + string('1'+rune(b)) }

// Disk is the disk and what the operating system and the program have in memory of it.
type Disk struct {
	New  container.Log[Block, [blocks]Block] `crash:"durable"` // the content of the new file
	Name File                                `crash:"durable"` // on the disk
	Seen File                                `crash:"lost"`    // of the name, by programs
	Done uint8                               `crash:"lost"`    // steps
}

// State is a global state.
type State struct {
	Disk     Disk
	Finished bool // the program has said so
	Crashed  bool
}

// New returns the model.
func New(c Config) *model.Model[State] {
	steps := []Step{Write, SyncFile, Rename, SyncDirectory, Finish}
	switch catalog.Settle(c).Bug {
	case "sync-after-rename":
		steps = []Step{Write, Rename, SyncDirectory, SyncFile, Finish}
	case "no-directory-sync":
		steps = []Step{Write, SyncFile, Rename, Finish}
	}
	disks := crash.Processes[State, Disk]{
		Number: 1, At: func(s *State, _ int) *Disk { return &s.Disk },
		May: func(s *State, _ int) bool { return !s.Crashed },
		Restart: func(s *State, _ int, _ Disk) {
			s.Disk.Seen, s.Crashed = s.Disk.Name, true
		},
	}
	does := func(d *Disk, step Step) (done bool) {
		switch step {
		case Write:
			d.New.Append(Block(d.New.Len()))
			return d.New.Full()
		case SyncFile:
			d.New.Sync()
		case Rename:
			d.Seen = 1
		case SyncDirectory:
			d.Name = d.Seen
		}
		return true
	}
	writeBack := func(s *State, _ *model.Choice) bool {
		stale := s.Disk.Name != s.Disk.Seen
		s.Disk.Name = s.Disk.Seen
		return stale
	}
	actions := []model.Action[State]{disks.Crash("Crash"), {Name: "WriteBack", Do: writeBack}}
	for i, step := range steps {
		actions = append(actions, model.Action[State]{Name: step.String(), Do: func(s *State, _ *model.Choice) bool {
			if s.Crashed || int(s.Disk.Done) != i {
				return false
			}
			if s.Finished = step == Finish; does(&s.Disk, step) {
				s.Disk.Done++
			}
			return true
		}})
	}
	return &model.Model[State]{
		Name:    "incident/rename",
		Actions: actions,
		Properties: []model.Property[State]{
			model.Always("FileIsWhole", func(s *State) bool { return s.Disk.Seen == 0 || s.Disk.New.Full() }),
			model.Implies("FinishedIsThere",
				func(s *State) bool { return s.Finished },
				func(s *State) bool { return s.Disk.Seen == 1 }),
			model.Reachable("Finishes", func(s *State) bool { return s.Finished }),
			model.Reachable("OldSurvives", func(s *State) bool { return s.Crashed && s.Disk.Seen == 0 && s.Disk.New.Full() }),
		},
		Terminal: func(s *State) bool { return s.Crashed || s.Finished },
	}
}
