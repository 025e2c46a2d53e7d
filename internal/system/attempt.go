package system

import "github.com/muster-mc/muster/model"

// Attempt runs an action once on s, which the action may change even when it is
// not enabled. A panic after a choice from nothing counts as disabled; of any
// other, Attempt reports that the action panicked.
func Attempt(do func(State, *model.Choice) bool, s State, o *model.Odometer) (enabled, panicked bool) {
	defer func() {
		// After a choice from nothing the action was given an answer that does not exist.
		// What it did with that answer, a division or an index, is no fault of the model.
		if v := recover(); v != nil {
			enabled, panicked = false, !o.Void()
		}
	}()
	enabled = do(s, o.Choice())
	return enabled && !o.Void(), false
}

// RecordArguments runs an action once more, on s, with the answers that the
// odometer stands at, and returns the action's arguments.
func RecordArguments(do func(State, *model.Choice) bool, s State, o *model.Odometer) []model.Argument {
	return ArgumentsOf(do, s, o.Answers(nil))
}

// ArgumentsOf runs an action on s with these answers, and returns the action's
// arguments.
func ArgumentsOf(do func(State, *model.Choice) bool, s State, answers []int) []model.Argument {
	// A recorder of its own: to record makes every question slower, and the odometer of a
	// search must not record for the rest of the search.
	var recorder model.Odometer
	recorder.Record(answers)
	Attempt(do, s, &recorder)
	return recorder.Arguments()
}
