package explore

import "github.com/muster-mc/muster/model"

// attempt runs an action once on s, which it may change even when it is not
// enabled. It is for where speed does not matter.
func attempt[S any](do func(*S, *model.Choice) bool, s *S, o *model.Odometer) (enabled, panicked bool) {
	defer func() {
		if v := recover(); v != nil {
			enabled, panicked = false, !o.Void()
		}
	}()
	enabled = do(s, o.Choice())
	return enabled && !o.Void(), false
}

// recordArguments runs an action once more, on s, with the answers that the
// odometer stands at, and returns its arguments.
func recordArguments[S any](do func(*S, *model.Choice) bool, s *S, o *model.Odometer) []model.Argument {
	var recorder model.Odometer
	recorder.Record(o.Answers(nil))
	attempt(do, s, &recorder)
	return recorder.Arguments()
}
