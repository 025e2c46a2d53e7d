package explain

import (
	"time"

	"github.com/muster-mc/muster/internal/orbit"
)

// The limits of what is looked at, in attempts to take a step, of which a machine makes about
// two million a second here. They are no times, so that every run says the same.
const (
	attemptsEach = 1 << 16 // around one state
	attemptsAll  = 1 << 22 // to find the joins, and as many again to find the parts
)

// graceUsual is the time that a run that was cancelled has for looking at its states.
const graceUsual = 300 * time.Millisecond

// Question says what is to be measured, of a search that has ended.
type Question struct {
	Properties []int         // those that are checked
	Orbits     *orbit.Orbits // of which the search has one state each; nil for all states
	Distinct   uint64        // the states that the search has found
	Cut        bool          // it has not found all
}

// Measured is what the states say of the model's steps.
type Measured struct {
	States uint64 // that were looked at for the joins
	Whole  bool   // these are all states that the search has found
	Joins  []Join

	Orbits      bool   // a state stands for an orbit
	ApartStates uint64 // that were looked at for the parts, all of each orbit
	ApartWhole  bool
	Apart       []Apart
}

// Measure looks at the states that were kept. It runs the model's code, and ends soon after
// the search is cancelled.
func (x *Observer) Measure(q Question) Measured {
	isOver := x.soonAfterCancelled()
	n := newNear(x.system, x.actions, isOver)
	m := Measured{Orbits: q.Orbits != nil}
	states := x.sample.states()
	j := newJoiner(n, q.Properties)
	for _, encoded := range states {
		if j.isDone() || j.tries > attemptsAll || isOver() {
			break
		}
		j.look(encoded, attemptsEach)
	}
	m.States, m.Whole, m.Joins = j.states, x.sample.isWhole() && j.states == q.Distinct, j.joins()

	// The joins may have used up their attempts. The parts have as many again, so that what is
	// said of the one does not depend on how much there was to say of the other.
	s := newSeparator(n, q.Orbits)
	s.most = n.tries + attemptsAll
	m.Apart = s.separate(states, x.sample.isWhole() && !q.Cut)
	m.ApartStates, m.ApartWhole = s.states, x.sample.isWhole() && !s.some
	return m
}

// soonAfterCancelled returns a function that reports whether the search was cancelled some
// time ago.
func (x *Observer) soonAfterCancelled() func() bool {
	var end time.Time
	return func() bool {
		if x.cancelled == nil || !x.cancelled() {
			return false
		}
		if end.IsZero() { // the first time that it is seen
			end = time.Now().Add(x.grace)
		}
		return !time.Now().Before(end)
	}
}
