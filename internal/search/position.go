package search

import "slices"

// Position is a place in the order in which a sequential search does things: the
// number of the state that is expanded, and twice the number of successors that the
// state has by then, plus one for the successor itself.
type Position struct{ Parent, Sub uint64 }

// Before is the position of what is found out about a state, or on the way to its
// successor with this ordinal.
func Before(parent, ordinal uint64) Position { return Position{parent, 2 * ordinal} }

// With is the position of what is found out about a successor.
func With(parent, ordinal uint64) Position { return Position{parent, 2*ordinal + 1} }

// Less reports whether p comes before q.
func (p Position) Less(q Position) bool {
	return p.Parent < q.Parent || p.Parent == q.Parent && p.Sub < q.Sub
}

// Ordinal is the ordinal of the successor at the position, if OfSuccessor.
func (p Position) Ordinal() uint64 { return p.Sub / 2 }

// OfSuccessor reports whether the position is that of a successor.
func (p Position) OfSuccessor() bool { return p.Sub%2 == 1 }

// Finding is something worth a trace: a property that is violated or reached, a
// deadlock, a panic, a breach of contract.
type Finding struct {
	At      Position
	Initial bool   // At is about initial states: the parent is the state before the first
	Detail  string // the message of a panic, or the breach
	Exists  bool
}

// Findings is the first finding of each kind: of every property, by its place in the
// system, and then of these three.
type Findings struct {
	First []Finding
	fresh []int // the kinds found since this was last emptied
}

// The kinds of finding that are not about a property; see [Findings.Other].
const (
	Deadlock = iota
	Panic
	Breach
	otherKinds
)

func newFindings(properties int) Findings {
	return Findings{First: make([]Finding, properties+otherKinds)}
}

// Other is the place of a kind of finding that is not about a property.
func (f *Findings) Other(kind int) int { return len(f.First) - otherKinds + kind }

// Of returns the finding of a kind that is not about a property.
func (f *Findings) Of(kind int) Finding { return f.First[f.Other(kind)] }

// Any reports whether anything was found since the last commit.
func (f *Findings) Any() bool { return len(f.fresh) > 0 }

// Add keeps a finding if it is the first of its kind.
func (f *Findings) Add(kind int, g Finding) {
	old := &f.First[kind]
	if old.Exists && !g.At.Less(old.At) {
		return
	}
	g.Exists = true
	*old = g
	f.fresh = append(f.fresh, kind)
}

// merge takes over a worker's findings before this parent. A finding of an earlier
// round came first.
func (f *Findings) merge(w *Findings, end uint64) {
	later := w.fresh[:0]
	for _, kind := range w.fresh {
		if w.First[kind].At.Parent >= end {
			later = append(later, kind)
			continue
		}
		f.Add(kind, w.First[kind])
	}
	w.fresh = later
}

// forget drops a worker's findings from this parent on.
func (f *Findings) forget(first uint64) {
	f.fresh = slices.DeleteFunc(f.fresh, func(kind int) bool {
		is := f.First[kind].At.Parent >= first
		if is {
			f.First[kind] = Finding{}
		}
		return is
	})
}

// drop forgets the findings after the end of the search.
func (f *Findings) drop(end Position) {
	for _, kind := range f.fresh {
		if end.Less(f.First[kind].At) {
			f.First[kind] = Finding{}
		}
	}
}
