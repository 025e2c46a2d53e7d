package steps

import "errors"

// Error says why a step cannot be taken: what is wrong, and on a second line what helps,
// which may be empty.
type Error struct {
	Problem string

	// Impossible: the step is understood, and the model does not take it here. Otherwise
	// the step is not understood.
	Impossible bool

	hint string
}

func (e *Error) Error() string { return e.Problem }

// Hint is what helps.
func (e *Error) Hint() string { return e.hint }

// IsImpossible reports whether an error is that of a step that is understood and that the
// model does not take.
func IsImpossible(err error) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && e.Impossible
}
