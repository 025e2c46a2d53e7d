package search

// Position is a place in the order in which a sequential search does things: the
// number of the state that is expanded, and twice the number of successors that the
// state has by then, plus one for the successor itself.
//
// The two kinds alternate: a panic of the action that would make a successor comes before
// the findings about that successor, and after those about the successor before it.
// Positions do not depend on the number of workers, so neither does the first finding.
type Position struct{ Parent, Sub uint64 }

// Before is the position of a finding about a state, or on the way to its successor with
// this ordinal.
func Before(parent, ordinal uint64) Position { return Position{parent, 2 * ordinal} }

// With is the position of a finding about a successor.
func With(parent, ordinal uint64) Position { return Position{parent, 2*ordinal + 1} }

// Less reports whether p comes before q.
func (p Position) Less(q Position) bool {
	return p.Parent < q.Parent || p.Parent == q.Parent && p.Sub < q.Sub
}

// Ordinal is the ordinal of the successor at the position, if OfSuccessor.
func (p Position) Ordinal() uint64 { return p.Sub / 2 }

// OfSuccessor reports whether the position is that of a successor.
func (p Position) OfSuccessor() bool { return p.Sub%2 == 1 }
