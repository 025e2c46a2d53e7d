package explore

import (
	"math/rand/v2"
	"slices"

	"github.com/muster-mc/muster/internal/fingerprint"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
)

// move is one step: an action, by its place among those that are tried, and the
// answers to what it asks. The first move of a route is to an initial state.
type move struct {
	action  int
	answers []int
}

// route is the moves from before the first state.
type route []move

// wanderer stands in a state and goes from there to others, wherever it is told.
// It is slower than a worker by far, and for one goroutine.
type wanderer struct {
	*engine // for what is checked; it does not run

	before, state, work, next                     system.State
	beforeSpace, stateSpace, workSpace, nextSpace system.Space
	root                                          bool // it stands before the first state
	initial                                       bool // it came by Init
	hasher                                        *fingerprint.Hasher
	encoded                                       []byte // the state
}

func newWanderer(m *system.System, o Options) *wanderer {
	c := m.Codec
	e := &engine{model: m, options: o, codec: c, found: newFindings(len(m.Properties))}
	e.selectWanted()
	w := &wanderer{engine: e, hasher: fingerprint.New(0)}
	w.before, w.state, w.work, w.next = c.Make(), c.Make(), c.Make(), c.Make()
	w.beforeSpace, w.stateSpace, w.workSpace, w.nextSpace = c.New(), c.New(), c.New(), c.New()
	return w
}

// begin goes to where everything begins.
func (w *wanderer) begin() {
	w.root = true
	w.stateSpace.Copy(w.state, w.codec.Make())
}

// here are the actions that can be tried.
func (w *wanderer) here() []system.Action {
	if w.root {
		return []system.Action{w.model.Init}
	}
	return w.actions
}

// arrive goes to a state that an action has made.
func (w *wanderer) arrive(made system.State) {
	w.beforeSpace.Copy(w.before, w.state)
	w.encoded = w.workSpace.Append(w.encoded[:0], made)
	system.Decode(w.stateSpace, w.state, w.encoded)
}

// take makes a move, if it is possible.
func (w *wanderer) take(m move) bool {
	actions := w.here()
	if m.action >= len(actions) {
		return false
	}
	var o model.Odometer
	o.Record(m.answers)
	w.workSpace.Copy(w.work, w.state)
	enabled, _ := system.Attempt(actions[m.action].Do, w.work, &o)
	if !enabled || !slices.Equal(o.Answers(nil), m.answers) {
		return false
	}
	w.arrive(w.work)
	w.first(w.root)
	return true
}

// first notes whether the state was reached by Init.
func (w *wanderer) first(initial bool) {
	w.initial, w.root = initial, false
}

// ways calls yield for every way to run an action here, with what it made. It
// reports whether the action panicked, which ends it.
func (w *wanderer) ways(a system.Action, yield func(o *model.Odometer, made system.State) bool) (panicked bool) {
	var o model.Odometer
	o.Reset()
	for more := true; more; more = o.Next() {
		w.workSpace.Copy(w.work, w.state)
		enabled, panicked := system.Attempt(a.Do, w.work, &o)
		if panicked {
			return true
		}
		if enabled && !yield(&o, w.work) {
			return false
		}
	}
	return false
}

// fate is what becomes of a wanderer that looks for a way on.
type fate int

const (
	goesOn fate = iota
	isStuck
	panics
)

// step takes a random step: an action, each that is enabled being as likely as
// the other, and one of its ways.
func (w *wanderer) step(r *rand.Rand) (move, fate) {
	actions := w.here()
	for _, i := range r.Perm(len(actions)) {
		var answers []int
		n := 0
		panicked := w.ways(actions[i], func(o *model.Odometer, made system.State) bool {
			n++
			if r.IntN(n) == 0 { // the last of n replaces the others with a chance of 1/n
				answers = o.Answers(answers[:0])
				w.nextSpace.Copy(w.next, made)
			}
			return true
		})
		if panicked {
			return move{}, panics
		}
		if n > 0 {
			w.arrive(w.next)
			w.first(w.root)
			return move{i, answers}, goesOn
		}
	}
	return move{}, isStuck
}

// play makes the moves of a route for all to see.
func (w *wanderer) play(way route) (*Path, bool) {
	p := newPlayer(w.model, w.actions)
	for _, m := range way {
		actions := p.next()
		if m.action >= len(actions) {
			return nil, false
		}
		p.take(actions[m.action], m.answers)
	}
	return &Path{p}, true
}
