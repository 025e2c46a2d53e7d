package wal

import (
	"fmt"
	"slices"

	"github.com/muster-mc/muster/model"
)

func (p *protocol) properties() []model.Property[State] {
	return []model.Property[State]{
		model.Always("TypeOK", p.typeOK),
		model.Always("Durability", p.durability).Explained(p.explainDurability),
		model.Always("Idempotency", p.idempotency).Explained(p.explainIdempotency),
		model.Always("AtomicVisibility", p.atomicVisibility),
		model.AlwaysStep("NothingVanishes", p.nothingVanishes),
		model.AlwaysStep("AcceptedOnce", p.acceptedOnce),
		model.Reachable("WrittenAndCleanedUp", p.writtenAndCleanedUp),
	}
}

// typeOK: the log keeps to its size, and the store holds nothing but data.
func (p *protocol) typeOK(s *State) bool {
	if int(s.Length) > p.Entries {
		return false
	}
	for i, r := range s.Log {
		if (r.Status != Free) != (i < int(s.Length)) || int(r.Request.Data) > p.Entries {
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
	return r.Status == Completed && s.Store[r.Request.Data] != r.Request.Data
}

func (p *protocol) explainDurability(s *State) string {
	r := s.entries()[slices.IndexFunc(s.entries(), s.missing)]
	return fmt.Sprintf("entry %d is completed, but the store holds %d in place of %d",
		r.ID, s.Store[r.Request.Data], r.Request.Data)
}

// atomicVisibility: what is marked completed has left something in the store.
// Durability implies it.
func (p *protocol) atomicVisibility(s *State) bool {
	for _, r := range s.entries() {
		if r.Status == Completed && s.Store[r.Request.Data] == 0 {
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
	return fmt.Sprintf("entries %d and %d are both request %d of client %d", a.ID, b.ID, a.Key, a.Client)
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

// acceptedOnce is what Idempotency is about: a request is not logged again,
// even after its entry was cleaned up.
func (p *protocol) acceptedOnce(before, after *State) bool {
	if after.NextID == before.NextID {
		return true
	}
	r := after.Log[after.Length-1]
	return r.Key >= before.NextKey[r.Client]
}

// writtenAndCleanedUp: the log has done its work and is empty again.
func (p *protocol) writtenAndCleanedUp(s *State) bool {
	return s.Mode == Up && s.Length == 0 && s.Store != [logSlots]Data{}
}
