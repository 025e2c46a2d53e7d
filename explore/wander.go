package explore

import (
	"math/rand/v2"
	"slices"

	"github.com/muster-mc/muster/internal/codec"
	"github.com/muster-mc/muster/internal/fingerprint"
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
type wanderer[S any] struct {
	*engine[S] // for what is checked; it does not run

	before, state, work, next                     S
	beforeSpace, stateSpace, workSpace, nextSpace *codec.Space[S]
	root                                          bool // it stands before the first state
	initial                                       bool // it came by Init
	hasher                                        *fingerprint.Hasher
	encoded                                       []byte // the state
}

func newWanderer[S any](m *model.Model[S], o Options, c *codec.Codec[S]) *wanderer[S] {
	e := &engine[S]{model: m, options: o, codec: c, found: newFindings(len(m.Properties))}
	e.selectWanted()
	w := &wanderer[S]{engine: e, hasher: fingerprint.New(0)}
	w.beforeSpace, w.stateSpace, w.workSpace, w.nextSpace = c.New(), c.New(), c.New(), c.New()
	return w
}

// begin goes to where everything begins.
func (w *wanderer[S]) begin() {
	var zero S
	w.root = true
	w.stateSpace.Copy(&w.state, &zero)
}

// here are the actions that can be tried.
func (w *wanderer[S]) here() []model.Action[S] {
	if w.root {
		return []model.Action[S]{{Name: initName, Do: initOf(w.model)}}
	}
	return w.actions
}

// arrive goes to a state that an action has made.
func (w *wanderer[S]) arrive(made *S) {
	w.beforeSpace.Copy(&w.before, &w.state)
	w.encoded = w.workSpace.Append(w.encoded[:0], made)
	decode(&w.state, w.stateSpace, w.encoded)
}

// take makes a move, if it is possible.
func (w *wanderer[S]) take(m move) bool {
	actions := w.here()
	if m.action >= len(actions) {
		return false
	}
	var o model.Odometer
	o.Record(m.answers)
	w.workSpace.Copy(&w.work, &w.state)
	enabled, _ := attempt(actions[m.action].Do, &w.work, &o)
	if !enabled || !slices.Equal(o.Answers(nil), m.answers) {
		return false
	}
	w.arrive(&w.work)
	w.first(w.root)
	return true
}

// first notes whether the state was reached by Init.
func (w *wanderer[S]) first(initial bool) {
	w.initial, w.root = initial, false
}

// ways calls yield for every way to run an action here, with what it made. It
// reports whether the action panicked, which ends it.
func (w *wanderer[S]) ways(a model.Action[S], yield func(o *model.Odometer, made *S) bool) (panicked bool) {
	var o model.Odometer
	o.Reset()
	for more := true; more; more = o.Next() {
		w.workSpace.Copy(&w.work, &w.state)
		enabled, panicked := attempt(a.Do, &w.work, &o)
		if panicked {
			return true
		}
		if enabled && !yield(&o, &w.work) {
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
func (w *wanderer[S]) step(r *rand.Rand) (move, fate) {
	actions := w.here()
	for _, i := range r.Perm(len(actions)) {
		var answers []int
		n := 0
		panicked := w.ways(actions[i], func(o *model.Odometer, made *S) bool {
			n++
			if r.IntN(n) == 0 { // the last of n replaces the others with a chance of 1/n
				answers = o.Answers(answers[:0])
				w.nextSpace.Copy(&w.next, made)
			}
			return true
		})
		if panicked {
			return move{}, panics
		}
		if n > 0 {
			w.arrive(&w.next)
			w.first(w.root)
			return move{i, answers}, goesOn
		}
	}
	return move{}, isStuck
}

// play makes the moves of a route for all to see.
func (w *wanderer[S]) play(way route) (*Walk[S], bool) {
	p := newPlayer(w.model, w.actions, w.codec)
	for _, m := range way {
		actions := p.next()
		if m.action >= len(actions) {
			return nil, false
		}
		p.take(actions[m.action], m.answers)
	}
	return &Walk[S]{p}, true
}
