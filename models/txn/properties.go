package txn

import (
	"fmt"

	"github.com/muster-mc/muster/model"
)

func (p *protocol) properties() []model.Property[State] {
	list := []model.Property[State]{
		model.Always("TypeOK", p.typeOK),
		model.Always("AtomicCommit", p.atomicCommit),
		model.Always("ReadYourWrites", p.readYourWrites),
		model.Always("SnapshotReads", p.snapshotReads),
		model.ImpliesStep("CommitIsMarked", p.commits, p.commitIsMarked),
		model.Reachable("AllCommit", p.allCommit),
		model.Reachable("AbortsFreely", p.abortsFreely),
		model.Reachable("SomeoneConflicts", p.someoneConflicts),
	}
	if p.Serializable {
		return append(list, model.AlwaysOf("Serializable", p.outcome, p.serializable))
	}
	return append(list,
		model.Always("SerializableIsolation", p.serializableIsolation).Explained(p.explainIsolation),
		model.Always("ConflictDetection", p.conflictDetection))
}

// typeOK: every key has a value, in the store and in the snapshot of whoever
// has begun.
func (p *protocol) typeOK(s *State) bool {
	for k := range p.Keys {
		if !p.isValue(s.Store[k]) {
			return false
		}
		for _, t := range s.Transactions[:p.Transactions] {
			if t.Status != Idle && !p.isValue(t.Snapshot[k]) {
				return false
			}
		}
	}
	return true
}

func (p *protocol) isValue(v Value) bool {
	return v != NoValue && v < initial+Value(p.Values)
}

// atomicCommit: what a transaction committed is in the store, unless another
// committed transaction wrote the same key.
func (p *protocol) atomicCommit(s *State) bool {
	for i := range p.Transactions {
		t := &s.Transactions[i]
		for k, v := range t.Writes[:p.Keys] {
			if t.Status == Committed && v != NoValue && s.Store[k] != v && !p.otherWrote(s, i, k) {
				return false
			}
		}
	}
	return true
}

func (p *protocol) otherWrote(s *State, i, k int) bool {
	for j, t := range s.Transactions[:p.Transactions] {
		if j != i && t.Status == Committed && t.Writes[k] != NoValue {
			return true
		}
	}
	return false
}

// readYourWrites: were a transaction to read what it wrote, it would get that.
func (p *protocol) readYourWrites(s *State) bool {
	for i := range p.Transactions {
		t := &s.Transactions[i]
		for k, v := range t.Writes[:p.Keys] {
			if v != NoValue && p.answer(s, t, k) != v {
				return false
			}
		}
	}
	return true
}

// snapshotReads: were a running transaction to read what it has not written, it
// would get what there was at its beginning.
func (p *protocol) snapshotReads(s *State) bool {
	for i := range p.Transactions {
		t := &s.Transactions[i]
		for k, v := range t.Writes[:p.Keys] {
			if t.Status == Running && v == NoValue && p.answer(s, t, k) != t.Snapshot[k] {
				return false
			}
		}
	}
	return true
}

// missedWrite finds a committed reader that did not see what a writer had
// committed before it, although the pairwise rule says that it should have.
func (p *protocol) missedWrite(s *State, rule func(writer, reader *Transaction, k int) bool) (w, r, k int, found bool) {
	for w := range p.Transactions {
		for r := range p.Transactions {
			writer, reader := &s.Transactions[w], &s.Transactions[r]
			if writer.Place == 0 || writer.Place >= reader.Place {
				continue
			}
			for k := range p.Keys {
				if reader.Reads.has(k) && writer.Writes[k] != NoValue && !rule(writer, reader, k) {
					return w, r, k, true
				}
			}
		}
	}
	return 0, 0, 0, false
}

// saw: the reader began with the writer's value, or wrote the key itself. It
// forgets that others may have written the key in between.
func saw(writer, reader *Transaction, k int) bool {
	return reader.Snapshot[k] == writer.Writes[k] || reader.Writes[k] != NoValue
}

// sawOrDiffers asks less of transactions that began with different snapshots.
func sawOrDiffers(writer, reader *Transaction, k int) bool {
	return writer.Snapshot != reader.Snapshot || saw(writer, reader, k)
}

func (p *protocol) serializableIsolation(s *State) bool {
	_, _, _, found := p.missedWrite(s, saw)
	return !found
}

func (p *protocol) explainIsolation(s *State) string {
	w, r, k, _ := p.missedWrite(s, saw)
	return fmt.Sprintf("transaction %d committed after %d and read key %d, but did not see what %d wrote there", r, w, k, w)
}

func (p *protocol) conflictDetection(s *State) bool {
	_, _, _, found := p.missedWrite(s, sawOrDiffers)
	return !found
}

// outcome is all that matters to a serial order: what the committed transactions
// saw and wrote, and the store they left. Most steps change nothing of it, so
// most verdicts are known already.
type outcome struct {
	Store     Values
	Committed [maxTransactions]deed
}

// deed is what a committed transaction did; zero for others.
type deed struct {
	Done   bool
	Saw    [maxKeys]ValueSet
	Writes Values
}

func (p *protocol) outcome(s *State) outcome {
	o := outcome{Store: s.Store}
	for i := range p.Transactions {
		if t := &s.Transactions[i]; t.Status == Committed {
			o.Committed[i] = deed{true, t.Saw, t.Writes}
		}
	}
	return o
}

// serializable: had the committed transactions run one after the other, in some
// order, each of them would have seen what it saw, and the store would be as it
// is.
func (p *protocol) serializable(o *outcome) bool {
	return o.explains(p.start(), [maxTransactions]bool{})
}

// explains reports whether the committed transactions that did not have their
// turn can go on from this store, one after the other, and end with the one
// there is.
func (o *outcome) explains(store Values, turns [maxTransactions]bool) bool {
	all := true
	for i := range o.Committed {
		d := &o.Committed[i]
		if !d.Done || turns[i] {
			continue
		}
		all = false
		next := turns
		next[i] = true
		if d.agrees(store) && o.explains(d.over(store), next) {
			return true
		}
	}
	return all && store == o.Store
}

// agrees: whatever the transaction saw is what this store has.
func (d *deed) agrees(store Values) bool {
	for k, v := range store {
		var only ValueSet
		only.add(v)
		if d.Saw[k] != 0 && d.Saw[k] != only {
			return false
		}
	}
	return true
}

// over is the store with the transaction's writes in it.
func (d *deed) over(store Values) Values {
	for k, v := range d.Writes {
		if v != NoValue {
			store[k] = v
		}
	}
	return store
}

func (p *protocol) allCommit(s *State) bool { return int(s.commits()) == p.Transactions }

// someoneConflicts: what is checked at commit happens.
func (p *protocol) someoneConflicts(s *State) bool {
	for i := range p.Transactions {
		if t := &s.Transactions[i]; t.Status == Running && p.conflicts(s, t) {
			return true
		}
	}
	return false
}

// commits: the step changes the store, or there is one more that has committed.
func (p *protocol) commits(before, after *State) bool {
	return after.Store != before.Store || after.commits() > before.commits()
}

// commitIsMarked: what changes the store is a transaction that commits, and it
// gets the next place.
func (p *protocol) commitIsMarked(before, after *State) bool {
	for i, is := range after.Transactions[:p.Transactions] {
		if is.Status == Committed && before.Transactions[i].Status != Committed {
			return is.Place == after.commits()
		}
	}
	return false
}

// abortsFreely: a transaction that has read nothing, and so has no conflict, was
// aborted.
func (p *protocol) abortsFreely(s *State) bool {
	for _, t := range s.Transactions[:p.Transactions] {
		if t.Status == Aborted && t.Reads == 0 {
			return true
		}
	}
	return false
}
