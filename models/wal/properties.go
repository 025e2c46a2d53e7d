package wal

import (
	"fmt"
	"slices"

	"github.com/muster-mc/muster/model"
)

func (p *protocol) properties() []model.Property[State] {
	list := []model.Property[State]{
		model.Always("TypeOK", p.typeOK),
		model.Always("Durability", p.durability).Explained(p.explainDurability),
		model.Always("Idempotency", p.idempotency).Explained(p.explainIdempotency),
		model.Always("AtomicVisibility", p.atomicVisibility),
		model.AlwaysStep("NothingVanishes", p.nothingVanishes),
		model.ImpliesStep("AcceptedOnce", logged, p.acceptedOnce),
		model.Always("NumberedApart", p.numberedApart),
		model.Always("KeysAreSpent", p.keysAreSpent),
		model.AlwaysStep("EntriesStay", p.entriesStay),
		model.AlwaysStep("WriteIsMarked", p.writeIsMarked),
		model.Reachable("WrittenAndCleanedUp", p.writtenAndCleanedUp),
		model.Reachable("OneFails", func(s *State) bool { return s.Log[0].Status == Failed }),
	}
	if p.Entries > 1 && p.Operations > 1 {
		list = append(list, model.Reachable("CompletedOutOfTurn", p.completedOutOfTurn))
	}
	return list
}

// typeOK: the log keeps to its size, and the store holds nothing but data.
func (p *protocol) typeOK(s *State) bool {
	if int(s.Length) > p.Entries {
		return false
	}
	for i, r := range s.Log {
		there := i < int(s.Length)
		if (r.Status != Free) != there || (r.Request.Op != NoOp) != there || int(r.Request.Data) > p.Entries {
			return false
		}
	}
	for _, d := range s.Store {
		if int(d) > p.Entries {
			return false
		}
	}
	return true
}

// durability: what is marked completed is in the store.
func (p *protocol) durability(s *State) bool {
	return !slices.ContainsFunc(s.entries(), s.missing)
}

func (s *State) missing(r Record) bool {
	return r.Status == Completed && s.Store[r.Request.Data.slot()] != r.Request.Data
}

func (p *protocol) explainDurability(s *State) string {
	r := s.entries()[slices.IndexFunc(s.entries(), s.missing)]
	return fmt.Sprintf("entry %d is completed, but the store holds %d in place of %d",
		r.ID, s.Store[r.Request.Data.slot()], r.Request.Data)
}

// atomicVisibility: what is marked completed has left something in the store.
// Durability implies it.
func (p *protocol) atomicVisibility(s *State) bool {
	for _, r := range s.entries() {
		if r.Status == Completed && s.Store[r.Request.Data.slot()] == 0 {
			return false
		}
	}
	return true
}

// idempotency: the log holds no request twice.
func (p *protocol) idempotency(s *State) bool {
	_, _, found := s.twins()
	return !found
}

func (s *State) twins() (a, b Record, found bool) {
	for i, a := range s.entries() {
		for _, b := range s.entries()[:i] {
			if a.Client == b.Client && a.Key == b.Key {
				return b, a, true
			}
		}
	}
	return a, b, false
}

func (p *protocol) explainIdempotency(s *State) string {
	a, b, _ := s.twins()
	return fmt.Sprintf("entries %d and %d are both request %d of %v", a.ID, b.ID, a.Key, a.Client)
}

// nothingVanishes: an entry that is not decided stays in the log.
func (p *protocol) nothingVanishes(before, after *State) bool {
	for _, r := range before.entries() {
		same := func(other Record) bool { return other.ID == r.ID }
		if r.undecided() && !slices.ContainsFunc(after.entries(), same) {
			return false
		}
	}
	return true
}

// logged: the step logs a request.
func logged(before, after *State) bool { return after.NextID != before.NextID }

// acceptedOnce is what Idempotency is about: a request is not logged again,
// even after its entry was cleaned up.
func (p *protocol) acceptedOnce(before, after *State) bool {
	r := after.Log[after.Length-1]
	return r.Key >= before.NextKey[r.Client.index()]
}

// writtenAndCleanedUp: the log has done its work and is empty again.
func (p *protocol) writtenAndCleanedUp(s *State) bool {
	return s.Mode == Up && s.Length == 0 && s.Store != [maxEntries]Data{}
}

// numberedApart: no two entries have the same number, and none has one that was
// not given out.
func (p *protocol) numberedApart(s *State) bool {
	for i, r := range s.entries() {
		same := func(other Record) bool { return other.ID == r.ID }
		if r.ID == 0 || r.ID >= s.NextID || slices.ContainsFunc(s.entries()[:i], same) {
			return false
		}
	}
	return true
}

// keysAreSpent: the key of an entry is not one that its client gives next.
func (p *protocol) keysAreSpent(s *State) bool {
	return !slices.ContainsFunc(s.entries(), func(r Record) bool { return r.Key >= s.NextKey[r.Client.index()] })
}

// entriesStay: as long as an entry is in the log nothing about it changes but what
// became of it, and that is decided once.
func (p *protocol) entriesStay(before, after *State) bool {
	for _, was := range before.entries() {
		i := slices.IndexFunc(after.entries(), func(r Record) bool { return r.ID == was.ID })
		if i < 0 {
			continue
		}
		is := after.Log[i]
		if !was.undecided() && is.Status != was.Status {
			return false
		}
		if is.Status = was.Status; is != was {
			return false
		}
	}
	return true
}

// writeIsMarked: a step that writes a datum marks an entry that asked for it.
func (p *protocol) writeIsMarked(before, after *State) bool {
	for slot, was := range before.Store {
		if is := after.Store[slot]; is == was || is == 0 {
			continue
		}
		marked := func(r Record) bool { return r.Request.Data.slot() == slot && r.Status != Pending && r.Status != Failed }
		if !slices.ContainsFunc(after.entries(), marked) {
			return false
		}
	}
	return true
}

// completedOutOfTurn: a server that is up has completed an entry, and not one that
// came before it. Recovery leaves nothing pending.
func (p *protocol) completedOutOfTurn(s *State) bool {
	return s.Mode == Up && s.Log[0].undecided() && s.Log[1].Status == Completed
}
