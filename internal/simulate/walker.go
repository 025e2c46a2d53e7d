// Package simulate walks through a system at random, for spaces that are too large to
// be explored, and shortens the walk to what it finds.
package simulate

import (
	"context"
	"math/rand/v2"
	"slices"

	"github.com/muster-mc/muster/internal/fingerprint"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
)

// Config says what is walked, and how. Only System must be set.
type Config struct {
	System     *system.System
	Actions    []system.Action // those that are tried
	Properties []int           // those that are checked, by their places in the system
	Deadlock   bool            // deadlocks are looked for

	Seed  uint64
	Walks int
	Depth int // the most states of a walk
}

// move is one step: an action, by its place among those that are tried, and the answers
// to its questions. The first move of a route is to an initial state. Answers are kept
// and not arguments: a step is repeated by giving its answers again, without a text to be
// compared.
type move struct {
	action  int
	answers []int
}

// Route is the moves from before the first state.
type Route []move

// Kind is a kind of finding: a property's place in the system, or one of these.
// Properties are counted from zero, so the others are negative, and a kind is a key of
// one map.
type Kind int

// The kinds of finding that are not about a property.
const (
	Deadlock Kind = -1 - iota
	Panic
)

// walker goes through a system, wherever it is told. Walks and their shortening share it,
// so that a route is judged as the walk was.
type walker struct {
	*system.Stepper
	config Config
	hasher *fingerprint.Hasher
}

// The fingerprints have 128 bits and one seed, so the states of two walks can be
// compared.
func newWalker(ctx context.Context, c Config) *walker {
	w := &walker{Stepper: system.NewStepper(c.System, c.Actions), config: c, hasher: fingerprint.New(0)}
	w.Cancelled = func() bool { return ctx.Err() != nil }
	return w
}

// print is the fingerprint of the state.
func (w *walker) print() fingerprint.Print { return w.hasher.Of(w.Encoding()) }

// fate is what becomes of a walker that looks for a way on.
type fate int

const (
	goesOn  fate = iota
	isStuck      // no step leads on
	isLost       // no step was found, and there may be one
	panics
	isCut // by an interrupt
)

// step takes a random step: an action, each that is enabled being as likely as the other,
// and one of its ways. The first enabled action of a random order is any of the enabled
// ones with the same chance, and the actions after it need not be tried. An action for
// which no way was found does not end the step, since another may be enabled; only if
// none is, the doubt remains.
func (w *walker) step(r *rand.Rand) (move, fate) {
	end := isStuck
	for _, a := range r.Perm(len(w.Actions())) {
		answers, is := w.choose(a, r)
		switch is {
		case panicked:
			return move{}, panics
		case cancelled:
			return move{}, isCut
		case undecided:
			end = isLost
		case taken:
			w.Take(a, answers)
			return move{a, answers}, goesOn
		}
	}
	return move{}, end
}

// eachWay calls yield for every way to run an action here, with the state that it leads
// to. It reports whether the action panicked, which ends it. The state is the stepper's
// work copy, which the next way overwrites.
func (w *walker) eachWay(action int, yield func(o *model.Odometer, made system.State) bool) (panicked bool) {
	for o := range w.WaysOf(action) {
		s, enabled, panicked := w.Try(action, o)
		if panicked {
			return true
		}

		if enabled && !yield(o, s) {
			return false
		}
	}
	return false
}

// has reports whether a kind of finding is to be found here. A property that panics shows
// nothing. Any panic counts as the kind Panic, not only the one that was found first, for
// a shorter way to another fault of the model is as good.
func (w *walker) has(kind Kind) bool {
	if kind >= 0 {
		found, _ := w.Shows(int(kind))
		return found
	}
	stuck, panicked := w.end()
	if kind == Panic {
		return panicked
	}
	return stuck && !panicked
}

// end reports whether this is a deadlock, and whether anything panics. It asks in the
// order of a walk: properties, the constraint, actions, Terminal. No deadlock is reported
// after a cancellation, for some ways were not tried. All ways of all actions are run,
// also when a step is known to lead on, because one that panics may come later.
func (w *walker) end() (deadlock, panicked bool) {
	for _, i := range w.config.Properties {
		if _, p := w.Shows(i); p != nil {
			return false, true
		}
	}
	inside, p := w.Inside()
	if p != nil || !inside {
		return false, p != nil
	}
	somewhere := false
	for a := range w.Actions() {
		if w.eachWay(a, func(*model.Odometer, system.State) bool { somewhere = true; return true }) {
			return false, true
		}
	}
	if w.Cancelled() {
		return false, false
	}
	if somewhere || !w.config.Deadlock {
		return false, false
	}
	terminal, p := w.IsTerminal()
	return !terminal && p == nil, p != nil
}

// isInside reports whether the state satisfies the constraint, which does not panic.
func (w *walker) isInside() bool { return !w.IsOutside() }

// follow makes the moves of a route up to where a kind of finding is first to be found,
// and returns the route up to there. A route that passes through a state outside the
// constraint is none: a search would not go on from there. The finding is looked for
// before the constraint is, because a walk, too, judges the state outside the constraint
// in which it ends.
func (w *walker) follow(way Route, kind Kind) (_ Route, found bool) {
	w.Begin()
	for i, m := range way {
		if !w.Take(m.action, m.answers) {
			return nil, false
		}
		if w.has(kind) {
			return way[:i+1], true
		}
		if !w.isInside() {
			return nil, false
		}
	}
	return nil, false
}

// Walk makes the moves of a route, and records them. It reports false if that is not
// possible. Only here are labels and texts made. The thousands of routes that were tried
// before have none.
func (r Route) Walk(c Config) (*system.Walk, bool) {
	w := system.NewWalk(c.System, c.Actions)
	for _, m := range r {
		if !w.Take(m.action, m.answers) {
			return nil, false
		}
	}
	return w, true
}

func (r Route) clone() Route { return slices.Clone(r) }
