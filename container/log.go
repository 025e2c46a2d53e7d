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
// A third prefix can be compacted: its entries are forgotten, because a snapshot has what they
// did. The places of the others stay what they were, so that Len is the place of the next entry
// and the number of all that were appended and not truncated, compacted ones too. What the
// snapshot says is the model's own.
//
// A mark changes only where a method says so. A model that has no use for one leaves it
// at zero.
type Log[E comparable, S Store[E]] struct {
	cells[E, S]
	committed, synced uint8
	start             uint8 // the place of the first entry that is kept
}

// Append puts e at the end. It panics if the log is full.
func (l *Log[E, S]) Append(e E) {
	if l.Len() == most {
		panic(fmt.Sprintf("container: Append beyond the %d places of a log, compacted ones included: bound the log in the model", most))
	}
	l.push("Append", e)
}

// AppendFrom puts the entries of another log at the end, from a place of that log on: none if the place is
// the end of the other log or beyond it. It panics if the place is less than zero or among the compacted
// entries, or if the log is full.
func (l *Log[E, S]) AppendFrom(other *Log[E, S], place int) {
	for n := other.Len(); place < n; place++ {
		l.Append(other.At(place))
	}
}

// Truncate removes the entries from a place on, and keeps those before it. No mark is then
// beyond the end: a protocol that truncates committed entries shows so by its mark falling. It
// panics if from is less than zero or among the compacted entries, and removes nothing if from
// is the length or more.
func (l *Log[E, S]) Truncate(from int) {
	if from < int(l.start) || from < 0 {
		panic(fmt.Sprintf("container: Truncate(%d): no entry has that place%s", from, l.begins()))
	}
	if from >= l.Len() {
		return
	}
	l.cut(from - int(l.start))
	l.committed, l.synced = min(l.committed, uint8(from)), min(l.synced, uint8(from))
}

// begins says of a log that was compacted where it begins.
func (l *Log[E, S]) begins() string {
	if l.start == 0 {
		return ""
	}
	return fmt.Sprintf(": the log is compacted up to %d", l.start)
}

// At returns the entry at a place from 0 on. It panics if there is none, or if it was
// compacted.
func (l *Log[E, S]) At(i int) E {
	if i < int(l.start) || i >= l.Len() {
		panic(fmt.Sprintf("container: there is no entry %d: there are %d%s", i, l.Len(), l.begins()))
	}
	return l.items[i-int(l.start)]
}

// Last returns the last entry, and reports whether there is one that is kept.
func (l *Log[E, S]) Last() (e E, ok bool) {
	if l.n == 0 {
		return e, false
	}
	return l.items[l.n-1], true
}

// Len returns the number of entries, compacted ones included: the place of the next one.
func (l *Log[E, S]) Len() int { return int(l.start) + int(l.n) }

// Full reports whether there is no room for another entry. Compacted entries take no room.
func (l *Log[E, S]) Full() bool { return l.full() || l.Len() == most }

// All ranges over the entries that are kept and their places, from the first on. The loop must
// not change the log.
func (l *Log[E, S]) All() iter.Seq2[int, E] {
	return func(yield func(int, E) bool) {
		for i := 0; i < int(l.n); i++ {
			if !yield(int(l.start)+i, l.items[i]) {
				return
			}
		}
	}
}

// Agrees reports whether both logs have at least n entries, and the same first n. Two
// replicas agree on what is committed on both if
//
//	a.Agrees(b, min(a.Committed(), b.Committed()))
//
// Entries that one of them has compacted are not compared: compare the snapshots.
func (l *Log[E, S]) Agrees(with *Log[E, S], n int) bool {
	if n > l.Len() || n > with.Len() {
		return false
	}
	for i := int(max(l.start, with.start)); i < n; i++ {
		if l.items[i-int(l.start)] != with.items[i-int(with.start)] {
			return false
		}
	}
	return true
}

// Compact forgets the first entries, up to the place n: a snapshot has replaced them. They count
// as committed and synced from then on. It panics if there are fewer than n entries, and does
// nothing if those before n are forgotten already.
func (l *Log[E, S]) Compact(n int) {
	if n < 0 || n > l.Len() {
		panic(fmt.Sprintf("container: Compact(%d) of a log of %d entries", n, l.Len()))
	}
	if n > int(l.start) {
		l.drop(n - int(l.start))
		l.begin(n)
	}
}

// Install replaces the whole log by a snapshot of the first n entries, whose content came from
// elsewhere: a log that has none of its own from n on, as after Raft's InstallSnapshot. A
// protocol that keeps the entries after the snapshot if they fit calls Compact for that case.
// It panics if n is less than zero or more than a log can count.
func (l *Log[E, S]) Install(n int) {
	if n < 0 || n > most {
		panic(fmt.Sprintf("container: Install(%d): a log has 0 to %d places", n, most))
	}
	l.Clear()
	l.begin(n)
}

// begin has the log begin at a place. The marks are not before it.
func (l *Log[E, S]) begin(n int) {
	l.start = uint8(n)
	l.committed, l.synced = max(l.committed, l.start), max(l.synced, l.start)
}

// Compacted returns the number of entries that were compacted: the place of the first one that is
// kept.
func (l *Log[E, S]) Compacted() int { return int(l.start) }

// Commit marks the first n entries, and no others, as committed. It panics if there are fewer,
// or if n is less than the number of compacted ones.
func (l *Log[E, S]) Commit(n int) {
	if n < int(l.start) || n < 0 || n > l.Len() {
		panic(fmt.Sprintf("container: Commit(%d) of a log of %d entries%s", n, l.Len(), l.begins()))
	}
	l.committed = uint8(n)
}

// Committed returns the number of committed entries.
func (l *Log[E, S]) Committed() int { return int(l.committed) }

// Sync marks all entries as synced: fsync.
func (l *Log[E, S]) Sync() { l.synced = uint8(l.Len()) }

// Synced returns the number of synced entries.
func (l *Log[E, S]) Synced() int { return int(l.synced) }

// Unsynced returns the number of entries that are not synced, which a crash can lose.
func (l *Log[E, S]) Unsynced() int { return l.Len() - int(l.synced) }

// Lose removes the last n entries, as a crash does with those that are not synced. The
// entries that are left are on the disk that was found, and so are synced. It panics if there
// are fewer than n that are not synced.
func (l *Log[E, S]) Lose(n int) {
	if n < 0 || n > l.Unsynced() {
		panic(fmt.Sprintf("container: Lose(%d) of a log with %d entries that are not synced", n, l.Unsynced()))
	}
	l.Truncate(l.Len() - n)
	l.Sync()
}

// Clear empties the log, and forgets its marks and that it was compacted.
func (l *Log[E, S]) Clear() {
	l.cut(0)
	l.committed, l.synced, l.start = 0, 0, 0
}

// TraceValue shows the entries with their places, and the marks.
func (l *Log[E, S]) TraceValue() trace.Value {
	return trace.LogFrom(int(l.start), l.list(), struct{ Committed, Synced, Compacted uint8 }{l.committed, l.synced, l.start})
}
