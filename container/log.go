package container

import (
	"fmt"
	"iter"

	"github.com/muster-mc/muster/trace"
)

// Log is a list to which entries are appended and from which they are truncated: the log of a
// consensus protocol, a write-ahead log, an event store. Two prefixes of it can be marked: the
// committed entries, and the synced ones, which are on disk whatever happens. The zero value is
// the empty log. E is the type of the entries, and S where they are kept: an array, as in
// Log[Entry, [5]Entry], or a slice.
//
// A mark changes only where a method says so. A model that has no use for one leaves it
// at zero.
type Log[E comparable, S Store[E]] struct {
	cells[E, S]
	committed, synced uint8
}

// Append puts e at the end. It panics if the log is full.
func (l *Log[E, S]) Append(e E) { l.push("Append", e) }

// Truncate removes the entries from a place on, and keeps that many entries. No mark is then
// beyond the end: a protocol that truncates committed entries shows so by its mark falling. It
// panics if from is less than zero, and removes nothing if from is the length or more.
func (l *Log[E, S]) Truncate(from int) {
	if from < 0 {
		panic(fmt.Sprintf("container: Truncate(%d): no entry has that place", from))
	}
	if from >= int(l.n) {
		return
	}
	l.cut(from)
	l.committed, l.synced = min(l.committed, l.n), min(l.synced, l.n)
}

// At returns the entry at a place from 0 on. It panics if there is none.
func (l *Log[E, S]) At(i int) E { return l.at(i) }

// Last returns the last entry, and reports whether there is one.
func (l *Log[E, S]) Last() (e E, ok bool) {
	if l.n == 0 {
		return e, false
	}
	return l.items[l.n-1], true
}

// Len returns the number of entries.
func (l *Log[E, S]) Len() int { return int(l.n) }

// Full reports whether there is no room for another entry.
func (l *Log[E, S]) Full() bool { return l.full() }

// All ranges over the entries and their places, from the first on. The loop must not change
// the log.
func (l *Log[E, S]) All() iter.Seq2[int, E] { return l.all() }

// Agrees reports whether both logs have at least n entries, and the same first n. Two
// replicas agree on what is committed on both if
//
//	a.Agrees(b, min(a.Committed(), b.Committed()))
func (l *Log[E, S]) Agrees(with *Log[E, S], n int) bool {
	if n > int(l.n) || n > int(with.n) {
		return false
	}
	for i := range n {
		if l.items[i] != with.items[i] {
			return false
		}
	}
	return true
}

// Commit marks the first n entries, and no others, as committed. It panics if there are fewer,
// or if n is less than zero.
func (l *Log[E, S]) Commit(n int) {
	if n < 0 || n > int(l.n) {
		panic(fmt.Sprintf("container: Commit(%d) of a log of %d entries", n, l.n))
	}
	l.committed = uint8(n)
}

// Committed returns the number of committed entries.
func (l *Log[E, S]) Committed() int { return int(l.committed) }

// Sync marks all entries as synced: fsync.
func (l *Log[E, S]) Sync() { l.synced = l.n }

// Synced returns the number of synced entries.
func (l *Log[E, S]) Synced() int { return int(l.synced) }

// Unsynced returns the number of entries that are not synced, which a crash can lose.
func (l *Log[E, S]) Unsynced() int { return int(l.n - l.synced) }

// Lose removes the last n entries, as a crash does with those that are not synced. The
// entries that are left are on the disk that was found, and so are synced. It panics if there
// are fewer than n that are not synced.
func (l *Log[E, S]) Lose(n int) {
	if n < 0 || n > l.Unsynced() {
		panic(fmt.Sprintf("container: Lose(%d) of a log with %d entries that are not synced", n, l.Unsynced()))
	}
	l.Truncate(int(l.n) - n)
	l.Sync()
}

// Clear empties the log and its marks.
func (l *Log[E, S]) Clear() { l.Truncate(0) }

// TraceValue shows the entries with their places, and the marks.
func (l *Log[E, S]) TraceValue() trace.Value {
	return trace.LogOf(l.list(), struct{ Committed, Synced uint8 }{l.committed, l.synced})
}
