package search

import "slices"

// Finding is something worth a trace: a property that is violated or reached, a
// deadlock, a panic, a breach of contract. It has no state: a position says where to find
// it, and takes 16 bytes whatever the size of the state.
type Finding struct {
	At      Position
	Initial bool   // At is about initial states: the parent is the state before the first
	Detail  string // the message of a panic, or the breach
	Exists  bool

	// Key identifies a state outside the constraint, because the same one may be found
	// several times. It is 0 for all other findings, and if only one finding of a kind is
	// wanted.
	Key uint64
}

// Findings is the first finding of each kind: of every property, by its place in the
// system, and then of these three. The first ones are those of the earliest positions,
// in whatever order they were added, so that workers can look for them independently.
type Findings struct {
	First []Finding
	more  [][]Finding // by kind, in order: those after the first
	most  int         // the number that is wanted of each kind
	fresh []int       // the kinds found since this was last emptied
}

// The kinds of finding that are not about a property; see [Findings.Other].
const (
	Deadlock = iota
	Panic
	Breach
	otherKinds
)

func newFindings(properties, most int) Findings {
	kinds := properties + otherKinds
	return Findings{First: make([]Finding, kinds), more: make([][]Finding, kinds), most: max(1, most)}
}

// All are the findings of a kind, in order.
func (f *Findings) All(kind int) []Finding {
	if !f.First[kind].Exists {
		return nil
	}
	return append([]Finding{f.First[kind]}, f.more[kind]...)
}

// isFull reports whether there are as many findings of a kind as are wanted.
func (f *Findings) isFull(kind int) bool {
	return f.First[kind].Exists && 1+len(f.more[kind]) >= f.most
}

// set replaces the findings of a kind. The list must be in order.
func (f *Findings) set(kind int, list []Finding) {
	if len(list) == 0 {
		f.First[kind], f.more[kind] = Finding{}, nil
		return
	}
	f.First[kind], f.more[kind] = list[0], list[1:]
}

// Other is the place of a kind of finding that is not about a property.
func (f *Findings) Other(kind int) int { return len(f.First) - otherKinds + kind }

// Of returns the finding of a kind that is not about a property.
func (f *Findings) Of(kind int) Finding { return f.First[f.Other(kind)] }

// Any reports whether anything was found since the last commit.
func (f *Findings) Any() bool { return len(f.fresh) > 0 }

// Add keeps a finding if it is one of the first of its kind. Of the same finding at
// several positions only the earliest is kept. The first question is also the fast way:
// once a kind is full, most findings are too late.
func (f *Findings) Add(kind int, g Finding) {
	if f.isFull(kind) && !g.isBefore(f.last(kind)) {
		return
	}
	g.Exists = true
	list := f.All(kind)
	same := func(h Finding) bool {
		return h.At == g.At && h.Initial == g.Initial || h.Key == g.Key && g.Key != 0
	}
	if i := slices.IndexFunc(list, same); i >= 0 {
		if !g.isBefore(&list[i]) {
			return
		}
		list = slices.Delete(list, i, i+1)
	}
	at := slices.IndexFunc(list, func(h Finding) bool { return g.isBefore(&h) })
	if at < 0 {
		at = len(list)
	}
	list = slices.Insert(list, at, g)
	f.set(kind, list[:min(len(list), f.most)])
	if !slices.Contains(f.fresh, kind) {
		f.fresh = append(f.fresh, kind)
	}
}

// isBefore reports whether a finding comes first in the order of the search. The root has
// the number of the first initial state, and its findings come before all others.
func (g *Finding) isBefore(h *Finding) bool {
	if g.Initial != h.Initial {
		return g.Initial
	}
	return g.At.Less(h.At)
}

// last is the last finding of a kind that has at least one.
func (f *Findings) last(kind int) *Finding {
	if n := len(f.more[kind]); n > 0 {
		return &f.more[kind][n-1]
	}
	return &f.First[kind]
}

// merge takes over a worker's findings before this parent. Later ones belong to delayed
// blocks that are not committed yet; their kinds stay fresh in the worker, so that a later
// merge takes them. Findings of earlier rounds come first, so a merge never displaces them.
func (f *Findings) merge(w *Findings, end uint64) {
	later := w.fresh[:0] // in place, since it is never longer than what was read
	for _, kind := range w.fresh {
		if w.last(kind).At.Parent >= end {
			later = append(later, kind)
		}
		for _, g := range w.All(kind) {
			if g.At.Parent < end {
				f.Add(kind, g)
			}
		}
	}
	w.fresh = later
}

// forget drops a worker's findings from this parent on, because the round that found them
// is done again. Findings of earlier rounds are before it.
func (f *Findings) forget(first uint64) {
	f.fresh = slices.DeleteFunc(f.fresh, func(kind int) bool {
		f.set(kind, slices.DeleteFunc(f.All(kind), func(g Finding) bool { return g.At.Parent >= first }))
		return !f.First[kind].Exists
	})
}

// drop forgets the findings after the end of the search. Only fresh kinds can have some:
// all others are of earlier rounds. Initial says whether the end is among the initial states.
func (f *Findings) drop(end Position, initial bool) {
	for _, kind := range f.fresh {
		f.set(kind, slices.DeleteFunc(f.All(kind), func(g Finding) bool { return g.Initial == initial && end.Less(g.At) }))
	}
}
