package simulate

import (
	"math/rand/v2"

	"github.com/muster-mc/muster/model"
)

// A walker lists up to listMax combinations of an action's answers, and takes one of
// those that are enabled, each as likely as the other. Of an action with more
// combinations it answers the questions at random, up to drawsMax times, until the
// action is enabled: every combination is then as likely as its answers are. So a walk
// never goes through all combinations of an action that has too many.
const (
	listMax  = 256
	drawsMax = 4096
)

// choice is the result of looking for a way to take an action.
type choice int

const (
	disabled  choice = iota // in all combinations
	taken                   // there is a way
	undecided               // no way was found, and not all combinations were tried
	panicked
	cancelled
)

// choose looks for a way to take an action, at random: by reservoir sampling, which keeps
// one way without knowing how many there will be. The result depends only on the state
// and the random numbers, so a seed gives the same walk again. A panic of any combination
// ends the search for a way, even if an enabled one was found before: a search reports
// that panic too, and an action that panics has no answer to be trusted.
func (w *walker) choose(action int, r *rand.Rand) (answers []int, is choice) {
	enabled, tried := 0, 0
	for o := range w.WaysOf(action) {
		if tried++; tried > listMax {
			// The way that was chosen so far is given up. It is one of the first
			// combinations, and to keep it would favour them over the ones that were not
			// listed.
			return w.draw(action, r)
		}
		switch _, ok, panics := w.Try(action, o); {
		case panics:
			return nil, panicked
		case ok:
			enabled++
			if r.IntN(enabled) == 0 { // the last of n replaces the others with a chance of 1/n
				answers = o.Answers(answers[:0])
			}
		}
	}
	switch {
	// The cancellation is asked about first, because WaysOf ends early after one. An
	// action of which not all combinations were tried would otherwise pass for disabled,
	// and the walk for a deadlock.
	case w.Cancelled():
		return nil, cancelled
	case enabled == 0:
		return nil, disabled
	}
	return answers, taken
}

// draw answers the action's questions at random. If all draws fail, the action may be
// enabled all the same, so a walk that ends there is no deadlock. Whether the walk is
// cancelled is asked once in 64 draws, as in WaysOf: the question may cost more than a
// draw.
func (w *walker) draw(action int, r *rand.Rand) (answers []int, is choice) {
	var o model.Odometer
	for i := range drawsMax {
		if i%64 == 0 && w.Cancelled() {
			return nil, cancelled
		}
		o.Draw(r.IntN)
		switch _, ok, panics := w.Try(action, &o); {
		case panics:
			return nil, panicked
		case ok:
			return o.Answers(nil), taken
		}
	}
	return nil, undecided
}
