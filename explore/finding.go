package explore

// moment is a point in the order in which a sequential search does things: the
// number of the state being expanded, and twice how many successors it has made,
// plus one for the successor itself.
type moment struct{ parent, sub uint64 }

// before is what is found out about a state, or on the way to its successor
// with this ordinal.
func before(parent, ordinal uint64) moment { return moment{parent, 2 * ordinal} }

// with is what is found out about a successor.
func with(parent, ordinal uint64) moment { return moment{parent, 2*ordinal + 1} }

func (m moment) less(n moment) bool {
	return m.parent < n.parent || m.parent == n.parent && m.sub < n.sub
}

// ordinal is the successor that the moment is about, if ofSuccessor.
func (m moment) ordinal() uint64 { return m.sub / 2 }

func (m moment) ofSuccessor() bool { return m.sub%2 == 1 }

// finding is something worth a trace: a property that is violated or reached, a
// deadlock, a panic, a breach of contract.
type finding struct {
	at      moment
	initial bool   // at is about initial states: the parent is the state before the first
	detail  string // what a panic said, or what the breach is
	exists  bool
}

// findings is the first finding of each kind: of every property, by its index
// in the model, and then of these three.
type findings struct {
	first []finding
	fresh []int // the kinds found since this was last emptied
}

const (
	aDeadlock = iota
	aPanic
	aBreach
	otherFindings
)

func newFindings(properties int) findings {
	return findings{first: make([]finding, properties+otherFindings)}
}

// other is the index of a kind of finding that is not about a property.
func (f *findings) other(kind int) int { return len(f.first) - otherFindings + kind }

// add keeps a finding if it is the first of its kind.
func (f *findings) add(kind int, g finding) {
	old := &f.first[kind]
	if old.exists && !g.at.less(old.at) {
		return
	}
	g.exists = true
	*old = g
	f.fresh = append(f.fresh, kind)
}

// merge takes over what a worker found before this parent. What was known from an
// earlier round came first.
func (f *findings) merge(w *findings, end uint64) {
	later := w.fresh[:0]
	for _, kind := range w.fresh {
		if w.first[kind].at.parent >= end {
			later = append(later, kind)
			continue
		}
		f.add(kind, w.first[kind])
	}
	w.fresh = later
}

// drop forgets what comes after the end of the search.
func (f *findings) drop(end moment) {
	for _, kind := range f.fresh {
		if end.less(f.first[kind].at) {
			f.first[kind] = finding{}
		}
	}
}
