package model

// Fairness is what every run owes to an action. Without it a run may stop
// anywhere and stay for ever in the state that it has reached, or go round in a
// circle past an action that is possible all the time.
//
// Only steps that change the state count, and an action is enabled where it can
// take such a step: this is WF and SF of TLA+, with the whole state as subscript.
// There is one difference. If two actions lead from one state to the same next state,
// a step counts for the action that took it, and in TLA+ for both. Such a run can take
// both steps in turn, so the same sequences of states are fair; a [Happens] tells the
// two steps apart.
type Fairness string

// The kinds of fairness.
const (
	// Unfair: nothing is owed. The zero value.
	Unfair Fairness = ""

	// Weak: an action that is enabled from some point on all the time takes
	// place again and again.
	Weak Fairness = "weak"

	// Strong: an action that is enabled again and again takes place again and
	// again, even if it is disabled in between.
	Strong Fairness = "strong"

	// WeakEach and StrongEach are Weak and Strong of each combination of the
	// action's arguments (or of those in Action.FairBy) by itself: each node
	// gets its turn, not only some node.
	WeakEach   Fairness = "weak each"
	StrongEach Fairness = "strong each"
)

// IsStrong reports whether it is enough that the action is enabled again and
// again.
func (f Fairness) IsStrong() bool { return f == Strong || f == StrongEach }

// IsEach reports whether combinations of arguments are told apart.
func (f Fairness) IsEach() bool { return f == WeakEach || f == StrongEach }
