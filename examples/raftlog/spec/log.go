package spec

import (
	"fmt"
	"strings"
)

// Log is the entries of a node, or some of them. Entries without a change of the
// configuration differ in their term only, so that a run of them is one item: a log takes
// memory in proportion to the elections and changes, and not to the proposals. Logs are
// texts because texts can be compared and are shared by copies; an item has six bytes.
type Log string

// Entry is one entry.
type Entry struct {
	Term   int
	Change Change
	Peer   int // that the change is about
}

// Change is what an entry does to the configuration.
type Change uint8

const (
	Normal Change = iota // the entry is a proposal of a client
	AddVoter
	Remove
	AddLearner
)

func (c Change) String() string {
	return [...]string{"normal", "AddNewServer", "RemoveServer", "AddLearner"}[c]
}

// item is a run of equal entries.
type item struct {
	Entry
	count int
}

const itemSize = 6

func (l Log) item(at int) item {
	b := l[at*itemSize:]
	return item{Entry{int(b[0])<<8 | int(b[1]), Change(b[4]), int(b[5])}, int(b[2])<<8 | int(b[3])}
}

func (l Log) items() int { return len(l) / itemSize }

// add appends a run. Equal entries without a change become one item, so that equal logs are
// equal texts.
func (l Log) add(run item) Log {
	if run.count == 0 {
		return l
	}
	if n := l.items(); n > 0 && run.Change == Normal {
		if last := l.item(n - 1); last.Entry == run.Entry {
			run.count += last.count
			l = l[:(n-1)*itemSize]
		}
	}
	return l + run.text()
}

func (i item) text() Log {
	return Log([]byte{byte(i.Term >> 8), byte(i.Term), byte(i.count >> 8), byte(i.count), byte(i.Change), byte(i.Peer)})
}

// Append adds an entry.
func (l Log) Append(e Entry) Log { return l.add(item{e, 1}) }

// Join adds the entries of another log. Only where the two meet can runs become one.
func (l Log) Join(more Log) Log {
	if more == "" {
		return l
	}
	return l.add(more.item(0)) + more[itemSize:]
}

// Last is the index of the last entry; the first has index 1.
func (l Log) Last() int {
	n := 0
	for i := range l.items() {
		n += l.item(i).count
	}
	return n
}

// At is the entry with an index.
func (l Log) At(index int) Entry {
	for i := range l.items() {
		run := l.item(i)
		if index -= run.count; index <= 0 {
			return run.Entry
		}
	}
	return Entry{}
}

// Term is the term of the entry with an index, zero for index 0 and behind the end.
func (l Log) Term(index int) int {
	if index <= 0 {
		return 0
	}
	return l.At(index).Term
}

// Slice is the entries after one index, up to another. What lies between the first and the
// last run is a part of the text.
func (l Log) Slice(after, to int) Log {
	var first, last item
	from, end := 0, 0 // of the whole runs, in items
	index := 0
	for i := range l.items() {
		run := l.item(i)
		begin := index
		index += run.count
		switch run.count = min(index, to) - max(begin, after); {
		case run.count <= 0:
		case run.count == index-begin:
			if end == 0 {
				from = i
			}
			end = i + 1
		case begin < after:
			first = run
		default:
			last = run
		}
	}
	part := l[from*itemSize : end*itemSize]
	if first.count > 0 {
		part = first.text() + part
	}
	if last.count > 0 {
		part += last.text()
	}
	return part
}

// SamePrefix reports whether two logs have the same entries up to an index that both have.
func (l Log) SamePrefix(m Log, index int) bool {
	for i := 0; index > 0; i++ {
		a, b := l.item(i), m.item(i)
		if a.Entry != b.Entry || a.count != b.count && min(a.count, b.count) < index {
			return false
		}
		index -= a.count
	}
	return true
}

// NextChange is the first change of the configuration after an index.
func (l Log) NextChange(after int) (index int, e Entry, ok bool) {
	end := 0
	for i := range l.items() {
		run := l.item(i)
		if end += run.count; run.Change != Normal && end > after {
			return end, run.Entry, true
		}
	}
	return 0, Entry{}, false
}

// String shows the runs: 2×7 is seven proposals of term 2, and 2+4 the change of term 2 that
// adds node 4.
func (l Log) String() string {
	var words []string
	for i := range l.items() {
		switch run := l.item(i); run.Change {
		case Normal:
			words = append(words, fmt.Sprintf("%d×%d", run.Term, run.count))
		case AddVoter:
			words = append(words, fmt.Sprintf("%d+%d", run.Term, run.Peer))
		case Remove:
			words = append(words, fmt.Sprintf("%d-%d", run.Term, run.Peer))
		default:
			words = append(words, fmt.Sprintf("%d~%d", run.Term, run.Peer))
		}
	}
	return "[" + strings.Join(words, " ") + "]"
}
