package txn

import "fmt"

// History is a list of committed transactions. The zero value has none.
type History struct {
	list []Transaction
}

// Transaction is a committed transaction.
type Transaction struct {
	Name          string // in explanations; empty for T1, T2 and so on
	Begin, End    int    // in real time, for StrictlySerializable only; it has ended before another begins if End < Begin
	Reads, Writes []Access

	_ struct{}
}

// Access is the version of a key that a transaction reads or makes. A read of a version that the
// transaction itself has made is left out, or does no harm.
type Access struct {
	Key, Version int
}

// Add adds a transaction, and returns its number. It panics if the transaction makes the version
// 0. That two transactions make the same version of a key panics when the history is checked.
func (h *History) Add(t Transaction) int {
	if t.Name == "" {
		t.Name = fmt.Sprintf("T%d", len(h.list)+1)
	}
	for _, w := range t.Writes {
		if w.Version <= 0 {
			panic(fmt.Sprintf("txn: %s writes version %d of key %d; versions that are written are 1, 2, ...", t.Name, w.Version, w.Key))
		}
	}
	h.list = append(h.list, t)
	return len(h.list) - 1
}

// Reset removes all transactions, and keeps the memory.
func (h *History) Reset() { h.list = h.list[:0] }

// Level is a level of isolation.
type Level uint8

// The levels.
const (
	Serializable Level = iota
	StrictlySerializable
	SnapshotIsolation
)

func (l Level) String() string {
	return [...]string{"serializable", "strictly serializable", "snapshot isolation"}[l]
}

// Satisfies reports whether the history has a level of isolation.
func (h *History) Satisfies(l Level) bool { return h.cycle(l) == nil }

// IsSerializable reports whether the transactions can have run one after the other.
func (h *History) IsSerializable() bool { return h.Satisfies(Serializable) }

// IsStrictlySerializable reports whether the transactions can have run one after the other, in an
// order that agrees with real time.
func (h *History) IsStrictlySerializable() bool { return h.Satisfies(StrictlySerializable) }

// IsSnapshotIsolated reports whether each transaction can have read from a snapshot, and no two
// that ran at the same time have written the same key.
func (h *History) IsSnapshotIsolated() bool { return h.Satisfies(SnapshotIsolation) }
