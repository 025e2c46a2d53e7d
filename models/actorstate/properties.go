package actorstate

import (
	"fmt"

	"github.com/muster-mc/muster/model"
)

func (p *protocol) properties() []model.Property[State] {
	list := []model.Property[State]{
		model.Always("TypeOK", p.typeOK),
		model.Always("RollbackCorrectness", p.rollbackCorrect).Explained(p.leftBehind),
		model.Always("BufferEmptyWhenIdle", p.bufferEmptyWhenIdle),
		model.AlwaysStep("SnapshotFresh", p.snapshotFresh),
		model.AlwaysStep("CommitCorrectness", p.commitCorrect),
		model.Reachable("SomethingCommitted", p.somethingCommitted),
		model.Reachable("SomethingRolledBack", p.somethingRolledBack),
	}
	if p.Readers {
		list = append(list, model.Always("NoPartialState", p.noPartialState).Explained(p.dirty))
	}
	return list
}

func (p *protocol) typeOK(s *State) bool {
	if s.Invocation > Aborted || s.Buffer.Len() > p.MaxBuffer ||
		int(s.Memory) >= p.Values || int(s.Snapshot) >= p.Values {
		return false
	}
	for value := range s.Buffer.All() {
		if int(value) >= p.Values {
			return false
		}
	}
	return true
}

// rollbackCorrect: after a rollback the memory is what the snapshot says, and
// nothing waits to be written.
func (p *protocol) rollbackCorrect(s *State) bool {
	return s.Invocation != Aborted || s.Memory == s.Snapshot && s.Buffer.Len() == 0
}

func (p *protocol) leftBehind(s *State) string {
	return fmt.Sprintf("the invocation was rolled back; the memory is %v and was %v, %d writes wait",
		s.Memory, s.Snapshot, s.Buffer.Len())
}

// bufferEmptyWhenIdle: writes wait only while an invocation runs.
func (p *protocol) bufferEmptyWhenIdle(s *State) bool {
	return s.Invocation == Running || s.Buffer.Len() == 0
}

// snapshotFresh: what a rollback goes back to is the memory at the beginning of
// this invocation. RollbackCorrectness believes the snapshot whatever it says.
func (p *protocol) snapshotFresh(before, after *State) bool {
	starts := before.Invocation == Idle && after.Invocation == Running
	return !starts || after.Snapshot == before.Memory && after.Memory == before.Memory
}

// commitCorrect: a commit leaves the last write, or what was there if there was
// none.
func (p *protocol) commitCorrect(before, after *State) bool {
	if before.Invocation != Running || after.Invocation != Committed {
		return true
	}
	want := before.Memory
	if before.Buffer.Len() > 0 {
		want = before.lastWrite()
	}
	return after.Memory == want
}

// noPartialState: while an invocation runs, others see what was there before.
func (p *protocol) noPartialState(s *State) bool {
	return s.Invocation != Running || s.Memory == s.Snapshot
}

func (p *protocol) dirty(s *State) string {
	return fmt.Sprintf("an invocation is running, and others already see %v instead of %v", s.Memory, s.Snapshot)
}

func (p *protocol) somethingCommitted(s *State) bool {
	return s.Invocation == Committed && s.Memory != Empty
}

// somethingRolledBack: to a memory that says something.
func (p *protocol) somethingRolledBack(s *State) bool {
	return s.Invocation == Aborted && s.Memory != Empty
}
